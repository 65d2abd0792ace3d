import type {
  ComputeClusterProps,
  NodePoolProps,
  PodSecurityLevel,
  WeightsExport,
} from '../constructs';

/** Data of a centre: what engineers edit. Everything that is not a fact says why it is assumed. */
export interface Centre {
  readonly name: string;
  readonly displayName: string;
  /** In the order in which they go into service. */
  readonly phases: readonly Phase[];
  readonly tenants: readonly Tenant[];
  readonly servings: readonly Serving[];
  readonly assumptions: readonly Assumption[];
}

/** Something in the data that no source says. */
export interface Assumption {
  readonly about: string;
  readonly reason: string;
}

/** One expansion step. */
export interface Phase {
  /** `phase-100p`; stacks are called after it. */
  readonly id: string;
  /** Cumulative, in petaflops (dense FP16 peak of the NPUs). */
  readonly milestonePetaflops: number;
  /** Month, `2023-03`, or `planned`. */
  readonly inService: string;
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
  readonly name: string;
  readonly pools: readonly NodePoolProps[];
  /** Number of CPU servers for management and gateways. */
  readonly managementServers: number;
  /** What the cluster has otherwise than by default. @default - nothing */
  readonly options?: ClusterOptions;
  /** Export with model weights that servings of this cluster mount. */
  readonly weights: WeightsExport;
}

export type Sector =
  | 'education'
  | 'enterprise'
  | 'government-services'
  | 'urban-governance'
  | 'smart-transportation'
  | 'centre';

export type Scope = 'district' | 'city' | 'region';

/** NPUs (schedulable devices) of a tenant on the cluster of a phase. */
export interface Allocation {
  readonly guarantee: number;
  /** @default - the guarantee */
  readonly ceiling?: number;
}

export interface Tenant {
  /** DNS label: name of the namespace on each cluster with an allocation. */
  readonly name: string;
  readonly displayName: string;
  readonly sector: Sector;
  readonly scope: Scope;
  /** By phase id. */
  readonly allocations: Readonly<Record<string, Allocation>>;
  /** @default 'restricted' */
  readonly podSecurity?: PodSecurityLevel;
  /** Where the tenant is named publicly. @default - an assumption: a tenant that stands for its sector */
  readonly source?: string;
}

/** A model that runs on the cluster of a phase. */
export interface Serving {
  readonly phase: string;
  readonly tenant: string;
  readonly model: string;
  readonly replicas: number;
  /** NPUs of a replica. @default - that of the model's documented deployment */
  readonly npus?: number;
  /** @default - the id of the model */
  readonly name?: string;
}
