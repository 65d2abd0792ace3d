import type { Finding } from '../../rules';
import {
  type ClusterInventory,
  guaranteedNpus,
  largestRack,
  resourceNames,
  serversInService,
  sum,
} from '../inventory';
import type { ClusterProof } from '../proof';

export const guaranteesOutlastLoss: ClusterProof = {
  id: 'AICC-CAP-013',
  level: 'warning',
  title: 'guarantees hold after the loss of spare servers or a rack',
  why:
    'What was sold is still there after any so many servers are lost as are kept spare, also ' +
    'where they are the largest, and after any one rack. Only where something is kept spare: ' +
    'without, nobody meant to outlast a failure.',
  check({ cluster }) {
    return lossFindings(cluster);
  },
};

/** What is left of the guarantees of each resource name after a loss; nothing where nothing is spare. */
export function lossFindings(cluster: ClusterInventory): Finding[] {
  return resourceNames(cluster).flatMap((name) => findings(cluster, name));
}

function findings(cluster: ClusterInventory, resourceName: string): Finding[] {
  const pools = cluster.pools.filter((pool) => pool.resourceName === resourceName);
  const spare = sum(pools.map((pool) => pool.spareServers));
  const rack = largestRack(pools);
  if (spare === 0 || rack === undefined) return [];
  const servers = pools.flatMap((pool) =>
    Array.from({ length: serversInService(pool) }, () => pool.npusPerServer),
  );
  const largest = sum(servers.sort((a, b) => b - a).slice(0, spare));
  const reserved = sum(pools.map((pool) => pool.reserve?.npus ?? 0));
  const inService = sum(servers);
  const sold = guaranteedNpus(cluster, resourceName);
  return [
    { lost: largest, what: `of any ${spare} servers` },
    { lost: rack.npus, what: `of rack ${rack.rack}` },
  ].map(({ lost, what }) => {
    const left = inService - reserved - lost;
    return {
      path: cluster.path,
      holds: sold <= left,
      statement: `${resourceName}: ${sold} sold ${sold <= left ? '≤' : '>'} ${left} (${inService} in service${reserved > 0 ? ` − ${reserved} reserved` : ''} − ${lost} ${what}); ${spare} servers are spare`,
      remedy: `keep servers spare for ${Math.max(0, sold - left)} more NPUs`,
    };
  });
}
