import { formatNumber, type Problem } from '../constructs';
import { lookup } from '../core/lookup';
import type { Centre, Phase, WeightsLock } from './centre';

/** A claim of a phase: how large its weights are and it is, in GiB. */
export interface ClaimSize {
  readonly weightsGib: number;
  readonly sizeGib: number;
}

/** Room on a claim beside the files of a model: for file systems, and one file twice. */
const CLAIM_ROOM = 1.1;

/**
 * Room below which a claim grows. Not every StorageClass lets one grow: a catalogue that is corrected a
 * little shall not ask for it.
 */
const LEAST_ROOM = 1.05;

/**
 * Size of a claim in GiB: with room for its weights, and never less than it had.
 * @param locked size in GiB of the last synthesis; undefined for a claim that is new
 */
export function claimSize(weightsGib: number, locked: number | undefined): number {
  const wanted = Math.ceil(weightsGib * CLAIM_ROOM);
  if (locked === undefined) return wanted;
  return locked >= weightsGib * LEAST_ROOM ? locked : Math.max(locked, wanted);
}

/** The stacks of a phase, as far as they have claims. */
interface BuiltPhase {
  readonly phase: Pick<Phase, 'id'>;
  readonly models: { readonly claimSizes: ReadonlyMap<string, ClaimSize> };
}

/** Claims of each phase that was built. */
export function builtClaims({
  phases,
}: {
  readonly phases: readonly BuiltPhase[];
}): Map<string, ReadonlyMap<string, ClaimSize>> {
  return new Map(phases.map(({ phase, models }) => [phase.id, models.claimSizes]));
}

/**
 * What the stacks have now; phases that were not built, as the environment ends before them, keep what
 * they had.
 * @param claims of each phase that was built, by namespace and name
 */
export function weightsLockOf(
  { phases, weightsLock = {} }: Pick<Centre, 'phases' | 'weightsLock'>,
  claims: ReadonlyMap<string, ReadonlyMap<string, ClaimSize>>,
): WeightsLock {
  return Object.fromEntries(
    phases.map(({ id }) => {
      const built = claims.get(id);
      const sizes = built
        ? [...built].map(([claim, { sizeGib }]) => [claim, sizeGib] as const)
        : Object.entries(lookup(weightsLock, id) ?? {});
      return [id, Object.fromEntries([...sizes].sort(([a], [b]) => (a < b ? -1 : 1)))];
    }),
  );
}

/** Sizes of a lock that are none. */
export function validateWeightsLock(lock: WeightsLock = {}): Problem[] {
  return Object.entries(lock).flatMap(([phase, claims]) =>
    Object.entries(claims)
      .filter(([, size]) => !Number.isInteger(size) || size < 1)
      .map(([claim, size]) => ({
        path: `weights.lock.json/${phase}/${claim}`,
        message: `a size is a whole number of GiB, 1 or more; take it from the cluster (kubectl get pvc), got: ${JSON.stringify(size)}`,
      })),
  );
}

/** Lines about claims that are larger than their weights ask for. */
export function keptSizes(claims: ReadonlyMap<string, ClaimSize>): string[] {
  return [...claims].flatMap(([claim, { weightsGib, sizeGib }]) => {
    const wanted = claimSize(weightsGib, undefined);
    return wanted < sizeGib
      ? [
          `${claim} keeps ${formatNumber(sizeGib)} GiB (weights.lock.json), ${formatNumber(wanted)} would do: a claim only grows`,
        ]
      : [];
  });
}
