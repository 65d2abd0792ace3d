import { sum, type TenantEntry } from '../../ledger';
import type { ServingsSubject } from '../../proof';
import { npusPerReplica, type ServingPlan } from '../../serving-plan';

/** NPUs of so many replicas, and the sum: `qwen 3 × 4`. */
export function npusOf(plan: ServingPlan, replicas: number) {
  const each = npusPerReplica(plan);
  return { npus: replicas * each, terms: `${plan.name} ${replicas} × ${each}` };
}

/** The share that the pods of a serving are counted in. */
export function tenantOf(
  { cluster }: Pick<ServingsSubject, 'cluster'>,
  plan: ServingPlan,
): TenantEntry | undefined {
  return cluster.tenants.find(
    ({ namespace, resourceName }) =>
      namespace === plan.namespace && resourceName === plan.resourceName,
  );
}

/** NPUs that the other servings of the same share hold all the time. */
export function npusOfOthers({ servings }: Pick<ServingsSubject, 'servings'>, plan: ServingPlan) {
  const others = servings.filter(
    (other) =>
      other !== plan &&
      other.namespace === plan.namespace &&
      other.resourceName === plan.resourceName,
  );
  const npus = sum(others.map((other) => npusOf(other, other.replicas).npus));
  return { npus, terms: npus === 0 ? '' : ` + ${npus} of other servings` };
}
