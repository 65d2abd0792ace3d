import type { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import type { Construct } from 'constructs';
import type { DisruptionBudget } from '../../core/capacity';
import { kubernetesObject } from '../kubernetes-object';
import type { ServingMetadata } from './serving';

/**
 * What a drain may take: one replica at a time, and always something, or a server could never be
 * drained. One pod less and a group does not work, so of groups all but one stay whole.
 * @param replicas that always run
 * @param pods of a replica
 */
export function disruptionBudget(replicas: number, pods: number): DisruptionBudget {
  return pods === 1 || replicas === 1
    ? { maxUnavailable: 1 }
    : { minAvailable: (replicas - 1) * pods };
}

/** The PodDisruptionBudget of a serving. */
export function addDisruptionBudget(
  scope: Construct,
  id: string,
  serving: { readonly metadata: ServingMetadata; readonly selector: Record<string, string> },
  budget: DisruptionBudget,
): PodDisruptionBudgetV1 {
  return kubernetesObject(scope, id, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: serving.metadata,
    spec: { ...budget, selector: { matchLabels: serving.selector } },
  });
}
