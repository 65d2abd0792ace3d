import { besideOthers } from './demand';
import { servingProof } from './serving-proof';

export const updatesProgress = servingProof(
  {
    id: 'AICC-SRV-012',
    title: 'updates cannot block themselves',
    why:
      'An update goes on: an old replica may be missing, or there are NPUs for a new one beside ' +
      'it that nobody else can hold. Beyond the guarantee others may have them, and the stock ' +
      'scheduler takes none back (LLMKube#192: surge without spare devices; KServe#5916: ' +
      'neither surge nor unavailable).',
  },
  ({ plan, share }) => {
    const { maxSurge, maxUnavailable } = plan.rollout;
    const shown = `maxSurge ${maxSurge}, maxUnavailable ${maxUnavailable}`;
    const remedy = 'leave surge out (maxSurge 0, maxUnavailable 1)';
    if (maxUnavailable > 0 || maxSurge === 0) {
      return { holds: maxUnavailable + maxSurge > 0, statement: shown, remedy };
    }
    const { tenant, ...held } = share();
    if (tenant === undefined) return undefined;
    // An autoscaler at its most is updated, too.
    const { needed, own, others } = besideOthers(
      held,
      plan,
      (plan.maxReplicas ?? plan.replicas) + 1,
    );
    const holds = needed <= tenant.guarantee;
    return {
      holds,
      statement: `${shown}: ${own}${others} = ${needed} NPUs ${holds ? '≤' : '>'} ${tenant.guarantee}, the guarantee of ${tenant.namespace}`,
      remedy: `${remedy}, or raise the guarantee by ${Math.max(0, needed - tenant.guarantee)} NPUs`,
    };
  },
);
