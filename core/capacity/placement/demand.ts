import { findServer, hostShare, npuToleration } from '../../accelerator';
import {
  type ClusterInventory,
  type PoolEntry,
  type ServingEntry,
  servingsByNamespace,
  sum,
} from '../inventory';
import { MAX_PODS } from '../limits';
import { labelsOf, selects } from '../node-match';
import { quantity, quantityGib } from '../quantity';
import type { PackNode, PackUnit } from './packing-state';

/** Why a pod is there. */
export type PodKind = 'serving' | 'guarantee' | 'reserve' | 'component';

/** What is to be placed, whose it is, and what it is called. */
export interface Demand extends PackUnit {
  readonly kind: PodKind;
  /** Namespace of the tenant; of a component its name. */
  readonly owner: string;
}

const MIB = 1024;

/** Servers in service, with what the host and the components of every server leave. */
export function packNodes(cluster: ClusterInventory): PackNode[] {
  const npuServers = cluster.pools.flatMap((pool) =>
    pool.hosts
      .filter((host) => host.inService)
      .map((host) =>
        afterDaemons(cluster, {
          name: host.name,
          rack: host.rack,
          resourceName: pool.resourceName,
          npus: pool.npusPerServer,
          milliCpus: (pool.cpus - pool.systemCpus) * 1000,
          memoryMib: (pool.memoryGib - pool.systemMemoryGib) * MIB,
          pods: pool.maxPods,
          labels: labelsOf(pool, host),
          taints: pool.taints,
        }),
      ),
  );
  const { management } = cluster;
  const managing = management.hosts.map((name) =>
    afterDaemons(cluster, {
      name,
      rack: name,
      resourceName: '',
      npus: 0,
      milliCpus: management.cpus * 1000,
      memoryMib: management.memoryGib * MIB,
      pods: MAX_PODS,
      labels: management.labels,
      taints: [],
    }),
  );
  return [...npuServers, ...managing];
}

function afterDaemons({ components }: ClusterInventory, node: PackNode): PackNode {
  const own = components.filter(
    ({ replicas, nodeSelector }) => replicas === undefined && selects(nodeSelector, node.labels),
  );
  return {
    ...node,
    milliCpus: Math.floor(node.milliCpus - sum(own.map((c) => c.podCpus * 1000))),
    memoryMib: Math.floor(node.memoryMib - sum(own.map((c) => c.podMemoryGib * MIB))),
    pods: node.pods - own.length,
  };
}

/**
 * Every pod of a cluster: servings at the replicas that always run; the rest of each guarantee as pods of
 * whole servers, the hardest to place, and one of what remains; system reserve likewise; components
 * that are no DaemonSet.
 */
export function demands(cluster: ClusterInventory): Demand[] {
  const racks = new Map(
    cluster.pools.map((pool) => [
      pool.name,
      new Set(pool.hosts.filter((host) => host.inService).map((host) => host.rack)).size,
    ]),
  );
  return [
    ...cluster.servings.flatMap((serving) => servingUnits(serving, racks.get(serving.pool) ?? 0)),
    ...guaranteeUnits(cluster),
    ...cluster.pools.flatMap((pool) =>
      jobs([pool], pool.reserve?.npus ?? 0, 'system-reserve', 'reserve'),
    ),
    ...cluster.components.flatMap(({ name, replicas = 0, ...pod }) =>
      Array.from(
        { length: replicas },
        (_, index): Demand => ({
          kind: 'component',
          owner: name,
          name: `${name}-${index}`,
          pods: 1,
          resourceName: '',
          npus: 0,
          milliCpus: Math.ceil(pod.podCpus * 1000),
          memoryMib: Math.ceil(pod.podMemoryGib * MIB),
          nodeSelector: pod.nodeSelector,
          tolerations: pod.tolerations,
        }),
      ),
    ),
  ];
}

/** @param racks of its pool with a server in service */
function servingUnits(serving: ServingEntry, racks: number): Demand[] {
  const { namespace, name, replicas, podsPerReplica } = serving;
  // Half of the replicas outlast the loss of a rack.
  const spread =
    replicas > 1 && racks > 1
      ? { spread: { key: `${namespace}/${name}`, maxPerRack: Math.ceil(replicas / 2) } }
      : {};
  return Array.from(
    { length: replicas },
    (_, index): Demand => ({
      kind: 'serving',
      owner: namespace,
      name: `${namespace}/${name}-${index}`,
      pods: podsPerReplica,
      resourceName: serving.resourceName,
      npus: serving.npusPerReplica / podsPerReplica,
      milliCpus: Math.ceil(serving.podCpus * 1000),
      memoryMib: Math.ceil(serving.podMemoryGib * MIB),
      nodeSelector: serving.nodeSelector,
      tolerations: serving.tolerations,
      ...spread,
    }),
  );
}

function guaranteeUnits(cluster: ClusterInventory): Demand[] {
  const servings = servingsByNamespace(cluster);
  return cluster.tenants.flatMap((tenant) => {
    const { namespace, resourceName, guarantee, written } = tenant;
    const pools = cluster.pools.filter((pool) => pool.resourceName === resourceName);
    const inService = pools.filter((pool) => pool.hosts.some((host) => host.inService));
    const own = (servings.get(namespace) ?? []).filter((s) => s.resourceName === resourceName);
    const held = sum(own.map((s) => s.replicas * s.npusPerReplica));
    const rest = Math.max(0, guarantee - held);
    if (rest === 0) return [];
    const pods = (s: ServingEntry) => s.replicas * s.podsPerReplica;
    const quota = written.quota;
    const left = {
      cpus: quantity(quota['requests.cpu'] ?? '0') - sum(own.map((s) => pods(s) * s.podCpus)),
      memoryGib:
        quantityGib(quota['requests.memory'] ?? '0') -
        sum(own.map((s) => pods(s) * s.podMemoryGib)),
    };
    return jobs(inService.length > 0 ? inService : pools, rest, namespace, 'guarantee', {
      cpus: Math.max(0, left.cpus / rest),
      memoryGib: Math.max(0, left.memoryGib / rest),
    });
  });
}

/**
 * So many NPUs as pods of whole servers, and what remains in the largest sizes that are allowed. Where
 * server forms differ, in sizes that fit them all: nobody was promised pods of 16 NPUs.
 * @param pools that such pods may lie on
 * @param limit CPUs and GiB for each NPU at most. @default - the host share
 */
function jobs(
  pools: readonly PoolEntry[],
  npus: number,
  owner: string,
  kind: PodKind,
  limit = { cpus: Number.POSITIVE_INFINITY, memoryGib: Number.POSITIVE_INFINITY },
): Demand[] {
  const [pool] = [...pools].sort((a, b) => a.npusPerServer - b.npusPerServer);
  const servers = pools.flatMap(({ serverForm, accelerator }) => {
    const server = findServer(serverForm, accelerator);
    return Array.isArray(server) ? [] : [server];
  });
  if (!pool || servers.length === 0) return [];
  const sizes = [...(servers[0]?.form.podNpuCounts ?? [])]
    .filter((size) => servers.every(({ form }) => form.podNpuCounts.includes(size)))
    .sort((a, b) => b - a);
  const units: Demand[] = [];
  for (let left = npus; left > 0; ) {
    const size = sizes.find((count) => count <= left) ?? left;
    const shares = servers.map((server) => hostShare(server, size));
    const cpus = Math.min(limit.cpus * size, ...shares.map((share) => share.cpus));
    const memoryGib = Math.min(limit.memoryGib * size, ...shares.map((share) => share.memoryGib));
    units.push({
      kind,
      owner,
      name: `${owner}/${kind}-${pool.name}-${units.length}`,
      pods: 1,
      resourceName: pool.resourceName,
      npus: size,
      milliCpus: Math.floor(cpus * 1000),
      memoryMib: Math.floor(memoryGib * MIB),
      nodeSelector: {},
      tolerations: [npuToleration(pool.resourceName)],
    });
    left -= size;
  }
  return units;
}
