import type { ComputeCluster } from '../compute-cluster';
import { npusOf } from './amounts';
import type { TenantState } from './lifecycle';
import { TENANT_PRIORITIES } from './priorities';
import type { PodSecurityLevel, TenantNamespaceProps } from './props';

/** A tenant with everything decided: what its objects are made from, and what is checked. */
export interface ResolvedTenant {
  readonly cluster: ComputeCluster;
  /** Name of the namespace, and of the queue. */
  readonly namespace: string;
  readonly resourceName: string;
  readonly podSecurity: PodSecurityLevel;
  /** NPUs that the tenant always has; not a number where no pool has its resource. */
  readonly guarantee: number;
  /** NPUs that the tenant may hold at most. */
  readonly ceiling: number;
  readonly state: TenantState;
  /** @see TenantNamespaceProps.imagePrefixes */
  readonly imagePrefixes?: readonly string[];
  readonly priorityClasses: readonly string[];
}

/** Decides what the props leave open; whether it can be kept, others say. */
export function resolveTenant(props: TenantNamespaceProps): ResolvedTenant {
  const { cluster, tenantName: namespace, guarantee, ceiling = guarantee } = props;
  const resourceName = props.resourceName ?? cluster.pools[0]?.resourceName ?? '';
  const tflops = cluster.poolOf(resourceName)?.server.tflopsPerNpu ?? Number.NaN;
  const { state = 'active', imagePrefixes } = props;
  const npus = (amount: typeof guarantee) => (state === 'retired' ? 0 : npusOf(amount, tflops));
  return {
    cluster,
    namespace,
    resourceName,
    podSecurity: props.podSecurity ?? 'restricted',
    guarantee: npus(guarantee),
    ceiling: npus(ceiling),
    state,
    imagePrefixes,
    priorityClasses: props.priorityClasses ?? TENANT_PRIORITIES,
  };
}
