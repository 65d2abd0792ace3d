import type {
  AnnotationText,
  Count,
  DnsLabel,
  DnsSubdomain,
  ImagePrefix,
  LabelValue,
} from '../../core/schema/types';
import type { ComputeCluster } from '../compute-cluster';
import type { TenantGroups } from './access';
import type { NpuAmount } from './amounts';
import type { TenantState, TenantTerm } from './lifecycle';
import type { NetworkTarget } from './network';
import type { ObjectCounts, PriorityShare, StorageShare } from './quota';

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
