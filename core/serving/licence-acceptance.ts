import type { Restriction, WeightsModel } from '../catalogue';
import type { Reason } from '../schema/types';
import { mistakes } from '../validate';

/** A decision that the terms of a restricted licence are kept. */
export interface LicenceAcceptance {
  /** What of the licence is accepted: all of its restrictions. */
  readonly restrictions: readonly Restriction[];
  /** Who decided, and why the terms are kept. */
  readonly reason: Reason;
}

/** Models that not everybody may use as they like are served only when somebody has said so. */
export function validateLicence(
  { id, licence }: WeightsModel,
  acceptance: LicenceAcceptance | undefined,
): string[] {
  const open = licence.restrictions.filter((r) => !acceptance?.restrictions.includes(r));
  const unknown = (acceptance?.restrictions ?? []).filter((r) => !licence.restrictions.includes(r));
  return mistakes(
    open.length !== 0 &&
      `licence '${licence.name}' of ${id} has restrictions (${open.join(', ')}; ${licence.source}); set acceptLicence with restrictions and reason, or use another model, got: ${acceptance ? acceptance.restrictions.join(', ') || 'none' : 'none'}`,
    unknown.map(
      (name) =>
        `acceptLicence accepts what licence '${licence.name}' of ${id} does not restrict; leave it out, got: '${name}'`,
    ),
  );
}
