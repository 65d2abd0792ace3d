import {
  type ClusterLedger,
  guaranteedNpus,
  serversInService,
  sum,
  type TenantEntry,
} from '../ledger';
import type { Proof } from '../proof';

/**
 * What a tenant keeps when all others hold everything that they can borrow while it has no jobs. The
 * stock Ascend Volcano holds each queue below (all NPUs − guarantees of the others), one by one: several
 * borrowers together can take what an idle queue was guaranteed, because queues without jobs are not
 * counted (volcano-sh/volcano `plugins/proportion/proportion.go`, `OnSessionOpen`), and without `reclaim` it
 * comes back only when their jobs end. So the ceilings must leave room for every guarantee.
 */
export const guaranteesOutlastBorrowing: Proof = {
  id: 'AICC-CAP-012',
  level: 'error',
  title: 'guarantees are free when all others have borrowed what they can',
  check(subject) {
    if (subject.kind !== 'cluster') return [];
    const { cluster } = subject;
    const held = new Map<string, number>();
    for (const tenant of cluster.tenants) {
      const { resourceName } = tenant;
      held.set(resourceName, (held.get(resourceName) ?? 0) + mostHeld(cluster, tenant));
    }
    return cluster.tenants.flatMap((tenant) => {
      const total = schedulable(cluster, tenant.resourceName);
      // One mistake, one line: AICC-CAP-003 speaks of guarantees that are not there.
      if (guaranteedNpus(cluster, tenant.resourceName) > total || tenant.guarantee === 0) return [];
      const others = (held.get(tenant.resourceName) ?? 0) - mostHeld(cluster, tenant);
      const kept = Math.max(0, total - others);
      return [
        {
          path: tenant.path,
          holds: kept >= tenant.guarantee,
          arithmetic: `keeps ${kept} NPUs (${total} in service − ${others} that others can hold on ${cluster.name}) ${kept >= tenant.guarantee ? '≥' : '<'} ${tenant.guarantee} guaranteed`,
          remedy: `lower the ceilings of other tenants by ${Math.max(0, tenant.guarantee - kept)} NPUs together`,
        },
      ];
    });
  },
};

/** NPUs that Volcano sees: it knows of servers out of service and of no reserve or spare. */
function schedulable(cluster: ClusterLedger, resourceName: string): number {
  return sum(
    cluster.pools
      .filter((pool) => pool.resourceName === resourceName)
      .map((pool) => serversInService(pool) * pool.npusPerServer - (pool.reserve?.npus ?? 0)),
  );
}

/** Quota, and `realCapability` of the queue: all NPUs without the guarantees of others. */
function mostHeld(cluster: ClusterLedger, tenant: TenantEntry): number {
  const others = guaranteedNpus(cluster, tenant.resourceName) - tenant.guarantee;
  return Math.min(tenant.ceiling, Math.max(0, schedulable(cluster, tenant.resourceName) - others));
}
