import type { ServingPlan } from '../../core/capacity';
import { replicaPlan } from '../../core/serving/replica-plan';
import { servingTolerations } from './pod';
import type { ResolvedServing } from './serving';

/** What the proofs of the cluster want to know about a serving. */
export function servingPlan(
  path: string,
  serving: ResolvedServing,
  numbers: Pick<ServingPlan, 'replicas' | 'maxReplicas' | 'rollout' | 'disruptionBudget'>,
): ServingPlan {
  const { tenant, pool, model, fit, metadata } = serving;
  return {
    path,
    ...numbers,
    name: metadata.name,
    namespace: tenant.namespace,
    resourceName: tenant.resourceName,
    pool: pool.name,
    ...replicaPlan(model, fit, pool.server, serving),
    nodeSelector: tenant.cluster.nodeSelector(pool),
    tolerations: servingTolerations(pool.resourceName),
  };
}
