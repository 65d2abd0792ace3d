import {
  clusterTotals,
  formatNumber,
  guaranteedNpus,
  resourceNames,
  usableTerms,
} from '../inventory';
import { amountBehind } from '../levels';
import type { ClusterProof } from '../proof';

export const guaranteesFit: ClusterProof = {
  id: 'AICC-CAP-003',
  level: 'error',
  title: 'guarantees fit the usable NPUs',
  why:
    'What is sold exists: peak ≥ usable ≥ sold, where usable is without servers out of service, ' +
    'system reserve and spare, and sold is what all tenants of a cluster are guaranteed ' +
    'together. Volcano accepts a queue tree that breaks this and then stops scheduling ' +
    '(volcano-sh/volcano#4076, #4818).',
  check({ cluster }) {
    const names = new Set([
      ...resourceNames(cluster),
      ...cluster.tenants.map((t) => t.resourceName),
    ]);
    return [...names].sort().map((name) => {
      const tenants = cluster.tenants.filter((tenant) => tenant.resourceName === name);
      const sold = guaranteedNpus(cluster, name);
      const totals = clusterTotals(cluster, name);
      const { usableNpus } = totals;
      const holds = sold <= usableNpus && 0 <= usableNpus && usableNpus <= totals.npus;
      const soldPetaflops = amountBehind(cluster, name, sold).petaflops;
      return {
        path: cluster.path,
        holds,
        statement: `${name}: guarantees of ${tenants.length} tenants = ${sold} ${holds ? '≤' : '>'} ${usableNpus} usable (${usableTerms(totals)}); ${formatNumber(soldPetaflops)} ${holds ? '≤' : '>'} ${formatNumber(totals.usablePetaflops)} usable ≤ ${formatNumber(totals.peakPetaflops)} PF peak`,
        remedy: `lower guarantees by ${Math.max(0, sold - usableNpus)} NPUs or add servers`,
      };
    });
  },
};
