import { type ClusterCapacity, quantity, sum } from '../../../../core/capacity';
import type { Finding } from '../../../../core/rules';
import { changesOf } from '../../compare/objects';
import type { RiskContext, RiskRule } from '../risk';

const NPU_QUOTA = /^requests\.(huawei\.com\/.+)$/;

export const quotaBelowUse: RiskRule = {
  id: 'AICC-RISK-001',
  level: 'error',
  title: 'quota below what is sold or in use',
  why: 'A quota that is lowered below what the tenant was sold, or below what its servings hold.',
  check(context) {
    return changesOf(context.changes, 'ResourceQuota').flatMap(({ change, before, after }) => {
      const [old, hard] = [before?.spec?.hard ?? {}, after?.spec?.hard ?? {}];
      return Object.entries(hard).flatMap(([name, amount]): Finding[] => {
        const resource = NPU_QUOTA.exec(name)?.[1];
        // Until now without a quota: a namespace that comes has nothing sold or in use.
        const was = old[name] === undefined ? Number.POSITIVE_INFINITY : quantity(`${old[name]}`);
        const is = quantity(amount);
        if (!resource || !(is < was)) return [];
        const bounds = boundsOf(context, change.stack, change.namespace ?? '', resource);
        const broken = bounds.filter(({ npus }) => is < npus);
        if (broken.length === 0) return [];
        const reasons = broken.map(({ npus, why }) => `${npus} ${why}`).join(' and ');
        return [
          {
            path: change.path,
            statement: `quota of ${change.namespace} ${old[name] ?? 'none'} → ${is} NPUs < ${reasons}`,
            remedy: 'keep the quota, or agree it with the tenant and end its work first',
          },
        ];
      });
    });
  },
};

interface Bound {
  readonly npus: number;
  readonly why: string;
}

/** What the tenant has until now. A tenant that is retired was told; nothing is left of its guarantee. */
function boundsOf(
  { before, after }: RiskContext,
  stack: string,
  namespace: string,
  resource: string,
): Bound[] {
  const now = clusterOf(after?.clusters, stack)?.tenants.find((t) => t.namespace === namespace);
  if (now?.state === 'retired') return [];
  const cluster = clusterOf(before?.clusters, stack);
  const sold = cluster?.tenants.find((t) => t.namespace === namespace)?.guarantee ?? 0;
  const servings = cluster?.servings ?? [];
  const held = servings.filter((s) => s.namespace === namespace && s.resourceName === resource);
  const used = sum(held.map((serving) => serving.replicas * serving.npusPerReplica));
  return [
    { npus: sold, why: 'sold until now' },
    { npus: used, why: 'held by its models' },
  ];
}

function clusterOf(clusters: readonly ClusterCapacity[] = [], stack: string) {
  return clusters.find(({ phase }) => stack.startsWith(`${phase}-`));
}
