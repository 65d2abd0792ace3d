import { servingProof } from './serving-proof';

export const servingsDrainable = servingProof(
  {
    id: 'AICC-SRV-011',
    title: 'disruption budgets let a server be drained',
    why: 'A server can be drained: the disruption budget lets one pod go while all are ready.',
  },
  ({ plan }) => {
    const budget = plan.disruptionBudget;
    if (budget === undefined) return undefined;
    const pods = plan.replicas * plan.podsPerReplica;
    const [free, terms] =
      'minAvailable' in budget
        ? [pods - budget.minAvailable, `${pods} pods − minAvailable ${budget.minAvailable} =`]
        : [budget.maxUnavailable, 'maxUnavailable'];
    const holds = free >= 1;
    return {
      holds,
      statement: `${terms} ${free} ${holds ? '≥' : '<'} 1 pod that may go`,
      // Of groups, pods that may go could be of several at once.
      remedy:
        plan.podsPerReplica > 1
          ? 'set maxUnavailable to 1'
          : `set minAvailable to ${Math.max(0, pods - 1)} or maxUnavailable to 1`,
    };
  },
);
