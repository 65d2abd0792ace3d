import type { Construct } from 'constructs';
import type { DisruptionBudget } from '../../core/capacity';
import { kubernetesObject } from '../kubernetes-object';
import type { ServingMetadata } from './serving';

/**
 * What a drain may take: one pod, of a Deployment or of any group, and the next one only when all that
 * should be there are ready. A group without one of its pods is lost as a whole, so that a number of pods
 * that stay (`minAvailable`) would let one of each group go at once.
 *
 * How many should be there the API server asks the owners of the pods that are there: the replicas of the
 * StatefulSet of all leaders and of that of each group's workers, so that it follows an autoscaler, too
 * (kubernetes v1.34.4 pkg/controller/disruption/disruption.go: getExpectedScale). Workers that are not there
 * yet are in no sum: it holds because a leader is ready only when vLLM has all of them.
 */
export const DISRUPTION_BUDGET = { maxUnavailable: 1 } as const satisfies DisruptionBudget;

/** The PodDisruptionBudget of a serving. */
export function addDisruptionBudget(
  scope: Construct,
  id: string,
  serving: { readonly metadata: ServingMetadata; readonly selector: Record<string, string> },
): void {
  kubernetesObject(scope, id, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: serving.metadata,
    spec: {
      maxUnavailable: DISRUPTION_BUDGET.maxUnavailable,
      selector: { matchLabels: serving.selector },
    },
  });
}
