import type {
  Acknowledgement,
  Assumption,
  ComputeClusterProps,
  ModelGatewayProps,
  ModelServingProps,
  NodePoolProps,
  NpuAmount,
  TenantNamespaceProps,
  TenantState,
  WeightsDownload,
  WeightsExport,
} from '../constructs';

import type {
  AnnotationText,
  DnsLabel,
  Month,
  PositiveNumber,
  ServiceName,
} from '../core/schema/types';
import type { Replacement } from './replacements';

/** Data of a centre: what engineers edit. Everything that is not a fact says why it is assumed. */
export interface CentreData {
  readonly name: string;
  readonly displayName: string;
  /** In the order in which they go into service. */
  readonly phases: readonly Phase[];
  readonly tenants: readonly Tenant[];
  readonly servings: readonly Serving[];
  /** Foreign models that domestic ones take the place of. @default - none */
  readonly replacements?: readonly Replacement[];
  readonly assumptions: readonly Assumption[];
  /** Phase with which each scope is opened. @default - all with the first phase */
  readonly scopes?: Readonly<Record<Scope, string>>;
  /** Failed proofs, and risks of changes, that are accepted for a while. @default - none */
  readonly acknowledgements?: readonly Acknowledgement[];
}

/** A centre: its data, and what is known beside them. @title centre */
export interface Centre extends CentreData {
  /** Tenants as they were last synthesized. @default - nothing is known of an earlier synthesis */
  readonly lock?: TenantLock;
  /** Claims of weights as they were last synthesized. @default - nothing is known of an earlier synthesis */
  readonly weightsLock?: WeightsLock;
  /**
   * Files that the data stand in, by key: mistakes are told with file and line.
   * @default - mistakes are told with their path in the data alone
   */
  readonly sources?: Sources;
}

/** Files of a centre's data by key, each one or several in their order. */
export type Sources = Readonly<Partial<Record<keyof CentreData, string | readonly string[]>>>;

/** A YAML file: data of a centre, or some of its keys. @title centre */
export type CentreFile = Partial<CentreData>;

/** One expansion step. @title phase */
export interface Phase {
  /** `phase-100p`; stacks are called after it. */
  readonly id: DnsLabel;
  /** Cumulative, in petaflops (dense FP16 peak of the NPUs). */
  readonly milestonePetaflops: PositiveNumber;
  /** When its servers are there. */
  readonly inService: Month | 'planned';
  readonly source: string;
  readonly cluster: PhaseCluster;
}

/** Properties of a cluster that do not follow from its phase. */
export type ClusterOptions = Omit<
  ComputeClusterProps,
  'clusterName' | 'phase' | 'pools' | 'managementHosts'
>;

/** The cluster that a phase adds. */
export interface PhaseCluster {
  readonly name: DnsLabel;
  /** @minItems 1 */
  readonly pools: readonly NodePoolProps[];
  /** CPU servers for management and gateways. @asType integer @minimum 0 @maximum 5000 */
  readonly managementServers: number;
  /** What the cluster has otherwise than by default. @default - nothing */
  readonly options?: ClusterOptions;
  /** Front door of its aliases. @default - none: no alias is at home here */
  readonly gateway?: ClusterGateway;
  /** Where servings of this cluster find their weights. */
  readonly weights: WeightsExport | ClaimedWeights;
}

/**
 * Weights on claims of the cluster's `weightsStorageClass`: one a model and namespace, as large as the model
 * and never smaller than before, filled from a mirror of the site.
 */
export interface ClaimedWeights extends Omit<WeightsDownload, 'models'> {
  /** GiB a second at which each server reads. @default READ_GIB_PER_SECOND */
  readonly readGibPerSecond?: PositiveNumber;
}

/** Properties of a gateway that do not follow from its cluster. */
export type ClusterGateway = Omit<ModelGatewayProps, 'cluster' | 'routeNamespaces'>;

export const SECTORS = [
  'education',
  'enterprise',
  'government-services',
  'urban-governance',
  'smart-transportation',
  'centre',
] as const;
export type Sector = (typeof SECTORS)[number];

export const SCOPES = ['district', 'city', 'region'] as const;
export type Scope = (typeof SCOPES)[number];

/** What a tenant has on the cluster of a phase: NPUs (schedulable devices), or petaflops. */
export interface Allocation {
  readonly guarantee: NpuAmount;
  /** @default - the guarantee */
  readonly ceiling?: NpuAmount;
  /** Why it is less than in an earlier phase. @default - it is not */
  readonly shrinkReason?: string;
  /** @default - the state of the tenant */
  readonly state?: TenantState;
}

/** Properties of a tenant's namespace that do not follow from its phase. */
export type TenantOptions = Omit<
  TenantNamespaceProps,
  | 'cluster'
  | 'tenantName'
  | 'guarantee'
  | 'ceiling'
  | 'shrinkReason'
  | 'protect'
  | 'displayName'
  | 'labels'
>;

/** One tenant; its options hold on every cluster. @title tenant */
export interface Tenant extends TenantOptions {
  /** DNS label: name of the namespace on each cluster with an allocation. */
  readonly name: DnsLabel;
  readonly displayName: AnnotationText;
  readonly sector: Sector;
  readonly scope: Scope;
  /** By phase id. */
  readonly allocations: Readonly<Record<string, Allocation>>;
  /** Where the tenant is named publicly. @default - an assumption: a tenant that stands for its sector */
  readonly source?: string;
}

/** Properties of a serving that do not follow from its phase. */
export type ServingOptions = Omit<
  ModelServingProps,
  'tenant' | 'weights' | 'servingName' | 'clients'
>;

/** A model that runs on the cluster of a phase. @title serving */
export interface Serving extends ServingOptions {
  readonly phase: string;
  readonly tenant: string;
  /** @default - the id of the model */
  readonly name?: ServiceName;
  /** Tenants of the cluster whose pods may call it, beside gateways and monitoring. @default - none */
  readonly clients?: readonly string[];
}

/**
 * State of every tenant on every phase as it was last synthesized, `{ phase: { tenant: state } }`. It is
 * committed beside the data, so that the removal of an entry can be told from one that never was.
 */
export type TenantLock = Readonly<Record<string, Readonly<Record<string, TenantState>>>>;

/**
 * Size of every claim of weights on every phase as it was last synthesized,
 * `{ phase: { 'namespace/claim': GiB } }`. It is committed beside the data: Kubernetes cannot make a claim
 * smaller, and Terraform would make it anew without its weights.
 */
export type WeightsLock = Readonly<Record<string, Readonly<Record<string, number>>>>;
