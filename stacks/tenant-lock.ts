import type { Problem, TenantState } from '../constructs';
import { lookup } from '../constructs/lookup';
import type { Allocation, Centre, Tenant } from './centre';

/**
 * State of every tenant on every phase as it was last synthesized, `{ phase: { tenant: state } }`. It is
 * committed beside the data, so that the removal of an entry can be told from one that never was.
 */
export type TenantLock = Readonly<Record<string, Readonly<Record<string, TenantState>>>>;

export function stateOf(tenant: Tenant, allocation: Allocation): TenantState {
  return allocation.state ?? tenant.state ?? 'active';
}

/** What the data says now. */
export function lockOf({ phases, tenants }: Centre): TenantLock {
  return Object.fromEntries(
    phases.map(({ id }) => [
      id,
      Object.fromEntries(
        tenants.flatMap((tenant) => {
          const allocation = lookup(tenant.allocations, id);
          return allocation ? [[tenant.name, stateOf(tenant, allocation)]] : [];
        }),
      ),
    ]),
  );
}

/** Tenants that are gone from the data without having been retired before. */
export function removedTenants(centre: Centre): Problem[] {
  const now = lockOf(centre);
  return Object.entries(centre.lock ?? {}).flatMap(([phase, tenants]) =>
    Object.entries(tenants)
      .filter(([name, state]) => state !== 'retired' && !lookup(now[phase] ?? {}, name))
      .map(([name, state]) => ({
        path: `tenants/${name}`,
        message: `an allocation is removed only when a deploy has retired it; put it back with state 'retired' for ${phase}, deploy, and then remove it, got: '${state}' and no entry`,
      })),
  );
}
