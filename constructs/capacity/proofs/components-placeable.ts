import type { ClusterLedger, ComponentEntry } from '../ledger';
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
    return subject.cluster.components.map((component) => finding(subject.cluster, component));
  },
};

function finding(cluster: ClusterLedger, component: ComponentEntry): Finding {
  const { path, name, nodeSelector, tolerations, replicas } = component;
  const { management } = cluster;
  const hosts = cluster.pools.flatMap((pool) =>
    pool.hosts
      .filter((host) => host.inService && selects(nodeSelector, labelsOf(pool, host)))
      .map(() => untolerated(pool.taints, tolerations)),
  );
  const managing = selects(nodeSelector, management.labels) ? management.hosts.length : 0;
  const kept = hosts.flat().map((taint) => taint.key);
  const open = hosts.filter((taints) => taints.length === 0).length + managing;
  const selected = hosts.length + managing;
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
