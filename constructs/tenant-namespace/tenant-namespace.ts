import type { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { Construct } from 'constructs';
import { ALL_NPU_RESOURCE_NAMES, hostShare } from '../../core/accelerator';
import type { WrittenShare } from '../../core/capacity';
import { throwIfAny } from '../../core/errors';
import {
  LABEL_PREFIX,
  MANAGED_BY,
  PROTECTED_LABEL,
  TENANT_ANNOTATIONS,
  TENANT_LABEL,
} from '../../core/names';
import type {
  AnnotationText,
  Count,
  DnsLabel,
  DnsSubdomain,
  ImagePrefix,
  LabelValue,
} from '../../core/schema/types';
import { checkProps } from '../check-props';
import type { ComputeCluster } from '../compute-cluster';
import { dependOn } from '../depend-on';
import { kubernetesObject } from '../kubernetes-object';
import { TenantAccess, type TenantGroups } from './access';
import { type NpuAmount, npusOf } from './amounts';
import { validateTenant } from './checks';
import type { TenantState, TenantTerm } from './lifecycle';
import { addLimits } from './limits';
import { type NetworkTarget, TenantNetwork } from './network';
import { RESERVED_PRIORITIES, TENANT_PRIORITIES } from './priorities';
import { addQueue } from './queue';
import {
  countedQuota,
  OBJECTS,
  type ObjectCounts,
  type PriorityShare,
  type StorageShare,
  TenantQuota,
} from './quota';

/** Levels of the Kubernetes Pod Security Standards. */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** @title tenant */
export interface TenantNamespaceProps extends TenantTerm {
  /** The cluster that the tenant gets NPUs on. */
  readonly cluster: ComputeCluster;
  /** DNS label: name of the tenant, of its namespace and of its queue. */
  readonly tenantName: DnsLabel;
  /** What the tenant always has. */
  readonly guarantee: NpuAmount;
  /** What the tenant may hold at most: its quota and the capability of its queue. @default - the guarantee */
  readonly ceiling?: NpuAmount;
  /** Extended resource name of the NPUs. @default - that of the cluster's first pool */
  readonly resourceName?: string;
  /** Why the share is smaller than on the cluster of an earlier phase. @default - it is not */
  readonly shrinkReason?: string;
  /**
   * Share of what nobody is guaranteed, against other tenants: 1 to 65,535. @default 1
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  readonly queueWeight?: number;
  /** CPUs for requests and for limits. @default - 16 and the host share of the ceiling */
  readonly cpus?: Count;
  /** Memory for requests and for limits in GiB. @default - 64 and the host share of the ceiling */
  readonly memoryGib?: Count;
  /** @default - 2,048 GiB of claims; 200 GiB of ephemeral storage, and 50 a NPU of the ceiling */
  readonly storage?: Partial<StorageShare>;
  /** @default - see the README; no NodePort, no LoadBalancer */
  readonly objects?: Partial<ObjectCounts>;
  /**
   * Priority classes that pods may name. @default - the ladder without `centre-system`
   * @minItems 1
   * @uniqueItems
   */
  readonly priorityClasses?: readonly string[];
  /** What pods of a priority class may hold together. @default - nothing beside the quota */
  readonly priorityShares?: Readonly<Record<string, PriorityShare>>;
  /**
   * Where images may come from: `registry.example/` or `quay.io/ascend/`. Each ends where a part of the
   * path ends, so that no other registry begins with it.
   * @default - anywhere
   * @minItems 1
   */
  readonly imagePrefixes?: readonly ImagePrefix[];
  /**
   * Pod Security level that is enforced. vllm-ascend images run as root, so namespaces that serve
   * models need `baseline`. `privileged` is for namespaces that the centre operates itself: the
   * cluster must name them in `hostAccessNamespaces`.
   * @default 'restricted'
   */
  readonly podSecurity?: PodSecurityLevel;
  /** Why `privileged` is needed. @default - none; required for `privileged` @deployTime */
  readonly privilegedReason?: AnnotationText;
  /** Groups of the cluster's identity provider by role; people are members of groups. @default - none */
  readonly groups?: TenantGroups;
  /**
   * Other tenants of the cluster whose pods may be called and may call. Both must name each other.
   * @default - none
   */
  readonly peers?: readonly DnsLabel[];
  /** Endpoints outside the cluster that pods may call: a registry, a source of data. @default - none */
  readonly targets?: readonly NetworkTarget[];
  /** Name of a Secret of the namespace by which images are pulled. @default - none */
  readonly imagePullSecret?: DnsSubdomain;
  /** @default 'active' */
  readonly state?: TenantState;
  /**
   * Whether neither Terraform nor anybody else may delete the namespace unless it is `retired`.
   * @default true
   */
  readonly protect?: boolean;
  /** @default - the name of the tenant @deployTime */
  readonly displayName?: AnnotationText;
  /** Who is asked about the tenant: the address of a group. @default - none @deployTime */
  readonly contact?: AnnotationText;
  /** Who pays. @default - none */
  readonly costCentre?: LabelValue;
  /** Further labels of the namespace. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** For system daemons, notebooks and gateways of a tenant beside its NPU pods: an assumption of ours. */
const BASE_CPUS = 16;
const BASE_MEMORY_GIB = 64;

/** Storage without a wish of the tenant's: assumptions of ours. */
const CLAIMED_GIB = 2048;
const EPHEMERAL_BASE_GIB = 200;
const EPHEMERAL_GIB_A_NPU = 50;

/**
 * A tenant on one cluster: namespace, quotas, defaults for pods without requests, a Volcano queue, Pod
 * Security, a network that is closed except for what is named, and access by groups. It registers
 * the tenant's share with its cluster.
 *
 * @throws ValidationError with everything that is wrong with the props
 */
export class TenantNamespace extends Construct {
  readonly cluster: ComputeCluster;
  /** Name of the namespace, and of the queue. */
  readonly namespace: string;
  readonly resourceName: string;
  readonly podSecurity: PodSecurityLevel;
  /** NPUs that the tenant always has. */
  readonly guarantee: number;
  /** NPUs that the tenant may hold at most. */
  readonly ceiling: number;
  readonly state: TenantState;
  /** @see TenantNamespaceProps.imagePrefixes */
  readonly imagePrefixes?: readonly string[];
  readonly priorityClasses: readonly string[];
  /** Name of the Secret by which images are pulled. */
  readonly imagePullSecret?: string;
  /** What everything in the namespace depends on. */
  readonly resource: NamespaceV1;

  constructor(scope: Construct, id: string, props: TenantNamespaceProps) {
    super(scope, id);
    const wrong = checkProps(this, 'TenantNamespaceProps', props);
    const { cluster, tenantName } = props;
    this.cluster = cluster;
    this.namespace = tenantName;
    this.resourceName = props.resourceName ?? cluster.pools[0]?.resourceName ?? '';
    const tflops = cluster.poolOf(this.resourceName)?.server.tflopsPerNpu ?? Number.NaN;
    this.state = props.state ?? 'active';
    const retired = this.state === 'retired';
    this.guarantee = retired ? 0 : npusOf(props.guarantee, tflops);
    this.ceiling = retired ? 0 : npusOf(props.ceiling ?? props.guarantee, tflops);
    this.podSecurity = props.podSecurity ?? 'restricted';
    this.imagePrefixes = props.imagePrefixes;
    this.imagePullSecret = props.imagePullSecret;
    this.priorityClasses = props.priorityClasses ?? TENANT_PRIORITIES;
    const path = this.node.path;
    throwIfAny([...wrong, ...validateTenant(this, props).map((message) => ({ path, message }))]);

    const protect = (props.protect ?? true) && !retired;
    this.resource = kubernetesObject(
      this,
      'Resource',
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: tenantName,
          labels: { ...this.labels(props, protect), ...props.labels },
          annotations: this.annotations(props),
        },
      },
      protect ? { lifecycle: { preventDestroy: true } } : {},
    );
    const written = this.addContents(props);
    for (const child of this.node.children) {
      if (child !== this.resource) dependOn(child as Construct, [this.resource]);
    }
    cluster.registerTenant({
      path,
      namespace: tenantName,
      resourceName: this.resourceName,
      guarantee: this.guarantee,
      ceiling: this.ceiling,
      state: this.state,
      written,
      ...(props.expiry === undefined ? {} : { expiry: props.expiry }),
      peers: [...(props.peers ?? [])],
      ...(props.shrinkReason === undefined ? {} : { shrinkReason: props.shrinkReason }),
    });
  }

  /** @returns what the objects say about the tenant's share */
  private addContents(props: TenantNamespaceProps): WrittenShare {
    const pool = this.cluster.poolOf(this.resourceName);
    if (!pool) throw new Error(`${this.node.path}: checked before`);
    const share = hostShare(pool.server, this.ceiling);
    const names = new Set([...ALL_NPU_RESOURCE_NAMES, ...this.cluster.resourceNames()]);
    const { hard } = new TenantQuota(this, 'quota', {
      namespace: this.namespace,
      resourceName: this.resourceName,
      ceiling: this.ceiling,
      otherResourceNames: [...names].filter((name) => name !== this.resourceName).sort(),
      cpus: props.cpus ?? share.cpus + BASE_CPUS,
      memoryGib: props.memoryGib ?? share.memoryGib + BASE_MEMORY_GIB,
      storage: {
        totalGib: CLAIMED_GIB,
        ephemeralGib: EPHEMERAL_BASE_GIB + EPHEMERAL_GIB_A_NPU * this.ceiling,
        ...props.storage,
      },
      objects: { ...OBJECTS, ...props.objects },
      byPriority: props.priorityShares ?? {},
      forbiddenPriorities: [
        ...RESERVED_PRIORITIES,
        ...TENANT_PRIORITIES.filter((name) => !this.priorityClasses.includes(name)),
      ],
      cordoned: this.state !== 'active',
    });
    // A retired tenant has no access any more.
    if (this.state !== 'retired') {
      new TenantAccess(this, 'access', {
        namespace: this.namespace,
        groups: props.groups ?? {},
        imagePullSecret: props.imagePullSecret,
      });
    }
    new TenantNetwork(this, 'network', {
      namespace: this.namespace,
      monitoringNamespace: this.cluster.monitoringNamespace,
      dnsAddresses: this.cluster.dnsAddresses,
      peers: props.peers,
      targets: props.targets,
    });
    addLimits(this, this.namespace, pool.server);
    const { capability, guarantee } = addQueue(this, {
      name: this.namespace,
      resourceName: this.resourceName,
      guarantee: this.guarantee,
      ceiling: this.ceiling,
      weight: props.queueWeight ?? 1,
    });
    return {
      quota: countedQuota(hard, this.cluster.resourceNames()),
      capability,
      ...(guarantee ? { guarantee: guarantee.resource } : {}),
    };
  }

  private labels(props: TenantNamespaceProps, protect: boolean): Record<string, string> {
    const { kubernetesVersion } = this.cluster;
    const level = `${this.podSecurity}`;
    // The rules of the release that the cluster has: an upgrade must not refuse pods by surprise.
    const version = `v${kubernetesVersion.split('.').slice(0, 2).join('.')}`;
    return {
      ...MANAGED_BY,
      [TENANT_LABEL]: this.namespace,
      [`${LABEL_PREFIX}/state`]: this.state,
      ...(protect ? { [PROTECTED_LABEL]: 'true' } : {}),
      ...(props.costCentre ? { [`${LABEL_PREFIX}/cost-centre`]: props.costCentre } : {}),
      ...(props.start ? { [`${LABEL_PREFIX}/start`]: props.start } : {}),
      ...(props.expiry ? { [`${LABEL_PREFIX}/expiry`]: props.expiry } : {}),
      ...Object.fromEntries(
        ['enforce', 'audit', 'warn'].flatMap((mode) => [
          [`pod-security.kubernetes.io/${mode}`, level],
          [`pod-security.kubernetes.io/${mode}-version`, version],
        ]),
      ),
    };
  }

  /** What the admission policies of the cluster read, and what people do. */
  private annotations(props: TenantNamespaceProps): Record<string, string> {
    const { queue, imagePrefixes, priorityClasses } = TENANT_ANNOTATIONS;
    return {
      [queue]: this.namespace,
      ...(this.imagePrefixes ? { [imagePrefixes]: this.imagePrefixes.join(',') } : {}),
      [priorityClasses]: this.priorityClasses.join(','),
      [`${LABEL_PREFIX}/display-name`]: props.displayName ?? this.namespace,
      ...(props.contact ? { [`${LABEL_PREFIX}/contact`]: props.contact } : {}),
      ...(props.privilegedReason
        ? { [`${LABEL_PREFIX}/privileged-reason`]: props.privilegedReason }
        : {}),
    };
  }
}
