import { type CapacityReport, NOTHING, plus } from '../../core/capacity';
import { figures, type NpuFigures } from '../tenant/facts';

/** What is sold in a phase: `sold` = `dedicated` + `shared`, and with `free` all that is usable. */
export interface PhaseTotals {
  readonly phase: string;
  readonly usable: NpuFigures;
  readonly sold: NpuFigures;
  /** Guaranteed to one tenant each. */
  readonly dedicated: NpuFigures;
  /** Guaranteed to services that all share. */
  readonly shared: NpuFigures;
  readonly free: NpuFigures;
}

export interface TenantTotals {
  readonly name: string;
  readonly shared: boolean;
  /** Guaranteed after each milestone: this phase and all before it. */
  readonly cumulative: readonly NpuFigures[];
  /** Guaranteed and at most on the cluster of each phase. @default - no share there */
  readonly shares: readonly (
    | { readonly guarantee: NpuFigures; readonly ceiling: NpuFigures }
    | undefined
  )[];
}

export function tenantTotals({ tenants, phases }: CapacityReport): TenantTotals[] {
  return tenants.map(({ name, shared, shares: own }) => {
    const shares = phases.map(({ id }) => own.find(({ phase }) => phase === id));
    let sum = NOTHING;
    const cumulative = shares.map((share) => {
      sum = plus(sum, share?.guarantee ?? NOTHING);
      return figures(sum);
    });
    return {
      name,
      shared,
      shares: shares.map(
        (share) =>
          share && { guarantee: figures(share.guarantee), ceiling: figures(share.ceiling) },
      ),
      cumulative,
    };
  });
}

export function phaseTotals({ phases }: CapacityReport): PhaseTotals[] {
  return phases.map(({ id, capacity }) => ({
    phase: id,
    usable: figures(capacity.usable),
    sold: figures(capacity.sold),
    dedicated: figures(capacity.dedicated),
    shared: figures(capacity.shared),
    free: figures(capacity.free),
  }));
}
