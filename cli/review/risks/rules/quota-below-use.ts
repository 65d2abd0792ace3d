import { type ClusterCapacity, quantity, sum } from '../../../../core/capacity';
import { changesOf } from '../../compare/objects';
import { about, type RiskContext, type RiskRule } from '../risk';

const NPU_QUOTA = /^requests\.(huawei\.com\/.+)$/;

export const quotaBelowUse: RiskRule = {
  id: 'AICC-RISK-001',
  level: 'error',
  title: 'quota below what is sold or in use',
  why: 'A quota that is lowered below what the tenant was sold, or below what its servings hold.',
  remedy: 'keep the quota, or agree it with the tenant and end its work first',
  check(context) {
    return changesOf(context.changes, 'ResourceQuota').map(({ change, before, after }) => {
      const [old, hard] = [before?.spec?.hard ?? {}, after?.spec?.hard ?? {}];
      return Object.entries(hard).map(([name, amount]) => {
        const resource = NPU_QUOTA.exec(name)?.[1];
        // Until now without a quota: a namespace that comes has nothing sold or in use.
        const was = old[name] === undefined ? Number.POSITIVE_INFINITY : quantity(`${old[name]}`);
        const is = quantity(amount);
        if (!resource || !(is < was)) return undefined;
        const { stack, namespace = '' } = change;
        const broken = boundsOf(context, stack, namespace, resource).filter(([npus]) => is < npus);
        if (broken.length === 0) return undefined;
        const reasons = broken.map(([npus, why]) => `${npus} ${why}`).join(' and ');
        const what = `${old[name] ?? 'none'} → ${is} NPUs`;
        return about(change, `quota of ${change.namespace} ${what} < ${reasons}`);
      });
    });
  },
};

/** What the tenant has until now. A tenant that is retired was told; nothing is left of its guarantee. */
function boundsOf(
  { before, after }: RiskContext,
  stack: string,
  namespace: string,
  resource: string,
): (readonly [npus: number, why: string])[] {
  const now = clusterOf(after?.clusters, stack)?.tenants.find((t) => t.namespace === namespace);
  if (now?.state === 'retired') return [];
  const cluster = clusterOf(before?.clusters, stack);
  const sold = cluster?.tenants.find((t) => t.namespace === namespace)?.guarantee ?? 0;
  const servings = cluster?.servings ?? [];
  const held = servings.filter((s) => s.namespace === namespace && s.resourceName === resource);
  const used = sum(held.map((serving) => serving.replicas * serving.npusPerReplica));
  return [
    [sold, 'sold until now'],
    [used, 'held by its models'],
  ];
}

function clusterOf(clusters: readonly ClusterCapacity[] = [], stack: string) {
  return clusters.find(({ phase }) => stack.startsWith(`${phase}-`));
}
