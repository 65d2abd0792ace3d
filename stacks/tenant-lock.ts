import type { Problem, TenantState } from '../constructs';
import { lookup } from '../core/lookup';
import type { Allocation, Centre, Tenant, TenantLock } from './centre';

export function stateOf(tenant: Tenant, allocation: Allocation): TenantState {
  return allocation.state ?? tenant.state ?? 'active';
}

/** What the data says now. */
export function lockOf({ phases, tenants }: Pick<Centre, 'phases' | 'tenants'>): TenantLock {
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

/**
 * Tenants that are gone from the data without having been retired before.
 *
 * @param misshapen items that cannot be read: nothing is said of their tenants. @default - none
 */
export function removedTenants(
  centre: Centre,
  misshapen: ReadonlySet<unknown> = new Set(),
): Problem[] {
  const unread = centre.tenants.filter((tenant) => misshapen.has(tenant)).map((one) => one?.name);
  const now = lockOf({
    phases: centre.phases.filter((phase) => typeof phase?.id === 'string'),
    tenants: centre.tenants.filter((tenant) => !misshapen.has(tenant)),
  });
  return Object.entries(centre.lock ?? {}).flatMap(([phase, tenants]) =>
    Object.entries(tenants)
      .filter(
        ([name, state]) =>
          state !== 'retired' && !unread.includes(name) && !lookup(now[phase] ?? {}, name),
      )
      .map(([name, state]) => ({
        path: `tenants/${name}`,
        message: `an allocation is removed only when a deploy has retired it; put it back with state 'retired' for ${phase}, deploy, and then remove it, got: '${state}' and no entry`,
      })),
  );
}
