import { besideOthers } from './demand';
import { servingProof } from './serving-proof';

export const autoscalingFitsCeiling = servingProof(
  {
    id: 'AICC-SRV-010',
    title: 'the most replicas of an autoscaler fit the ceiling of the tenant',
    why: 'An autoscaler can reach what it was allowed to: beside what the other servings always hold.',
  },
  ({ plan, share }) => {
    if (plan.maxReplicas === undefined) return undefined;
    const { tenant, ...held } = share();
    if (tenant === undefined) return undefined;
    const { needed, own, others } = besideOthers(held, plan, plan.maxReplicas);
    const holds = needed <= tenant.ceiling;
    return {
      holds,
      statement: `${own} at most${others} = ${needed} NPUs ${holds ? '≤' : '>'} ${tenant.ceiling}, the ceiling of ${tenant.namespace}`,
      remedy: `lower maxReplicas or raise the ceiling by ${Math.max(0, needed - tenant.ceiling)} NPUs`,
    };
  },
);
