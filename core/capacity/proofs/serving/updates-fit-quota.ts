import { besideOthers } from './demand';
import { servingProof } from './serving-proof';

export const updatesFitQuota = servingProof(
  {
    id: 'AICC-SRV-008',
    title: 'replicas and surge fit the quota during an update',
    why:
      'While an update rolls, the quota admits the pods that come on top; AICC-CAP-004 speaks ' +
      'of the others.',
  },
  ({ plan, share }) => {
    const { maxSurge } = plan.rollout;
    if (maxSurge === 0) return undefined;
    const { tenant, ...held } = share();
    if (tenant === undefined) return undefined;
    const { needed, own, others } = besideOthers(
      held,
      plan,
      (plan.maxReplicas ?? plan.replicas) + maxSurge,
    );
    const holds = needed <= tenant.ceiling;
    return {
      holds,
      statement: `${own} with ${maxSurge} of surge${others} = ${needed} NPUs ${holds ? '≤' : '>'} ${tenant.ceiling} of the quota of ${tenant.namespace}`,
      remedy: `leave surge out (maxSurge 0, maxUnavailable 1), or raise the ceiling by ${Math.max(0, needed - tenant.ceiling)} NPUs`,
    };
  },
);
