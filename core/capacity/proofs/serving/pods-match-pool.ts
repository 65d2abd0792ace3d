import type { PoolEntry, Taint } from '../../inventory';
import { untolerated } from '../../node-match';
import type { ServingPlan } from '../../serving-plan';
import { servingProof } from './serving-proof';

export const podsMatchPool = servingProof(
  {
    id: 'AICC-SRV-013',
    title: 'selectors and tolerations match the pool',
    why:
      'The pods are let on the servers that they were made for: by labels, by taints and by the ' +
      'name of the devices.',
  },
  ({ plan, pool }) => {
    const labels = Object.entries(plan.nodeSelector);
    const wanted = labels.filter(([key, value]) => pool.labels[key] !== value);
    const refused = untolerated(pool.taints, plan.tolerations);
    const holds =
      wanted.length === 0 && refused.length === 0 && plan.resourceName === pool.resourceName;
    return {
      holds,
      statement: `${labels.length - wanted.length} of ${labels.length} labels and ${pool.taints.length - refused.length} of ${pool.taints.length} taints of pool ${pool.name}, ${plan.resourceName}${missing(plan, pool, wanted, refused)}`,
      remedy: `select ${pool.name} by its labels, tolerate its taints and ask for ${pool.resourceName}`,
    };
  },
);

function missing(
  plan: ServingPlan,
  pool: PoolEntry,
  wanted: readonly (readonly [string, string])[],
  refused: readonly Taint[],
): string {
  const found = [
    ...wanted.map(([key, value]) => `no label ${key}=${value}`),
    ...refused.map(({ key, effect }) => `taint ${key}:${effect} not tolerated`),
    ...(plan.resourceName === pool.resourceName ? [] : [`it has ${pool.resourceName}`]),
  ];
  return found.length === 0 ? '' : `: ${found.join(', ')}`;
}
