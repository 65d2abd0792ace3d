import { Construct } from 'constructs';
import { MANAGED_BY } from '../../core/names';
import type { Count, DnsSubdomain } from '../../core/schema/types';
import { kubernetesObject, type ObjectOf } from '../kubernetes-object';

/** Objects that a tenant may have in its namespace. */
export interface ObjectCounts {
  readonly pods: Count;
  readonly services: Count;
  /** Services that open a port on every node. */
  readonly nodePorts: Count;
  readonly loadBalancers: Count;
  readonly persistentVolumeClaims: Count;
  readonly configMaps: Count;
  readonly secrets: Count;
}

/** Objects without a wish of the tenant's: assumptions of ours, far from what etcd minds. */
export const OBJECTS: ObjectCounts = {
  pods: 500,
  services: 100,
  nodePorts: 0,
  loadBalancers: 0,
  persistentVolumeClaims: 100,
  configMaps: 500,
  secrets: 500,
};

/** Storage of a tenant in GiB. */
export interface StorageShare {
  /** Sum of all claims. */
  readonly totalGib: Count;
  /**
   * Sums by StorageClass. @default - only the total counts
   * @propertyNames { format: 'dns-subdomain' }
   */
  readonly byClassGib?: Readonly<Record<DnsSubdomain, Count>>;
  /** Disk of the nodes: logs, written layers, emptyDir; for requests and for limits. */
  readonly ephemeralGib: Count;
}

/** What pods of one priority class may hold together. @minProperties 1 */
export interface PriorityShare {
  readonly pods?: Count;
  readonly cpus?: Count;
  readonly memoryGib?: Count;
  readonly npus?: Count;
}

export interface TenantQuotaProps {
  readonly namespace: string;
  readonly resourceName: string;
  /** NPUs at most. */
  readonly ceiling: number;
  /** NPU resource names that the tenant must not use. */
  readonly otherResourceNames: readonly string[];
  readonly cpus: number;
  readonly memoryGib: number;
  readonly storage: StorageShare;
  readonly objects: ObjectCounts;
  /** By priority class. */
  readonly byPriority: Readonly<Record<string, PriorityShare>>;
  /** Priority classes of which there may be no pod. */
  readonly forbiddenPriorities: readonly string[];
  /** Whether new pods are refused; those that run stay. */
  readonly cordoned: boolean;
}

/** The quotas of a tenant: one for everything, one a priority class, and one that closes the door. */
export class TenantQuota extends Construct {
  /** `spec.hard` of the quota for everything. */
  readonly hard: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TenantQuotaProps,
  ) {
    super(scope, id);
    this.hard = this.everything();
    this.add('tenant', { hard: this.hard });
    for (const [name, share] of Object.entries(props.byPriority)) {
      this.add(`priority-${name}`, {
        hard: priorityShare(share, props.resourceName),
        scopeSelector: ofPriorities([name]),
      });
    }
    this.add('priority-forbidden', {
      hard: { pods: '0' },
      scopeSelector: ofPriorities(props.forbiddenPriorities),
    });
    if (props.cordoned) this.add('cordon', { hard: { pods: '0' } });
  }

  private add(name: string, spec: ObjectOf<'ResourceQuota'>['spec']): void {
    const { namespace } = this.props;
    kubernetesObject(this, name, {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name, namespace, labels: { ...MANAGED_BY } },
      spec,
    });
  }

  private everything(): Record<string, string> {
    const { resourceName, ceiling, otherResourceNames, cpus, memoryGib, storage, objects } =
      this.props;
    return {
      // For extended resources Kubernetes accepts `requests.` only.
      [`requests.${resourceName}`]: `${ceiling}`,
      ...Object.fromEntries(otherResourceNames.map((name) => [`requests.${name}`, '0'])),
      ...both('cpu', `${cpus}`),
      ...both('memory', `${memoryGib}Gi`),
      ...both('ephemeral-storage', `${storage.ephemeralGib}Gi`),
      'requests.storage': `${storage.totalGib}Gi`,
      ...Object.fromEntries(
        Object.entries(storage.byClassGib ?? {}).map(([name, gib]) => [
          `${name}.storageclass.storage.k8s.io/requests.storage`,
          `${gib}Gi`,
        ]),
      ),
      pods: `${objects.pods}`,
      services: `${objects.services}`,
      'services.nodeports': `${objects.nodePorts}`,
      'services.loadbalancers': `${objects.loadBalancers}`,
      persistentvolumeclaims: `${objects.persistentVolumeClaims}`,
      configmaps: `${objects.configMaps}`,
      secrets: `${objects.secrets}`,
    };
  }
}

/**
 * What the inventory keeps of a quota: pods, CPUs, memory, and extended resources; those of which there may be
 * none only where the cluster has them.
 */
export function countedQuota(
  hard: Readonly<Record<string, string>>,
  resourceNames: readonly string[],
): Record<string, string> {
  const kept = [
    'pods',
    'requests.cpu',
    'requests.memory',
    ...resourceNames.map((name) => `requests.${name}`),
  ];
  const isDevice = (key: string) => key.includes('/') && !key.includes('.storageclass.');
  return Object.fromEntries(
    Object.entries(hard).filter(
      ([key, amount]) => kept.includes(key) || (isDevice(key) && amount !== '0'),
    ),
  );
}

function both(name: string, amount: string): Record<string, string> {
  return { [`requests.${name}`]: amount, [`limits.${name}`]: amount };
}

function priorityShare(share: PriorityShare, resourceName: string): Record<string, string> {
  return {
    ...(share.pods === undefined ? {} : { pods: `${share.pods}` }),
    ...(share.cpus === undefined ? {} : both('cpu', `${share.cpus}`)),
    ...(share.memoryGib === undefined ? {} : both('memory', `${share.memoryGib}Gi`)),
    ...(share.npus === undefined ? {} : { [`requests.${resourceName}`]: `${share.npus}` }),
  };
}

function ofPriorities(values: readonly string[]) {
  return {
    matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values }],
  };
}
