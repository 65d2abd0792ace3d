import { clusterTotals, onceEach } from '../ledger';
import type { Proof } from '../proof';

/** A tenant can hold what it was guaranteed, and is not promised more than the cluster has. */
export const ceilingsInRange: Proof = {
  id: 'AICC-CAP-005',
  level: 'error',
  title: 'ceilings lie between guarantee and usable NPUs',
  check(subject) {
    if (subject.kind !== 'cluster') return [];
    const totals = onceEach((name) => clusterTotals(subject.cluster, name));
    return subject.cluster.tenants.map((tenant) => {
      const { usableNpus } = totals(tenant.resourceName);
      const holds = tenant.guarantee <= tenant.ceiling && tenant.ceiling <= usableNpus;
      return {
        path: tenant.path,
        holds,
        arithmetic: `guarantee ${tenant.guarantee}, ceiling ${tenant.ceiling}, usable ${usableNpus} NPUs of ${subject.cluster.name}`,
        remedy: `choose guarantee ≤ ceiling ≤ ${usableNpus}`,
      };
    });
  },
};
