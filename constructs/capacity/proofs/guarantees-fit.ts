import { clusterTotals, guaranteedNpus, resourceNames, usableTerms } from '../ledger';
import type { Proof } from '../proof';

/**
 * What is sold exists: guarantees of all tenants of a cluster are within its usable NPUs.
 * Volcano accepts a queue tree that breaks this and then stops scheduling (volcano-sh/volcano#4076,
 * #4818).
 */
export const guaranteesFit: Proof = {
  id: 'AICC-CAP-003',
  level: 'error',
  title: 'guarantees fit the usable NPUs',
  check(subject) {
    if (subject.kind !== 'cluster') return [];
    const { cluster } = subject;
    const names = new Set([
      ...resourceNames(cluster),
      ...cluster.tenants.map((t) => t.resourceName),
    ]);
    return [...names].sort().map((name) => {
      const tenants = cluster.tenants.filter((tenant) => tenant.resourceName === name);
      const sold = guaranteedNpus(cluster, name);
      const totals = clusterTotals(cluster, name);
      const { usableNpus } = totals;
      const holds = sold <= usableNpus;
      return {
        path: cluster.path,
        holds,
        arithmetic: `${name}: guarantees of ${tenants.length} tenants = ${sold} ${holds ? '≤' : '>'} ${usableNpus} usable (${usableTerms(totals)})`,
        remedy: `lower guarantees by ${Math.max(0, sold - usableNpus)} NPUs or add servers`,
      };
    });
  },
};
