import { type ClusterLedger, type ComponentEntry, sum } from '../ledger';
import { labelsOf, selects, untolerated } from '../node-match';
import type { Finding, Proof } from '../proof';

/**
 * Every component of the cluster finds servers: its selector matches some, and it tolerates their
 * taints. Upstream's NodeD and NPU Exporter tolerate none, and would leave tainted servers without.
 */
export const componentsPlaceable: Proof = {
  id: 'AICC-CAP-009',
  level: 'error',
  title: 'components select servers and tolerate their taints',
  check(subject) {
    if (subject.kind !== 'cluster') return [];
    const { cluster } = subject;
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
function waitsForServers({ pools }: ClusterLedger, { nodeSelector }: ComponentEntry): boolean {
  return pools.some(
    (pool) =>
      selects(nodeSelector, pool.labels) ||
      pool.hosts.some((host) => selects(nodeSelector, labelsOf(pool, host))),
  );
}

function noServer({ path, pools }: ClusterLedger, waiting: readonly ComponentEntry[]): Finding {
  const servers = sum(pools.map(({ hosts }) => hosts.length));
  const names = pools.map(({ name }) => name).join(', ');
  return {
    path,
    holds: false,
    arithmetic: `0 of ${servers} servers in service (pools ${names}) for ${waiting.map(({ name }) => name).join(', ')}`,
    remedy: 'take a server out of outOfService',
  };
}

function finding(cluster: ClusterLedger, component: ComponentEntry): Finding {
  const { path, name, nodeSelector, tolerations, replicas } = component;
  const { management } = cluster;
  const pools = cluster.pools.map((pool) => ({
    servers: pool.hosts.filter(
      (host) =>
        host.inService &&
        // What all servers have first: it is what components select.
        (selects(nodeSelector, pool.labels) || selects(nodeSelector, labelsOf(pool, host))),
    ).length,
    taints: untolerated(pool.taints, tolerations),
  }));
  const managing = selects(nodeSelector, management.labels) ? management.hosts.length : 0;
  const closed = pools.filter(({ servers, taints }) => servers > 0 && taints.length > 0);
  const kept = closed.flatMap(({ taints }) => taints.map((taint) => taint.key));
  const selected = sum(pools.map(({ servers }) => servers)) + managing;
  const open = selected - sum(closed.map(({ servers }) => servers));
  // A DaemonSet is to be on all servers that it selects; of others one is enough.
  const wanted = replicas === undefined ? selected : 1;
  const selector = Object.entries(nodeSelector).map(([key, value]) => `${key}=${value}`);
  return {
    path,
    holds: open > 0 && open >= wanted,
    arithmetic: `${name} selects ${selector.join(', ') || 'all'}: ${selected} servers in service, ${open} of them without a taint that it does not tolerate${kept[0] ? ` (${kept[0]})` : ''}`,
    remedy:
      selected === 0
        ? 'change its selector, or name servers that have such labels'
        : `tolerate ${kept[0] ?? 'the taints'}`,
  };
}
