import { servingsByNamespace, sum } from '../inventory';
import type { ClusterProof } from '../proof';

export const servingsFitQuota: ClusterProof = {
  id: 'AICC-CAP-004',
  level: 'error',
  title: 'servings fit the quota of their namespace',
  why: 'All replicas of the servings of a namespace are admitted by its quota.',
  check({ cluster }) {
    const servings = servingsByNamespace(cluster);
    return cluster.tenants.flatMap((tenant) => {
      const own = (servings.get(tenant.namespace) ?? []).filter(
        (s) => s.resourceName === tenant.resourceName,
      );
      if (own.length === 0) return [];
      const asked = sum(own.map((serving) => serving.replicas * serving.npusPerReplica));
      const holds = asked <= tenant.ceiling;
      const terms = own.map((s) => `${s.name} ${s.replicas} × ${s.npusPerReplica}`).join(' + ');
      return [
        {
          path: tenant.path,
          holds,
          statement: `${terms} = ${asked} NPUs ${holds ? '≤' : '>'} ${tenant.ceiling} of the quota of ${tenant.namespace}`,
          remedy: `remove replicas for ${Math.max(0, asked - tenant.ceiling)} NPUs or raise the ceiling`,
        },
      ];
    });
  },
};
