import { findServer, hostShare } from '../../accelerator';
import { type ClusterInventory, formatNumber, type PoolEntry, sum } from '../inventory';
import { selects } from '../node-match';
import type { ClusterProof } from '../proof';

export const serversHaveRoom: ClusterProof = {
  id: 'AICC-CAP-010',
  level: 'error',
  title: 'CPUs and memory of a server suffice for the pods of its NPUs',
  why:
    'A server whose NPUs are all taken has CPUs and memory for the pods that hold them, beside ' +
    'the host itself and the components: otherwise NPUs stay free that nobody can use.',
  check({ cluster }) {
    return cluster.pools.flatMap((pool) => {
      const server = findServer(pool.serverForm, pool.accelerator);
      if (Array.isArray(server)) return [];
      const share = hostShare(server, pool.npusPerServer);
      const daemons = daemonsOf(cluster, pool);
      const cpus = pool.cpus - pool.systemCpus - daemons.cpus;
      const memory = pool.memoryGib - pool.systemMemoryGib - daemons.memoryGib;
      const term = (part: number, whole: number, system: number, own: number, left: number) =>
        `${part} ${part <= left ? '≤' : '>'} ${formatNumber(left)} (${whole} − ${system} of the host − ${formatNumber(own)} of ${daemons.pods} components)`;
      return [
        {
          path: cluster.path,
          holds: share.cpus <= cpus && share.memoryGib <= memory,
          statement: `pool ${pool.name}, ${pool.npusPerServer} NPUs of a server: CPUs ${term(share.cpus, pool.cpus, pool.systemCpus, daemons.cpus, cpus)}, GiB ${term(share.memoryGib, pool.memoryGib, pool.systemMemoryGib, daemons.memoryGib, memory)}`,
          remedy: 'take CPUs or memory from components or the host, or use larger servers',
        },
      ];
    });
  },
};

/** What the components take on each server of a pool. */
export function daemonsOf(
  { components }: ClusterInventory,
  pool: PoolEntry,
): { readonly pods: number; readonly cpus: number; readonly memoryGib: number } {
  const own = components.filter(
    ({ replicas, nodeSelector }) => replicas === undefined && selects(nodeSelector, pool.labels),
  );
  return {
    pods: own.length,
    cpus: sum(own.map((component) => component.podCpus)),
    memoryGib: sum(own.map((component) => component.podMemoryGib)),
  };
}
