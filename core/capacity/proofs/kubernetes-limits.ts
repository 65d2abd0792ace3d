import { formatNumber, sum } from '../inventory';
import { MAX_CLUSTER_PODS, MAX_NODES, MAX_PODS } from '../limits';
import { selects } from '../node-match';
import type { ClusterProof } from '../proof';
import { quantity } from '../quantity';
import { daemonsOf } from './servers-have-room';

export const kubernetesLimits: ClusterProof = {
  id: 'AICC-CAP-011',
  level: 'error',
  title: 'limits of Kubernetes are kept',
  why: 'A cluster stays within what Kubernetes is made for, also when tenants use all that they may.',
  check({ cluster }) {
    const { pools, management } = cluster;
    const nodes = sum(pools.map((pool) => pool.hosts.length)) + management.hosts.length;
    const placeable =
      sum(pools.map((pool) => pool.hosts.length * pool.maxPods)) +
      management.hosts.length * MAX_PODS;
    const components =
      sum(pools.map((pool) => daemonsOf(cluster, pool).pods * pool.hosts.length)) +
      sum(
        cluster.components.map(
          ({ replicas, nodeSelector }) =>
            replicas ?? (selects(nodeSelector, management.labels) ? management.hosts.length : 0),
        ),
      );
    // A quota that does not count pods lets in as many as there is room for.
    const allowed = sum(
      cluster.tenants.map(({ written: { quota } }) =>
        quota.pods === undefined ? Number.POSITIVE_INFINITY : quantity(quota.pods),
      ),
    );
    const pods = Math.min(placeable, allowed + components);
    // A pod for each NPU, and the components.
    const perNode = pools.map((pool) => pool.npusPerServer + daemonsOf(cluster, pool).pods);
    const crowded = pools.find(
      (pool, index) => pool.maxPods > MAX_PODS || (perNode[index] ?? 0) > pool.maxPods,
    );
    const shown = crowded ?? pools[0];
    const most = shown ? perNode[pools.indexOf(shown)] : 0;
    return [
      {
        path: cluster.path,
        holds: nodes <= MAX_NODES && pods <= MAX_CLUSTER_PODS && crowded === undefined,
        statement: [
          `nodes ${formatNumber(nodes)} of ${formatNumber(MAX_NODES)}`,
          `pods ${formatNumber(pods)} of ${formatNumber(MAX_CLUSTER_PODS)} (quotas and components ${formatNumber(allowed + components)}, servers admit ${formatNumber(placeable)})`,
          `pods of a server ${most} (one a NPU, and components) of ${shown?.maxPods ?? 0}, which is to be ${MAX_PODS} at most`,
        ].join('; '),
        remedy: 'move pools or tenants to another cluster, lower quotas of pods, or set maxPods',
      },
    ];
  },
};
