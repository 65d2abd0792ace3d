import {
  type ClusterInventory,
  guaranteedNpus,
  onceEach,
  serversInService,
  sum,
  type TenantEntry,
} from '../inventory';
import type { ClusterProof } from '../proof';

export const guaranteesOutlastBorrowing: ClusterProof = {
  id: 'AICC-CAP-012',
  level: 'error',
  title: 'guarantees are free when all others have borrowed what they can',
  why:
    'What a tenant keeps when all others hold everything that they can borrow while it has no ' +
    'jobs. The stock Ascend Volcano holds each queue below (all NPUs − guarantees of the ' +
    'others), one by one: several borrowers together can take what an idle queue was ' +
    'guaranteed, because queues without jobs are not counted (volcano-sh/volcano ' +
    '`plugins/proportion/proportion.go`, `OnSessionOpen`), and without `reclaim` it comes back ' +
    'only when their jobs end. So the ceilings must leave room for every guarantee.',
  check({ cluster }) {
    const guaranteed = onceEach((name) => guaranteedNpus(cluster, name));
    const all = onceEach((name) => schedulable(cluster, name));
    /** Quota, and `realCapability` of the queue: all NPUs without the guarantees of others. */
    const mostHeld = ({ resourceName, guarantee, ceiling }: TenantEntry) =>
      Math.min(ceiling, Math.max(0, all(resourceName) - guaranteed(resourceName) + guarantee));
    const held = onceEach((name) =>
      sum(cluster.tenants.filter((tenant) => tenant.resourceName === name).map(mostHeld)),
    );
    return cluster.tenants.flatMap((tenant) => {
      const total = all(tenant.resourceName);
      // One mistake, one line: AICC-CAP-003 speaks of guarantees that are not there.
      if (guaranteed(tenant.resourceName) > total || tenant.guarantee === 0) return [];
      const others = held(tenant.resourceName) - mostHeld(tenant);
      const kept = Math.max(0, total - others);
      return [
        {
          path: tenant.path,
          holds: kept >= tenant.guarantee,
          statement: `keeps ${kept} NPUs (${total} in service − ${others} that others can hold on ${cluster.name}) ${kept >= tenant.guarantee ? '≥' : '<'} ${tenant.guarantee} guaranteed`,
          remedy: `lower the ceilings of other tenants by ${Math.max(0, tenant.guarantee - kept)} NPUs together`,
        },
      ];
    });
  },
};

/** NPUs that Volcano sees: it knows of servers out of service and of no reserve or spare. */
function schedulable(cluster: ClusterInventory, resourceName: string): number {
  return sum(
    cluster.pools
      .filter((pool) => pool.resourceName === resourceName)
      .map((pool) => serversInService(pool) * pool.npusPerServer - (pool.reserve?.npus ?? 0)),
  );
}
