import { SERVER_FORMS } from '../../core/accelerator';
import { formatNumber } from '../../core/capacity';
import { lookup } from '../../core/lookup';
import type { ReplicaRow, ServerRow } from './rows';

export function formTitle({ serverForm }: Pick<ServerRow, 'serverForm'>): string {
  return lookup(SERVER_FORMS, serverForm)?.title ?? serverForm;
}

/** `Atlas 800T A2 with 910B2 or 910B3`. */
export function serverTitle(server: Pick<ServerRow, 'serverForm' | 'accelerators'>): string {
  return `${formTitle(server)} with ${server.accelerators.join(' or ')}`;
}

/** `TP4 DP4 EP`. */
export function parallelCell({ parallelism }: ReplicaRow): string {
  if (parallelism === undefined) return 'container';
  const { tensor, data, pipeline, expert } = parallelism;
  return [
    `TP${tensor}`,
    ...(data > 1 ? [`DP${data}`] : []),
    ...(pipeline > 1 ? [`PP${pipeline}`] : []),
    ...(expert ? ['EP'] : []),
  ].join(' ');
}

/** `~ 45.3 of 56.1`. */
export function weightsCell({
  weightsGib,
  weightsAtLeast,
  weightsAssumed,
  budgetGib,
}: ReplicaRow): string {
  const size =
    weightsGib === undefined
      ? '?'
      : `${weightsAtLeast ? '≥ ' : ''}${weightsAssumed ? '~ ' : ''}${weightsGib.toFixed(1)}`;
  return `${size} of ${budgetGib.toFixed(1)}`;
}

/** `16,384: 1.1 of 10.4`. */
export function cacheCell({ contextTokens, cacheGib, cacheRoomGib }: ReplicaRow): string {
  const tokens = contextTokens === undefined ? '?' : formatNumber(contextTokens);
  return `${tokens}: ${cacheGib?.toFixed(1) ?? '?'} of ${cacheRoomGib?.toFixed(1) ?? '?'}`;
}
