import { type ClusterInventory, formatNumber, largestRack, resourceNames, sum } from '../inventory';
import { type Demand, demands, type PodKind, packNodes } from './demand';
import { type Packing, pack } from './packer';
import type { PackNode } from './packing-state';

/** Servers that are tried for pods before the search ends: two whole passes, or many of a small cluster. */
function stepsFor(nodes: readonly PackNode[], units: readonly Demand[]): number {
  return 200_000 + 2 * nodes.length * units.length;
}

/** A pod and where it has a place. */
export interface PlacedPod {
  /** `namespace/serving-replica`, with `/pod` where a replica is a group. */
  readonly pod: string;
  readonly kind: PodKind;
  /** Namespace of the tenant; of a component its name. */
  readonly owner: string;
  /** What it asks for; memory in GiB. */
  readonly npus: number;
  readonly cpus: number;
  readonly memoryGib: number;
  readonly server: string;
}

/**
 * Whether every pod of a cluster has a server. `placed` is shown by the pods: a packing exists. `not found`
 * claims nothing: the search ended. `impossible` is said only where a sum shows it.
 */
export interface Placement {
  readonly outcome: 'placed' | 'not found' | 'impossible';
  /** Where pods lie; of the best attempt where not all are placed. */
  readonly pods: readonly PlacedPod[];
  /** Names of pods without a place. */
  readonly unplaced: readonly string[];
  /** Servers that were tried for a pod. */
  readonly steps: number;
  /** NPU servers in service without any pod of these. */
  readonly emptyServers: number;
  /** Whether replicas of each serving are spread: a rack holds half of them at most. */
  readonly rackSpread: boolean;
  /** In one line: what was placed, or what is short and where. */
  readonly summary: string;
}

/** A placement, and what was lost before. */
export interface PlacementWithoutRack {
  readonly rack: string;
  readonly placement: Placement;
}

/** Proofs and reports ask for the same placement again. */
function remembered<T extends object>(make: (cluster: ClusterInventory) => T) {
  const known = new WeakMap<ClusterInventory, T>();
  return (cluster: ClusterInventory): T => {
    const before = known.get(cluster);
    if (before) return before;
    const made = make(cluster);
    known.set(cluster, made);
    return made;
  };
}

/** Places every pod of a cluster on named servers; the same inventory gives the same placement. */
export const placeCluster = remembered((cluster) => place(packNodes(cluster), demands(cluster)));

/** The same after the loss of the largest rack, for each kind of NPU of which servers are kept spare. */
export const placeWithoutRack = remembered((cluster): PlacementWithoutRack[] => {
  const nodes = packNodes(cluster);
  return largestRacks(cluster).map((rack) => ({
    rack,
    placement: place(
      nodes.filter((node) => node.rack !== rack),
      demands(cluster),
    ),
  }));
});

function largestRacks(cluster: ClusterInventory): string[] {
  const racks = resourceNames(cluster).flatMap((name) => {
    const pools = cluster.pools.filter((pool) => pool.resourceName === name);
    const largest = largestRack(pools);
    return largest && sum(pools.map((pool) => pool.spareServers)) > 0 ? [largest.rack] : [];
  });
  return [...new Set(racks)];
}

/** @param maxSteps of the search */
export function place(
  nodes: readonly PackNode[],
  units: readonly Demand[],
  maxSteps = stepsFor(nodes, units),
): Placement {
  const reason = impossible(nodes, units);
  const packing = pack(nodes, units, reason ? nodes.length * units.length : maxSteps);
  if (reason)
    return result(nodes, units, packing, { outcome: 'impossible', rackSpread: true, reason });
  if (packing.servers.every((servers) => servers !== undefined)) {
    return result(nodes, units, packing, { outcome: 'placed', rackSpread: true });
  }
  // To spread replicas is a wish of the scheduler, too: better together than not at all.
  if (units.some((unit) => unit.spread)) {
    const loose = units.map(({ spread: _, ...unit }) => unit);
    const again = pack(nodes, loose, maxSteps);
    if (again.servers.every((servers) => servers !== undefined)) {
      const steps = packing.steps + again.steps;
      return result(nodes, units, { ...again, steps }, { outcome: 'placed', rackSpread: false });
    }
  }
  return result(nodes, units, packing, { outcome: 'not found', rackSpread: true });
}

/** What shows that no packing can exist. @returns undefined where nothing does */
function impossible(nodes: readonly PackNode[], units: readonly Demand[]): string | undefined {
  const fits = (node: PackNode, unit: Demand) =>
    (unit.npus === 0 || node.resourceName === unit.resourceName) &&
    node.npus >= unit.npus &&
    node.milliCpus >= unit.milliCpus &&
    node.memoryMib >= unit.memoryMib;
  const checked = new Set<string>();
  for (const unit of units) {
    const key = `${unit.resourceName} ${unit.npus} ${unit.milliCpus} ${unit.memoryMib} ${unit.pods}`;
    if (checked.has(key)) continue;
    checked.add(key);
    const open = nodes.filter((node) => fits(node, unit)).length;
    if (open < unit.pods) {
      return `${unit.name} needs ${unit.pods} servers that have ${describe(unit)} free when empty, and there are ${open}`;
    }
  }
  for (const name of new Set(units.filter((u) => u.npus > 0).map((u) => u.resourceName))) {
    const own = units.filter((unit) => unit.resourceName === name && unit.npus > 0);
    const wanted = sum(own.map((unit) => unit.pods * unit.npus));
    const there = sum(nodes.filter((node) => node.resourceName === name).map((node) => node.npus));
    if (wanted > there) return `${wanted} NPUs of ${name} are wanted, and ${there} are in service`;
  }
  return undefined;
}

function result(
  nodes: readonly PackNode[],
  units: readonly Demand[],
  { servers, steps }: Packing,
  found: Pick<Placement, 'outcome' | 'rackSpread'> & { readonly reason?: string },
): Placement {
  const pods = units.flatMap((unit, index) =>
    (servers[index] ?? []).map(
      (server, pod): PlacedPod => ({
        pod: unit.pods > 1 ? `${unit.name}/${pod}` : unit.name,
        kind: unit.kind,
        owner: unit.owner,
        npus: unit.npus,
        cpus: unit.milliCpus / 1000,
        memoryGib: unit.memoryMib / MIB_A_GIB,
        server,
      }),
    ),
  );
  const missing = units.filter((_, index) => servers[index] === undefined);
  const used = new Set(pods.map((pod) => pod.server));
  const emptyServers = nodes.filter((node) => node.npus > 0 && !used.has(node.name)).length;
  const { outcome, rackSpread } = found;
  const shown = `${formatNumber(pods.length)} pods on ${formatNumber(used.size)} of ${formatNumber(nodes.length)} servers`;
  const summary = {
    placed: `${shown}, ${formatNumber(emptyServers)} NPU servers empty${rackSpread ? '' : '; replicas are not spread over racks'}`,
    impossible: `impossible: ${found.reason}`,
    'not found': `not found within ${formatNumber(steps)} steps: ${shown}; ${short(nodes, missing, pods)}`,
  }[outcome];
  return {
    outcome,
    pods,
    unplaced: missing.map((unit) => unit.name),
    steps,
    emptyServers,
    rackSpread,
    summary,
  };
}

/** What is missing for the largest unit without a place, and what is free. */
function short(
  nodes: readonly PackNode[],
  missing: readonly Demand[],
  pods: readonly PlacedPod[],
): string {
  const [largest] = [...missing].sort((a, b) => b.pods * b.npus - a.pods * a.npus);
  if (!largest) return '';
  const free = new Map(nodes.map((node) => [node.name, { ...node }]));
  for (const { server, npus, cpus, memoryGib } of pods) {
    const node = free.get(server);
    if (!node) continue;
    free.set(server, {
      ...node,
      npus: node.npus - npus,
      milliCpus: node.milliCpus - cpus * 1000,
      memoryMib: node.memoryMib - memoryGib * MIB_A_GIB,
    });
  }
  const own = [...free.values()].filter((node) => node.resourceName === largest.resourceName);
  const roomiest = own.reduce<PackNode | undefined>(
    (most, node) => (most && most.npus >= node.npus ? most : node),
    undefined,
  );
  const rest = roomiest
    ? `; the most that one server has left is ${describe(roomiest)} (${roomiest.name})`
    : '';
  return `${missing.length} without a place, the largest ${largest.name} of ${largest.pods} × ${describe(largest)}, where ${sum(own.map((node) => node.npus))} NPUs are free in all${rest}`;
}

function describe({
  npus,
  milliCpus,
  memoryMib,
}: Pick<PackNode, 'npus' | 'milliCpus' | 'memoryMib'>): string {
  return `${npus} NPUs, ${formatNumber(milliCpus / 1000)} CPUs and ${formatNumber(memoryMib / MIB_A_GIB)} GiB`;
}

const MIB_A_GIB = 1024;
