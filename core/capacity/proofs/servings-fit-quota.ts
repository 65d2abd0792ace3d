import { servingsByNamespace, sum } from '../ledger';
import type { Proof } from '../proof';

/** All replicas of the servings of a namespace are admitted by its quota. */
export const servingsFitQuota: Proof = {
  id: 'AICC-CAP-004',
  level: 'error',
  title: 'servings fit the quota of their namespace',
  check(subject) {
    if (subject.kind !== 'cluster') return [];
    const servings = servingsByNamespace(subject.cluster);
    return subject.cluster.tenants.flatMap((tenant) => {
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
          arithmetic: `${terms} = ${asked} NPUs ${holds ? '≤' : '>'} ${tenant.ceiling} of the quota of ${tenant.namespace}`,
          remedy: `remove replicas for ${Math.max(0, asked - tenant.ceiling)} NPUs or raise the ceiling`,
        },
      ];
    });
  },
};
