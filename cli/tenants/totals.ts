import { type CapacityReport, type PhaseLedger, phaseLedgers } from '../../core/capacity';
import { type Amount, add, amountOf } from '../tenant/facts';

const NOTHING: Amount = { npus: 0, petaflops: 0 };

/** What is sold in a phase: `sold` = `dedicated` + `shared`, and with `free` all that is usable. */
export interface PhaseTotals {
  readonly phase: string;
  readonly usable: Amount;
  readonly sold: Amount;
  /** Guaranteed to one tenant each. */
  readonly dedicated: Amount;
  /** Guaranteed to services that all share. */
  readonly shared: Amount;
  readonly free: Amount;
}

export interface TenantTotals {
  readonly name: string;
  readonly shared: boolean;
  /** Guaranteed after each milestone: this phase and all before it. */
  readonly cumulative: readonly Amount[];
  /** Guaranteed and at most on the cluster of each phase. @default - no share there */
  readonly shares: readonly (
    | { readonly guarantee: Amount; readonly ceiling: Amount }
    | undefined
  )[];
}

export function tenantTotals(report: CapacityReport): TenantTotals[] {
  const phases = phaseLedgers(report);
  return report.tenants.map(({ name, shared }) => {
    const shares = phases.map((phase) => shareOf(phase, name));
    let sum = NOTHING;
    const cumulative = shares.map((share) => {
      sum = add(sum, share?.guarantee ?? NOTHING);
      return sum;
    });
    return { name, shared, shares, cumulative };
  });
}

function shareOf({ cluster }: PhaseLedger, name: string) {
  const entry = cluster.tenants.find((tenant) => tenant.namespace === name);
  const pool = cluster.pools.find((candidate) => candidate.resourceName === entry?.resourceName);
  return entry
    ? { guarantee: amountOf(entry.guarantee, pool), ceiling: amountOf(entry.ceiling, pool) }
    : undefined;
}

export function phaseTotals({ phases }: CapacityReport): PhaseTotals[] {
  const of = ({ npus, petaflops }: Amount): Amount => ({ npus, petaflops });
  return phases.map(({ id, capacity }) => ({
    phase: id,
    usable: of(capacity.usable),
    sold: of(capacity.sold),
    dedicated: of(capacity.dedicated),
    shared: of(capacity.shared),
    free: of(capacity.free),
  }));
}
