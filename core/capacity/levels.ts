import {
  type ClusterInventory,
  type PhaseInventory,
  type PoolEntry,
  serversInService,
  sum,
  type TenantEntry,
  usableNpus,
} from './inventory';

/** NPUs, and their dense peak by precision. */
export interface Amount {
  readonly npus: number;
  /** FP16: what "petaflops" means everywhere. */
  readonly petaflops: number;
  /** @default - not known of every NPU that is counted */
  readonly bf16Petaflops?: number;
  /** @default - not known of every NPU that is counted */
  readonly int8Petaops?: number;
}

/** What servers have: usable = peak − out of service − reserved − spare. */
export interface Supply {
  readonly servers: number;
  readonly peak: Amount;
  readonly outOfService: Amount;
  /** System reserve: not sold for a reason that the pool gives. */
  readonly reserved: Amount;
  /** Kept free for failures. */
  readonly spare: Amount;
  readonly usable: Amount;
  /** Held by the servings that are declared, at the replicas that always run: nothing is measured. */
  readonly running: Amount;
}

/** The same beside what was promised: sold = dedicated + shared, usable = sold + free. */
export interface Capacity extends Supply {
  /** Guarantees of all tenants. */
  readonly sold: Amount;
  /** Guarantees of tenants for themselves. */
  readonly dedicated: Amount;
  /** Guarantees of the centre's own tenants, whose models all may call. */
  readonly shared: Amount;
  /** Usable and guaranteed to nobody. */
  readonly free: Amount;
  /** Sum of what each tenant may hold at most: more than usable, as not all borrow at once. */
  readonly ceilings: Amount;
}

/** What a tenant has on the cluster of one phase. */
export interface TenantShare
  extends Pick<
    TenantEntry,
    | 'state'
    | 'start'
    | 'expiry'
    | 'resourceName'
    | 'podSecurity'
    | 'priorityClasses'
    | 'imagePrefixes'
  > {
  readonly phase: string;
  readonly guarantee: Amount;
  readonly ceiling: Amount;
  readonly running: Amount;
}

/** Servings of one model on a cluster. */
export interface ModelShare {
  readonly model: string;
  readonly servings: number;
  readonly replicas: number;
  readonly running: Amount;
}

type Counted = readonly [npus: number, pool: PoolEntry | undefined];

/** @param parts NPUs with the pool that says what they can do */
function amountOf(parts: readonly Counted[]): Amount {
  const peak = (tflops: (pool: PoolEntry) => number | undefined) => {
    const known = parts.map(([npus, pool]) =>
      npus === 0 ? 0 : npus * ((pool && tflops(pool)) ?? NaN),
    );
    const total = sum(known);
    return Number.isNaN(total) ? undefined : rounded(total / 1000);
  };
  return withPeaks(
    sum(parts.map(([npus]) => npus)),
    peak((pool) => pool.tflopsPerNpu) ?? 0,
    peak((pool) => pool.bf16TflopsPerNpu),
    peak((pool) => pool.int8TopsPerNpu),
  );
}

function withPeaks(npus: number, petaflops: number, bf16?: number, int8?: number): Amount {
  return {
    npus,
    petaflops,
    ...(bf16 === undefined ? {} : { bf16Petaflops: bf16 }),
    ...(int8 === undefined ? {} : { int8Petaops: int8 }),
  };
}

/** To 1 GFLOPS, so that 0.1 + 0.2 does not show. */
function rounded(petaflops: number): number {
  return Math.round(petaflops * 1e6) / 1e6;
}

export const NOTHING: Amount = withPeaks(0, 0, 0, 0);

function both(a: number | undefined, b: number | undefined, sign: number): number | undefined {
  return a === undefined || b === undefined ? undefined : rounded(a + sign * b);
}

function combined(a: Amount, b: Amount, sign: number): Amount {
  return withPeaks(
    a.npus + sign * b.npus,
    rounded(a.petaflops + sign * b.petaflops),
    both(a.bf16Petaflops, b.bf16Petaflops, sign),
    both(a.int8Petaops, b.int8Petaops, sign),
  );
}

export function plus(a: Amount, b: Amount): Amount {
  return combined(a, b, 1);
}

export function minus(a: Amount, b: Amount): Amount {
  return combined(a, b, -1);
}

/** NPUs behind a resource name of a cluster: it stands for one chip. */
export function amountBehind(
  { pools }: ClusterInventory,
  resourceName: string,
  npus: number,
): Amount {
  return amountOf([[npus, pools.find((pool) => pool.resourceName === resourceName)]]);
}

function supplyOf(pools: readonly PoolEntry[], { servings }: ClusterInventory): Supply {
  const amount = (npus: (pool: PoolEntry) => number) =>
    amountOf(pools.map((pool) => [npus(pool), pool]));
  const running = (pool: PoolEntry) =>
    sum(servings.filter((s) => s.pool === pool.name).map((s) => s.replicas * s.npusPerReplica));
  return {
    servers: sum(pools.map((pool) => pool.hosts.length)),
    peak: amount((pool) => pool.hosts.length * pool.npusPerServer),
    outOfService: amount(
      (pool) => (pool.hosts.length - serversInService(pool)) * pool.npusPerServer,
    ),
    reserved: amount((pool) => pool.reserve?.npus ?? 0),
    spare: amount((pool) => pool.spareServers * pool.npusPerServer),
    usable: amount(usableNpus),
    running: amount(running),
  };
}

export function poolSupply(cluster: ClusterInventory, pool: PoolEntry): Supply {
  return supplyOf([pool], cluster);
}

/** @param shared names of the centre's own tenants */
export function clusterCapacity(cluster: ClusterInventory, shared: ReadonlySet<string>): Capacity {
  const supply = supplyOf(cluster.pools, cluster);
  const pools = new Map(cluster.pools.map((pool) => [pool.resourceName, pool]));
  const promised = (npus: (tenant: ClusterInventory['tenants'][number]) => number) =>
    amountOf(cluster.tenants.map((tenant) => [npus(tenant), pools.get(tenant.resourceName)]));
  const isShared = (namespace: string) => shared.has(namespace);
  const sold = promised((tenant) => tenant.guarantee);
  return {
    ...supply,
    sold,
    dedicated: promised((tenant) => (isShared(tenant.namespace) ? 0 : tenant.guarantee)),
    shared: promised((tenant) => (isShared(tenant.namespace) ? tenant.guarantee : 0)),
    free: minus(supply.usable, sold),
    ceilings: promised((tenant) => tenant.ceiling),
  };
}

const LEVELS = [
  ...(['peak', 'outOfService', 'reserved', 'spare', 'usable', 'running'] as const),
  ...(['sold', 'dedicated', 'shared', 'free', 'ceilings'] as const),
];

/** Of all clusters together. */
export function addCapacities(capacities: readonly Capacity[]): Capacity {
  const totals = LEVELS.map((level) => [
    level,
    capacities.map((capacity) => capacity[level]).reduce(plus, NOTHING),
  ]);
  return {
    servers: sum(capacities.map((capacity) => capacity.servers)),
    ...(Object.fromEntries(totals) as Omit<Capacity, 'servers'>),
  };
}

/** Shares of the cluster that a phase adds, by tenant. */
export function tenantShares({ id, cluster }: PhaseInventory): Map<string, TenantShare> {
  const held = new Map<string, number>();
  for (const { namespace, resourceName, replicas, npusPerReplica } of cluster.servings) {
    const key = `${namespace} ${resourceName}`;
    held.set(key, (held.get(key) ?? 0) + replicas * npusPerReplica);
  }
  return new Map(
    cluster.tenants.map((tenant) => {
      const {
        path: _,
        namespace,
        guarantee,
        ceiling,
        peers,
        shrinkReason,
        written,
        ...rest
      } = tenant;
      const amount = (npus: number) => amountBehind(cluster, tenant.resourceName, npus);
      const running = held.get(`${namespace} ${tenant.resourceName}`) ?? 0;
      return [
        namespace,
        {
          ...{ phase: id, ...rest },
          guarantee: amount(guarantee),
          ceiling: amount(ceiling),
          running: amount(running),
        },
      ];
    }),
  );
}

export function modelShares(cluster: ClusterInventory): ModelShare[] {
  const models = [...new Set(cluster.servings.map((serving) => serving.model))].sort();
  return models.map((model) => {
    const own = cluster.servings.filter((serving) => serving.model === model);
    return {
      model,
      servings: own.length,
      replicas: sum(own.map((serving) => serving.replicas)),
      running: own
        .map((s) => amountBehind(cluster, s.resourceName, s.replicas * s.npusPerReplica))
        .reduce(plus, NOTHING),
    };
  });
}
