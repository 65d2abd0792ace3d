import { LimitRangeV1 } from '@cdktf/provider-kubernetes/lib/limit-range-v1';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import { Construct } from 'constructs';
import { hostShare, NPU_RESOURCE_NAMES } from '../accelerator';
import { type ComputeCluster, PRIORITIES, SYSTEM_PRIORITY } from '../compute-cluster';
import { throwIfAny } from '../errors';
import { MANAGED_BY, TENANT_ANNOTATIONS, TENANT_LABEL } from '../names';
import { validateCount, validateDnsLabel, validateDnsSubdomain } from '../validate';

/** Levels of the Kubernetes Pod Security Standards. */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

export interface TenantNamespaceProps {
  /** The cluster that the tenant gets NPUs on. */
  readonly cluster: ComputeCluster;
  /** DNS label: name of the tenant and of its namespace. */
  readonly tenantName: string;
  /** NPUs (schedulable devices) that the tenant always has. Whole number, 0 or more. */
  readonly guarantee: number;
  /** NPUs that the tenant may hold at most; the quota. Whole number. @default - the guarantee */
  readonly ceiling?: number;
  /** Extended resource name of the NPUs. @default - that of the cluster's first pool */
  readonly resourceName?: string;
  /** CPUs for requests and for limits. @default - 16 and the host share of the ceiling */
  readonly cpus?: number;
  /** Memory for requests and for limits in GiB. @default - 64 and the host share of the ceiling */
  readonly memoryGib?: number;
  /**
   * Pod Security level that is enforced. vllm-ascend images run as root, so namespaces that serve
   * models need `baseline`.
   * @default 'restricted'
   */
  readonly podSecurity?: PodSecurityLevel;
  /** Volcano queue that pods with NPUs must name. @default - the queue is not checked */
  readonly queue?: string;
  /**
   * Where images may come from: `registry.example/` or `quay.io/ascend/`. Each ends where a part of the
   * path ends, so that no other registry begins with it.
   * @default - anywhere
   */
  readonly imagePrefixes?: readonly string[];
  /** Priority classes that pods may name. @default - the ladder without `centre-system` */
  readonly priorityClasses?: readonly string[];
  /** Further labels of the namespace. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Priority classes of tenants: all but that of the cluster's own components. */
const TENANT_PRIORITIES: readonly string[] = PRIORITIES.map(({ name }) => name).filter(
  (name) => name !== SYSTEM_PRIORITY,
);

/** For system daemons, notebooks and gateways of a tenant beside its NPU pods: an assumption of ours. */
const BASE_CPUS = 16;
const BASE_MEMORY_GIB = 64;

/**
 * A tenant's namespace on one cluster, with quota, defaults for pods without requests, Pod Security
 * and a network that is closed except for DNS. It registers the tenant's share with its cluster.
 *
 * @throws ValidationError with everything that is wrong with the props
 */
export class TenantNamespace extends Construct {
  readonly cluster: ComputeCluster;
  /** Name of the namespace. */
  readonly namespace: string;
  readonly resourceName: string;
  readonly podSecurity: PodSecurityLevel;
  readonly ceiling: number;
  readonly queue?: string;
  /** @see TenantNamespaceProps.imagePrefixes */
  readonly imagePrefixes?: readonly string[];
  readonly priorityClasses: readonly string[];
  /** What everything in the namespace depends on. */
  readonly resource: NamespaceV1;

  constructor(scope: Construct, id: string, props: TenantNamespaceProps) {
    super(scope, id);
    const { cluster, tenantName, guarantee } = props;
    this.cluster = cluster;
    this.namespace = tenantName;
    this.ceiling = props.ceiling ?? guarantee;
    this.resourceName = props.resourceName ?? cluster.pools[0]?.resourceName ?? '';
    this.podSecurity = props.podSecurity ?? 'restricted';
    this.queue = props.queue;
    this.imagePrefixes = props.imagePrefixes;
    this.priorityClasses = props.priorityClasses ?? TENANT_PRIORITIES;
    const path = this.node.path;
    throwIfAny(
      [
        ...validateDnsLabel('tenantName', tenantName),
        ...validateReserved(tenantName),
        ...validateFree(cluster, tenantName),
        ...validateCount('guarantee in NPUs', guarantee, 0),
        ...validateCount('ceiling in NPUs', this.ceiling, 0),
        ...validateResourceName(cluster, this.resourceName),
        ...(this.queue === undefined ? [] : validateDnsSubdomain('queue', this.queue)),
        ...validateSome('imagePrefixes', this.imagePrefixes),
        ...(this.imagePrefixes?.flatMap(validateImagePrefix) ?? []),
        ...validateSome('priorityClasses', this.priorityClasses),
        ...this.priorityClasses.flatMap(validatePriorityClass),
      ].map((message) => ({ path, message })),
    );

    this.resource = new NamespaceV1(this, 'Resource', {
      metadata: {
        name: tenantName,
        labels: { ...this.labels(), ...props.labels },
        annotations: this.annotations(),
      },
    });
    const share = this.share();
    const cpus = props.cpus ?? share.cpus + BASE_CPUS;
    const memoryGib = props.memoryGib ?? share.memoryGib + BASE_MEMORY_GIB;
    this.addQuota(cpus, memoryGib);
    this.addLimitRange();
    this.addDefaultDeny();
    cluster.registerTenant({
      path,
      namespace: tenantName,
      resourceName: this.resourceName,
      guarantee,
      ceiling: this.ceiling,
    });
  }

  private labels(): Record<string, string> {
    return {
      ...MANAGED_BY,
      [TENANT_LABEL]: this.namespace,
      'pod-security.kubernetes.io/enforce': this.podSecurity,
      'pod-security.kubernetes.io/audit': this.podSecurity,
      'pod-security.kubernetes.io/warn': this.podSecurity,
    };
  }

  /** What the admission policies of the cluster read. */
  private annotations(): Record<string, string> {
    const { queue, imagePrefixes, priorityClasses } = TENANT_ANNOTATIONS;
    return {
      ...(this.queue ? { [queue]: this.queue } : {}),
      ...(this.imagePrefixes ? { [imagePrefixes]: this.imagePrefixes.join(',') } : {}),
      [priorityClasses]: this.priorityClasses.join(','),
    };
  }

  private share() {
    const pool = this.cluster.poolOf(this.resourceName);
    return pool ? hostShare(pool.server, this.ceiling) : { cpus: 0, memoryGib: 0 };
  }

  private addQuota(cpus: number, memoryGib: number): void {
    const names = new Set([
      ...NPU_RESOURCE_NAMES,
      ...this.cluster.pools.map((pool) => pool.resourceName),
    ]);
    const npus = [...names]
      .sort()
      .map((name) => [`requests.${name}`, name === this.resourceName ? `${this.ceiling}` : '0']);
    new ResourceQuotaV1(this, 'quota', {
      metadata: { name: 'tenant', namespace: this.namespace, labels: { ...MANAGED_BY } },
      spec: {
        hard: {
          // For extended resources Kubernetes accepts `requests.` only.
          ...Object.fromEntries(npus),
          'requests.cpu': `${cpus}`,
          'limits.cpu': `${cpus}`,
          'requests.memory': `${memoryGib}Gi`,
          'limits.memory': `${memoryGib}Gi`,
        },
      },
      dependsOn: [this.resource],
    });
  }

  private addLimitRange(): void {
    const defaults = { cpu: '1', memory: '2Gi' };
    new LimitRangeV1(this, 'limits', {
      metadata: { name: 'defaults', namespace: this.namespace, labels: { ...MANAGED_BY } },
      spec: { limit: [{ type: 'Container', default: defaults, defaultRequest: defaults }] },
      dependsOn: [this.resource],
    });
  }

  private addDefaultDeny(): void {
    new NetworkPolicyV1(this, 'default-deny', {
      metadata: { name: 'default-deny', namespace: this.namespace, labels: { ...MANAGED_BY } },
      spec: {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        egress: [
          {
            to: [
              {
                namespaceSelector: {
                  matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' },
                },
              },
            ],
            ports: [
              { port: '53', protocol: 'UDP' },
              { port: '53', protocol: 'TCP' },
            ],
          },
        ],
      },
      dependsOn: [this.resource],
    });
  }
}

function validateReserved(name: string): string[] {
  return name === 'default' || name.startsWith('kube-')
    ? [`tenantName must not be 'default' nor begin with 'kube-'; rename it, got: '${name}'`]
    : [];
}

function validateFree(cluster: ComputeCluster, name: string): string[] {
  return cluster.hasTenant(name)
    ? [
        `names of tenants must be unique on a cluster; rename one, got: '${name}' twice on ${cluster.clusterName}`,
      ]
    : [];
}

function validateResourceName(cluster: ComputeCluster, name: string): string[] {
  return cluster.poolOf(name)
    ? []
    : [
        `resourceName must be one of cluster ${cluster.clusterName}: ${cluster.pools.map((p) => p.resourceName).join(', ')}; change it, got: '${name}'`,
      ];
}

function validateSome(what: string, values: readonly string[] | undefined): string[] {
  return values?.length === 0
    ? [`${what} must hold one entry at least, or no pod is admitted; add one, got: none`]
    : [];
}

/** Host, optional port, and whole parts of a path. */
const IMAGE_PREFIX = /^[a-z0-9][-a-z0-9.]*(:\d+)?\/([-a-z0-9._]+\/)*$/;

function validateImagePrefix(prefix: string): string[] {
  return IMAGE_PREFIX.test(prefix)
    ? []
    : [
        `imagePrefixes must be a registry with whole parts of a path, each ending with '/' (registry.example/, quay.io/ascend/); correct it, got: '${prefix}'`,
      ];
}

function validatePriorityClass(name: string): string[] {
  return TENANT_PRIORITIES.includes(name)
    ? []
    : [`priorityClasses must be of ${TENANT_PRIORITIES.join(', ')}; change it, got: '${name}'`];
}
