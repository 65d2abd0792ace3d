import { CONTAINER_DEFAULTS } from '../../accelerator';
import { formatNumber, type ServingEntry, servingsByNamespace, sum } from '../inventory';
import type { ClusterProof } from '../proof';
import { quantity, quantityGib } from '../quantity';

export const quotasHaveRoom: ClusterProof = {
  id: 'AICC-TEN-006',
  level: 'error',
  title: 'quotas have CPUs and memory for guaranteed NPUs',
  why:
    'A tenant can use the NPUs that it was guaranteed: its quota leaves CPUs and memory for the ' +
    "pods of its servings, and for a pod with the namespace's defaults on each NPU beside them.",
  check({ cluster }) {
    const byNamespace = servingsByNamespace(cluster);
    return cluster.tenants.flatMap((tenant) => {
      const servings = byNamespace.get(tenant.namespace) ?? [];
      const pods = (s: ServingEntry) => s.replicas * s.podsPerReplica;
      const running = sum(servings.map((s) => s.replicas * s.npusPerReplica));
      // One mistake, one line: AICC-CAP-004 speaks of servings beyond the ceiling.
      if (running > tenant.ceiling) return [];
      const others = Math.max(0, tenant.guarantee - running);
      const needed = {
        cpus: sum(servings.map((s) => pods(s) * s.podCpus)) + others * CONTAINER_DEFAULTS.cpus,
        memoryGib:
          sum(servings.map((s) => pods(s) * s.podMemoryGib)) +
          others * CONTAINER_DEFAULTS.memoryGib,
      };
      const cpus = quantity(tenant.written.quota['requests.cpu'] ?? '0');
      const memoryGib = quantityGib(tenant.written.quota['requests.memory'] ?? '0');
      const compared = (need: number, quota: number) =>
        `${formatNumber(need)} ${need <= quota ? '≤' : '>'} ${formatNumber(quota)}`;
      return [
        {
          path: tenant.path,
          holds: needed.cpus <= cpus && needed.memoryGib <= memoryGib,
          statement: `${running} NPUs of servings and ${others} others: CPUs ${compared(needed.cpus, cpus)}, GiB ${compared(needed.memoryGib, memoryGib)} of the quota`,
          remedy: 'raise cpus or memoryGib of the tenant, or lower its guarantee',
        },
      ];
    });
  },
};
