import { clusterTotals, guaranteedNpus, onceEach } from '../inventory';
import type { ClusterProof } from '../proof';

export const ceilingsReachable: ClusterProof = {
  id: 'AICC-CAP-006',
  level: 'error',
  title: "ceilings are reachable beside the others' guarantees",
  why:
    'A ceiling that a tenant was told can really be held. The stock Ascend Volcano (plugin ' +
    '`proportion`, no reclaim) keeps the guarantees of all other queues free, so a queue never ' +
    'gets more than the usable NPUs without them.',
  check({ cluster }) {
    const totals = onceEach((name) => clusterTotals(cluster, name));
    const guaranteed = onceEach((name) => guaranteedNpus(cluster, name));
    return cluster.tenants.flatMap((tenant) => {
      const { usableNpus } = totals(tenant.resourceName);
      const others = guaranteed(tenant.resourceName) - tenant.guarantee;
      const reachable = usableNpus - others;
      // One mistake, one line: these are what AICC-CAP-003 and AICC-CAP-005 speak of.
      if (tenant.guarantee > reachable || tenant.ceiling > usableNpus) return [];
      const holds = tenant.ceiling <= reachable;
      return [
        {
          path: tenant.path,
          holds,
          statement: `ceiling ${tenant.ceiling} ${holds ? '≤' : '>'} ${reachable} (${usableNpus} usable − ${others} guaranteed to others on ${cluster.name})`,
          remedy: `lower the ceiling to ${reachable} or the guarantees of others by ${Math.max(0, tenant.ceiling - reachable)} NPUs`,
        },
      ];
    });
  },
};
