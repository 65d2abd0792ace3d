import type { PositiveCount, Reason } from '../schema/types';
import type { ReplacementEntry } from './replacements';

/**
 * What constructs report about capacity. Plain data and pure functions: no cdktf, so that proofs and
 * reports can run on it anywhere. "NPU" is always one schedulable device (a die on A3); peaks are
 * dense FP16.
 */
export interface PoolEntry {
  readonly name: string;
  /** Extended resource name, `huawei.com/Ascend910`. */
  readonly resourceName: string;
  readonly serverForm: string;
  readonly accelerator: string;
  /** Every server of the pool, those out of service included. */
  readonly hosts: readonly HostEntry[];
  readonly npusPerServer: number;
  /** Dense FP16 peak of one NPU in TFLOPS. */
  readonly tflopsPerNpu: number;
  /** Dense BF16 peak of one NPU in TFLOPS. @default - none is known, or the chip has no BF16 */
  readonly bf16TflopsPerNpu?: number;
  /** Dense INT8 peak of one NPU in TOPS. @default - none is known */
  readonly int8TopsPerNpu?: number;
  /** Logical CPUs and memory of a server in GiB. */
  readonly cpus: number;
  readonly memoryGib: number;
  /** What a server keeps for itself of both: kubelet, container runtime, daemons of the site. */
  readonly systemCpus: number;
  readonly systemMemoryGib: number;
  /** Pods that a server admits. */
  readonly maxPods: number;
  /** Labels of every server; that of its rack and `kubernetes.io/hostname` come with the host. */
  readonly labels: Readonly<Record<string, string>>;
  /** Taints that servers join with. */
  readonly taints: readonly Taint[];
  /** Servers that are kept free for failures: they are not sold. */
  readonly spareServers: number;
  /** NPUs that are not sold for another reason. @default - none */
  readonly reserve?: NpuReserve;
}

/** One server. */
export interface HostEntry {
  readonly name: string;
  /** Unique in the centre. */
  readonly rack: string;
  readonly inService: boolean;
}

/** Taint of a node, as Kubernetes has it. */
export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** NPUs of a pool that are kept back for the system, and what for. */
export interface NpuReserve {
  readonly npus: PositiveCount;
  readonly reason: Reason;
}

export interface TenantEntry {
  /** Construct path. */
  readonly path: string;
  readonly namespace: string;
  readonly resourceName: string;
  /** NPUs that the tenant always has. */
  readonly guarantee: number;
  /** NPUs that the tenant may hold at most: the quota of its namespace. */
  readonly ceiling: number;
  /** Other tenants of the cluster that it may call and be called by. @default - none */
  readonly peers?: readonly string[];
  /** Why the share is smaller than in an earlier phase. @default - it is not */
  readonly shrinkReason?: string;
  readonly state: 'active' | 'cordoned' | 'retired';
  /** Level of Pod Security that its namespace enforces. */
  readonly podSecurity: string;
  /** Priority classes that its pods may name. */
  readonly priorityClasses: readonly string[];
  /** Where its images may come from. @default - anywhere */
  readonly imagePrefixes?: readonly string[];
  /** What was written for the tenant, read back from the objects themselves. */
  readonly written: WrittenShare;
  /** First day, `2026-02-01`. @default - none */
  readonly start?: string;
  /** Last day, `2027-01-31`. @default - none */
  readonly expiry?: string;
}

/** Amounts of a tenant as its objects have them, in the notation of Kubernetes. */
export interface WrittenShare {
  /** `spec.hard` of its quota; zeros only of NPUs that the cluster has. */
  readonly quota: Readonly<Record<string, string>>;
  /** `spec.capability` of its queue. */
  readonly capability: Readonly<Record<string, string>>;
  /** `spec.guarantee.resource` of its queue. @default - it has none: nothing is guaranteed */
  readonly guarantee?: Readonly<Record<string, string>>;
}

export interface ServingEntry {
  /** Construct path. */
  readonly path: string;
  readonly name: string;
  readonly model: string;
  readonly namespace: string;
  readonly resourceName: string;
  /** Name of the pool whose servers its pods select. */
  readonly pool: string;
  /** NPUs of all pods of a replica. */
  readonly npusPerReplica: number;
  /** Pods of a replica: 1, or the size of a group that is placed whole, each pod on a server of its own. */
  readonly podsPerReplica: number;
  /** What a pod asks for beside NPUs; memory in GiB. */
  readonly podCpus: number;
  readonly podMemoryGib: number;
  /** Replicas that always run: the number of replicas, or the least of an autoscaled serving. */
  readonly replicas: number;
  /** Replicas at most. @default - `replicas`: it is not autoscaled */
  readonly maxReplicas?: number;
  /** Replicas beyond the wanted ones while an update rolls. */
  readonly surge: number;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/** Servers for management and gateways: they have no NPUs and are counted apart. */
export interface ManagementEntry {
  readonly hosts: readonly string[];
  /** Logical CPUs and memory of a server in GiB. */
  readonly cpus: number;
  readonly memoryGib: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** A component of the cluster itself: a pod on every server that it selects, or so many. */
export interface ComponentEntry {
  /** Construct path. */
  readonly path: string;
  readonly name: string;
  /** Pods in all. @default - one on every server that it selects: a DaemonSet */
  readonly replicas?: number;
  /** What a pod asks for; memory in GiB. */
  readonly podCpus: number;
  readonly podMemoryGib: number;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/** Toleration of a pod, as Kubernetes has it. */
export interface Toleration {
  /** @default - with `Exists`: every taint */
  readonly key?: string;
  /** @default 'Equal' */
  readonly operator?: string;
  readonly value?: string;
  /** @default - every effect */
  readonly effect?: string;
  /** Seconds that it stays on a server that gets the taint. @default - for good */
  readonly tolerationSeconds?: number;
}

/** A priority class: the higher value is placed first. */
export interface PriorityEntry {
  readonly name: string;
  readonly value: number;
}

/** Everything that was registered with one cluster. */
export interface ClusterInventory {
  /** Construct path. */
  readonly path: string;
  readonly name: string;
  readonly pools: readonly PoolEntry[];
  readonly management: ManagementEntry;
  readonly components: readonly ComponentEntry[];
  readonly priorities: readonly PriorityEntry[];
  readonly tenants: readonly TenantEntry[];
  readonly servings: readonly ServingEntry[];
  /** Replacements of foreign models by domestic ones. @default - none */
  readonly replacements?: readonly ReplacementEntry[];
}

/** One expansion step: a milestone and the cluster that it adds. */
export interface PhaseInventory {
  readonly id: string;
  /** Cumulative milestone in petaflops. */
  readonly milestonePetaflops: number;
  readonly cluster: ClusterInventory;
}

/**
 * Servers, NPUs and petaflops (dense FP16 peak) of a cluster:
 * usable = peak − out of service − system reserve − spare.
 */
export interface ClusterTotals {
  readonly servers: number;
  readonly npus: number;
  readonly outOfServiceNpus: number;
  readonly reservedNpus: number;
  readonly spareNpus: number;
  readonly usableNpus: number;
  readonly peakPetaflops: number;
  readonly usablePetaflops: number;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Resource names of the NPUs that a cluster has, each once. */
export function resourceNames(cluster: ClusterInventory): string[] {
  return [...new Set(cluster.pools.map((pool) => pool.resourceName))].sort();
}

/** NPUs of a resource name that are guaranteed to the tenants of a cluster: what is sold. */
export function guaranteedNpus({ tenants }: ClusterInventory, resourceName: string): number {
  return sum(tenants.filter((t) => t.resourceName === resourceName).map((t) => t.guarantee));
}

/** The same function that works each resource name out once: tenants are many, names are few. */
export function onceEach<T>(work: (resourceName: string) => T): (resourceName: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    if (!known.has(name)) known.set(name, work(name));
    return known.get(name) as T;
  };
}

/** Servings of a cluster by namespace. */
export function servingsByNamespace({ servings }: ClusterInventory): Map<string, ServingEntry[]> {
  const byNamespace = new Map<string, ServingEntry[]>();
  for (const serving of servings) {
    const own = byNamespace.get(serving.namespace);
    if (own) own.push(serving);
    else byNamespace.set(serving.namespace, [serving]);
  }
  return byNamespace;
}

/** Servers of a pool that are there and work. */
export function serversInService({ hosts }: Pick<PoolEntry, 'hosts'>): number {
  return hosts.filter((host) => host.inService).length;
}

/** NPUs of a pool that can be sold: of the servers in service, without system reserve and spare. */
export function usableNpus(pool: PoolEntry): number {
  const servers = serversInService(pool) - pool.spareServers;
  return servers * pool.npusPerServer - (pool.reserve?.npus ?? 0);
}

/** The rack whose loss takes most NPUs in service. @returns undefined where nothing is in service */
export function largestRack(
  pools: readonly PoolEntry[],
): { readonly rack: string; readonly npus: number } | undefined {
  const racks = new Map<string, number>();
  for (const { hosts, npusPerServer } of pools) {
    for (const { rack, inService } of hosts) {
      if (inService) racks.set(rack, (racks.get(rack) ?? 0) + npusPerServer);
    }
  }
  const [first, ...others] = [...racks].map(([rack, npus]) => ({ rack, npus }));
  return first && others.reduce((most, one) => (one.npus > most.npus ? one : most), first);
}

/** Servers, NPUs and petaflops of a cluster; of one resource name where one is given. */
export function clusterTotals(cluster: ClusterInventory, resourceName?: string): ClusterTotals {
  const pools = cluster.pools.filter(
    (pool) => resourceName === undefined || pool.resourceName === resourceName,
  );
  const npus = (servers: (pool: PoolEntry) => number) =>
    sum(pools.map((pool) => servers(pool) * pool.npusPerServer));
  const peak = (count: (pool: PoolEntry) => number) =>
    petaflops(pools.map((pool) => count(pool) * pool.tflopsPerNpu));
  return {
    servers: sum(pools.map((pool) => pool.hosts.length)),
    npus: npus((pool) => pool.hosts.length),
    outOfServiceNpus: npus((pool) => pool.hosts.length - serversInService(pool)),
    reservedNpus: sum(pools.map((pool) => pool.reserve?.npus ?? 0)),
    spareNpus: npus((pool) => pool.spareServers),
    usableNpus: sum(pools.map(usableNpus)),
    peakPetaflops: peak((pool) => pool.hosts.length * pool.npusPerServer),
    usablePetaflops: peak(usableNpus),
  };
}

/** `320 − 8 out of service − 32 spare`: how usable NPUs come from all, without what is zero; or `all 320`. */
export function usableTerms(totals: ClusterTotals): string {
  const { npus, outOfServiceNpus, reservedNpus, spareNpus } = totals;
  const terms = [
    [outOfServiceNpus, 'out of service'],
    [reservedNpus, 'reserved'],
    [spareNpus, 'spare'],
  ] as const;
  const shown = terms.filter(([count]) => count > 0).map(([count, what]) => ` − ${count} ${what}`);
  return shown.length === 0 ? `all ${npus}` : `${npus}${shown.join('')}`;
}

/** Sum of TFLOPS as petaflops; rounded to 1 GFLOPS so that 0.1 + 0.2 does not show. */
export function petaflops(tflops: readonly number[]): number {
  return Math.round(sum(tflops) * 1e3) / 1e6;
}

const NUMBERS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** `1001.6` → `1,001.6`: two decimals at most, thousands with a comma. */
export function formatNumber(value: number): string {
  return NUMBERS.format(value);
}
