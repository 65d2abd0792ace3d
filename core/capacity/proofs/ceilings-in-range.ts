import { clusterTotals, onceEach } from '../inventory';
import type { ClusterProof } from '../proof';

export const ceilingsInRange: ClusterProof = {
  id: 'AICC-CAP-005',
  level: 'error',
  title: 'ceilings lie between guarantee and usable NPUs',
  why: 'A tenant can hold what it was guaranteed, and is not promised more than the cluster has.',
  check({ cluster }) {
    const totals = onceEach((name) => clusterTotals(cluster, name));
    return cluster.tenants.map((tenant) => {
      const { usableNpus } = totals(tenant.resourceName);
      const holds = tenant.guarantee <= tenant.ceiling && tenant.ceiling <= usableNpus;
      return {
        path: tenant.path,
        holds,
        statement: `guarantee ${tenant.guarantee}, ceiling ${tenant.ceiling}, usable ${usableNpus} NPUs of ${cluster.name}`,
        remedy: `choose guarantee ≤ ceiling ≤ ${usableNpus}`,
      };
    });
  },
};
