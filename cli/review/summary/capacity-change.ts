import {
  type CapacityReport,
  type ClusterCapacity,
  type EvidenceKind,
  petaflops,
  type ReplacementEntry,
  sum,
  type TenantEntry,
} from '../../../core/capacity';

/** A figure on both sides; of something new, or gone, one is 0. */
export interface Figure {
  readonly before: number;
  readonly after: number;
}

/** One chip of one cluster, or all of them: what is there, sold and left. */
export interface CapacityRow {
  /** Name of the cluster, or `all clusters`. */
  readonly cluster: string;
  /** `910B3`, … @default - all */
  readonly accelerator?: string;
  readonly servers: Figure;
  readonly npus: Figure;
  /** Dense FP16 peak. */
  readonly petaflops: Figure;
  readonly usableNpus: Figure;
  readonly soldNpus: Figure;
  readonly freeNpus: Figure;
  /** Free of usable, in percent. */
  readonly headroom: Figure;
}

/** What a tenant has on one cluster. */
export interface TenantRow {
  readonly tenant: string;
  readonly cluster: string;
  readonly guarantee: Figure;
  readonly ceiling: Figure;
  /** @default - it was not there */
  readonly stateBefore?: string;
  /** @default - it is not there any more */
  readonly stateAfter?: string;
  readonly expiryBefore?: string;
  readonly expiryAfter?: string;
}

/** Replicas of a serving. */
export interface ServingRow {
  readonly serving: string;
  readonly cluster: string;
  readonly model: string;
  readonly replicas: Figure;
  readonly npus: Figure;
}

/** Step of a replacement of a model. */
export interface ReplacementRow {
  readonly alias: string;
  readonly cluster: string;
  /** `canary 10`. @default - it was not there */
  readonly before?: string;
  /** @default - it is not there any more */
  readonly after?: string;
  /** What its steps rest on. @default - nothing is said */
  readonly evidence?: EvidenceKind;
}

/** What a change does to the inventory. Rows of clusters are all there; of the others, what changed. */
export interface CapacityChange {
  readonly total: CapacityRow;
  readonly clusters: readonly CapacityRow[];
  readonly tenants: readonly TenantRow[];
  readonly servings: readonly ServingRow[];
  readonly replacements: readonly ReplacementRow[];
}

export function capacityChange(before: CapacityReport, after: CapacityReport): CapacityChange {
  const pairs = pair(before.clusters, after.clusters, ({ name }) => name);
  return {
    total: totalRow(before, after),
    clusters: pairs.flatMap(clusterRows),
    tenants: pairs.flatMap(tenantRows),
    servings: pairs.flatMap(servingRows),
    replacements: pairs.flatMap(replacementRows),
  };
}

export function changed({ before, after }: Figure): boolean {
  return before !== after;
}

/** Whether anything of a row of the inventory changes. */
export function rowChanged(row: CapacityRow): boolean {
  return Object.values(row).some((value) => typeof value === 'object' && changed(value));
}

type Both<T> = readonly [before: T | undefined, after: T | undefined];

/** Items of both sides by name: those of today in their order, then those that are gone. */
function pair<T>(
  before: readonly T[] = [],
  after: readonly T[] = [],
  nameOf: (item: T) => string,
): Both<T>[] {
  const old = new Map(before.map((item) => [nameOf(item), item]));
  const pairs = after.map((item): Both<T> => [old.get(nameOf(item)), item]);
  const names = new Set(after.map(nameOf));
  return [
    ...pairs,
    ...before.filter((item) => !names.has(nameOf(item))).map((item): Both<T> => [item, undefined]),
  ];
}

function figures<T>([before, after]: Both<T>, of: (item: T) => number): Figure {
  return { before: before ? of(before) : 0, after: after ? of(after) : 0 };
}

/** Share of what is usable that nobody was promised, in whole percent. */
function headroom(usable: number, sold: number): number {
  return usable === 0 ? 0 : Math.round(((usable - sold) / usable) * 100);
}

/** Of the servers behind a resource name of a cluster, or of all. */
interface Sums {
  readonly servers: number;
  readonly npus: number;
  readonly petaflops: number;
  readonly usable: number;
  readonly sold: number;
}

function row(names: Pick<CapacityRow, 'cluster' | 'accelerator'>, both: Both<Sums>): CapacityRow {
  return {
    ...names,
    servers: figures(both, ({ servers }) => servers),
    npus: figures(both, ({ npus }) => npus),
    petaflops: figures(both, (sums) => sums.petaflops),
    usableNpus: figures(both, ({ usable }) => usable),
    soldNpus: figures(both, ({ sold }) => sold),
    freeNpus: figures(both, ({ usable, sold }) => usable - sold),
    headroom: figures(both, ({ usable, sold }) => headroom(usable, sold)),
  };
}

function totalRow(before: CapacityReport, after: CapacityReport): CapacityRow {
  const sums = ({ phases }: CapacityReport): Sums | undefined => {
    const all = phases.at(-1)?.cumulative;
    return (
      all && {
        servers: all.servers,
        npus: all.peak.npus,
        petaflops: all.peak.petaflops,
        usable: all.usable.npus,
        sold: all.sold.npus,
      }
    );
  };
  return row({ cluster: 'all clusters' }, [sums(before), sums(after)]);
}

/** A row for each resource name of a cluster: it stands for one chip, and guarantees are in it. */
function clusterRows([before, after]: Both<ClusterCapacity>): CapacityRow[] {
  const names = [...(before?.pools ?? []), ...(after?.pools ?? [])].map((p) => p.resourceName);
  return [...new Set(names)].map((resource) => {
    const pools = (after ?? before)?.pools.filter((pool) => pool.resourceName === resource) ?? [];
    const chips = [...new Set(pools.map((pool) => pool.accelerator))].join(', ');
    return row({ cluster: (after ?? before)?.name ?? '', accelerator: chips || resource }, [
      sumsOf(before, resource),
      sumsOf(after, resource),
    ]);
  });
}

function sumsOf(cluster: ClusterCapacity | undefined, resource: string): Sums | undefined {
  const own = cluster?.pools.filter((pool) => pool.resourceName === resource) ?? [];
  if (!cluster || own.length === 0) return undefined;
  const supplies = own.map(({ supply }) => supply);
  const tenants = cluster.tenants.filter((tenant) => tenant.resourceName === resource);
  return {
    servers: sum(supplies.map(({ servers }) => servers)),
    npus: sum(supplies.map(({ peak }) => peak.npus)),
    petaflops: petaflops(supplies.map(({ peak }) => peak.petaflops * 1000)),
    usable: sum(supplies.map(({ usable }) => usable.npus)),
    sold: sum(tenants.map(({ guarantee }) => guarantee)),
  };
}

function tenantRows([before, after]: Both<ClusterCapacity>): TenantRow[] {
  return pair(before?.tenants, after?.tenants, ({ namespace }) => namespace)
    .filter(([old, now]) => !sameTenant(old, now))
    .map((both) => {
      const [old, now] = both;
      return {
        tenant: (now ?? old)?.namespace ?? '',
        cluster: (after ?? before)?.name ?? '',
        guarantee: figures(both, ({ guarantee }) => guarantee),
        ceiling: figures(both, ({ ceiling }) => ceiling),
        stateBefore: old?.state,
        stateAfter: now?.state,
        expiryBefore: old?.expiry,
        expiryAfter: now?.expiry,
      };
    });
}

function sameTenant(a: TenantEntry | undefined, b: TenantEntry | undefined): boolean {
  const of = (tenant: TenantEntry | undefined) =>
    tenant && [tenant.guarantee, tenant.ceiling, tenant.state, tenant.expiry].join();
  return of(a) === of(b);
}

function servingRows([before, after]: Both<ClusterCapacity>): ServingRow[] {
  return pair(before?.servings, after?.servings, ({ namespace, name }) => `${namespace}/${name}`)
    .map((both) => {
      const serving = both[1] ?? both[0];
      return {
        serving: `${serving?.namespace}/${serving?.name}`,
        cluster: (after ?? before)?.name ?? '',
        model: serving?.model ?? '',
        replicas: figures(both, ({ replicas }) => replicas),
        npus: figures(both, ({ replicas, npusPerReplica }) => replicas * npusPerReplica),
      };
    })
    .filter(({ replicas, npus }) => changed(replicas) || changed(npus));
}

function replacementRows([before, after]: Both<ClusterCapacity>): ReplacementRow[] {
  const step = ({ stage, weight }: ReplacementEntry) =>
    weight === undefined ? stage : `${stage} ${weight}`;
  return pair(before?.replacements, after?.replacements, ({ path }) => path)
    .map(([old, now]) => ({
      alias: (now ?? old)?.alias ?? '',
      evidence: (now ?? old)?.evidence,
      cluster: (after ?? before)?.name ?? '',
      before: old && step(old),
      after: now && step(now),
    }))
    .filter((row) => row.before !== row.after);
}
