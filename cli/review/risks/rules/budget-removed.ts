import type { V1PodDisruptionBudget } from '@kubernetes/client-node';
import {
  changesOf,
  namespaceOf,
  namespacesThat,
  parentOf,
  workloadParents,
} from '../../compare/objects';
import { about, type RiskRule } from '../risk';

export const budgetRemoved: RiskRule = {
  id: 'AICC-RISK-008',
  level: 'error',
  title: 'PodDisruptionBudget removed',
  why: 'Pods that a drain had to spare lose their budget and stay.',
  remedy: 'keep the budget: without it a drain may end every replica at once',
  check({ changes }) {
    const gone = namespacesThat('go', changes);
    const ended = workloadParents('destroy', changes);
    return changesOf(changes, 'PodDisruptionBudget')
      .filter(({ change }) => !gone.has(namespaceOf(change)) && !ended.has(parentOf(change)))
      .filter(({ before, after }) => before && spares(before) && !(after && spares(after)))
      .map(({ change, after }) => {
        const what = after ? 'lets all pods be evicted at once' : 'is gone, its pods stay';
        return about(change, `${change.namespace}/${change.name} ${what}`);
      });
  },
};

function spares({ spec }: V1PodDisruptionBudget): boolean {
  const { maxUnavailable, minAvailable } = spec ?? {};
  if (maxUnavailable !== undefined) return maxUnavailable !== '100%';
  return minAvailable !== undefined && minAvailable !== 0 && minAvailable !== '0%';
}
