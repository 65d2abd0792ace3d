import type { Finding } from '../../rules';
import {
  type ClusterInventory,
  type ComponentEntry,
  formatNumber,
  sum,
  type Taint,
} from '../inventory';
import { labelsOf, selects, untolerated } from '../node-match';
import type { ClusterProof } from '../proof';
import { daemonsOf } from './servers-have-room';

export const componentsPlaceable: ClusterProof = {
  id: 'AICC-CAP-009',
  level: 'error',
  title: 'components have servers: selectors, taints, CPUs and memory',
  why:
    'Every component of the cluster finds servers: its selector matches some, it tolerates ' +
    "their taints, and they have the CPUs and the memory for a pod of it. Upstream's NodeD and " +
    'NPU Exporter tolerate none, and would leave tainted servers without.',
  check({ cluster }) {
    if (cluster.pools.some((pool) => pool.hosts.some(({ inService }) => inService))) {
      return cluster.components.map((component) => finding(cluster, component));
    }
    // No selector is wrong where there is no server at all: one mistake, one line.
    const waiting = cluster.components.filter((component) => waitsForServers(cluster, component));
    return [
      ...(waiting.length > 0 ? [noServer(cluster, waiting)] : []),
      ...cluster.components
        .filter((component) => !waiting.includes(component))
        .map((component) => finding(cluster, component)),
    ];
  },
};

/** Whether it selects NPU servers, in service or not. */
function waitsForServers({ pools }: ClusterInventory, { nodeSelector }: ComponentEntry): boolean {
  return pools.some(
    (pool) =>
      selects(nodeSelector, pool.labels) ||
      pool.hosts.some((host) => selects(nodeSelector, labelsOf(pool, host))),
  );
}

function noServer({ path, pools }: ClusterInventory, waiting: readonly ComponentEntry[]): Finding {
  const servers = sum(pools.map(({ hosts }) => hosts.length));
  const names = pools.map(({ name }) => name).join(', ');
  return {
    path,
    holds: false,
    statement: `0 of ${servers} servers in service (pools ${names}) for ${waiting.map(({ name }) => name).join(', ')}`,
    remedy: 'take a server out of outOfService',
  };
}

function finding(cluster: ClusterInventory, component: ComponentEntry): Finding {
  const { path, name, nodeSelector, replicas } = component;
  const groups = groupsOf(cluster, component);
  const selected = countOf(groups);
  const closed = groups.filter(({ servers, taints }) => servers > 0 && taints.length > 0);
  const kept = closed.flatMap(({ taints }) => taints.map((taint) => taint.key));
  const open = groups.filter(({ taints }) => taints.length === 0);
  const roomy = open.filter(({ cpus, memoryGib }) => fits(component, { cpus, memoryGib }));
  // A DaemonSet is to be on all servers that it selects; of others one is enough.
  const wanted = replicas === undefined ? selected : 1;
  const [lets, holds] = [countOf(open), countOf(roomy)];
  const selector = Object.entries(nodeSelector).map(([key, value]) => `${key}=${value}`);
  const short = lets > 0 && lets >= wanted;
  return {
    path,
    holds: holds > 0 && holds >= wanted,
    statement: `${name} selects ${selector.join(', ') || 'all'}: ${selected} servers in service, ${lets} of them without a taint that it does not tolerate${kept[0] ? ` (${kept[0]})` : ''}, ${holds} with ${formatNumber(component.podCpus)} CPUs and ${formatNumber(component.podMemoryGib)} GiB for a pod`,
    remedy:
      selected === 0
        ? 'change its selector, or name servers that have such labels'
        : short
          ? `ask for ${room(open)} at most, or use larger servers`
          : `tolerate ${kept[0] ?? 'the taints'}`,
  };
}

/** Servers that are alike for a component. */
interface Group {
  readonly servers: number;
  readonly taints: readonly Taint[];
  /** What such a server has left for a pod of it. */
  readonly cpus: number;
  readonly memoryGib: number;
}

/** The servers that a component selects, pool by pool, and those for management. */
function groupsOf(cluster: ClusterInventory, component: ComponentEntry): Group[] {
  const { nodeSelector, tolerations } = component;
  const { pools, management } = cluster;
  const daemonSet = component.replicas === undefined;
  const groups = pools.map((pool): Group => {
    const servers = pool.hosts.filter(
      (host) =>
        host.inService &&
        // What all servers have first: it is what components select.
        (selects(nodeSelector, pool.labels) || selects(nodeSelector, labelsOf(pool, host))),
    ).length;
    const taints = untolerated(pool.taints, tolerations);
    // Whether all DaemonSets have room beside the pods of NPUs, AICC-CAP-010 says.
    if (daemonSet) return { servers, taints, cpus: Infinity, memoryGib: Infinity };
    const daemons = daemonsOf(cluster, pool);
    return {
      servers,
      taints,
      cpus: pool.cpus - pool.systemCpus - daemons.cpus,
      memoryGib: pool.memoryGib - pool.systemMemoryGib - daemons.memoryGib,
    };
  });
  if (!selects(nodeSelector, management.labels)) return groups;
  const others = cluster.components.filter(
    (other) =>
      other !== component &&
      other.replicas === undefined &&
      selects(other.nodeSelector, management.labels),
  );
  return [
    ...groups,
    {
      servers: management.hosts.length,
      taints: [],
      cpus: management.cpus - sum(others.map((other) => other.podCpus)),
      memoryGib: management.memoryGib - sum(others.map((other) => other.podMemoryGib)),
    },
  ];
}

function countOf(groups: readonly Group[]): number {
  return sum(groups.map(({ servers }) => servers));
}

function fits(
  { podCpus, podMemoryGib }: ComponentEntry,
  { cpus, memoryGib }: Pick<Group, 'cpus' | 'memoryGib'>,
): boolean {
  return podCpus <= cpus && podMemoryGib <= memoryGib;
}

/** What a pod can have on the server that has most left. */
function room(groups: readonly Group[]): string {
  const most = (of: (group: Group) => number) =>
    formatNumber(Math.max(0, ...groups.filter(({ servers }) => servers > 0).map(of)));
  return `${most(({ cpus }) => cpus)} CPUs and ${most(({ memoryGib }) => memoryGib)} GiB`;
}
