import type { TenantEntry } from '../../inventory';
import type { ServingsSubject } from '../../proof';
import { npusPerReplica, type ServingPlan } from '../../serving-plan';

/** NPUs of so many replicas, and the sum: `qwen 3 × 4`. */
export function npusOf(plan: ServingPlan, replicas: number) {
  const each = npusPerReplica(plan);
  return { npus: replicas * each, terms: `${plan.name} ${replicas} × ${each}` };
}

/** What the servings of a namespace share: NPUs of one name. */
export interface Share {
  /** @default - the namespace is nobody's, or has a share of other NPUs */
  readonly tenant?: TenantEntry;
  /** NPUs that its servings hold all the time. */
  readonly npus: number;
}

type Holder = Pick<ServingPlan, 'namespace' | 'resourceName'>;

/** Finds the share that a serving is counted in. */
export function shares({ cluster, servings }: ServingsSubject): (plan: ServingPlan) => Share {
  const key = ({ namespace, resourceName }: Holder) => `${namespace} ${resourceName}`;
  const tenants = new Map(cluster.tenants.map((tenant) => [key(tenant), tenant]));
  const npus = new Map<string, number>();
  for (const plan of servings) {
    npus.set(key(plan), (npus.get(key(plan)) ?? 0) + npusOf(plan, plan.replicas).npus);
  }
  return (plan) => ({ tenant: tenants.get(key(plan)), npus: npus.get(key(plan)) ?? 0 });
}

/** So many replicas beside what the other servings of the same share hold all the time. */
export function besideOthers({ npus }: Share, plan: ServingPlan, replicas: number) {
  const own = npusOf(plan, replicas);
  const others = npus - npusOf(plan, plan.replicas).npus;
  const terms = { own: own.terms, others: others === 0 ? '' : ` + ${others} of other servings` };
  return { needed: own.npus + others, ...terms };
}
