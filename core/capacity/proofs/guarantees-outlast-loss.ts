import {
  type ClusterLedger,
  guaranteedNpus,
  largestRack,
  resourceNames,
  serversInService,
  sum,
} from '../ledger';
import type { Finding, Proof } from '../proof';

/**
 * What was sold is still there after any so many servers are lost as are kept spare, also where they are
 * the largest, and after any one rack. Only where something is kept spare: without, nobody meant to
 * outlast a failure.
 */
export const guaranteesOutlastLoss: Proof = {
  id: 'AICC-CAP-013',
  level: 'warning',
  title: 'guarantees hold after the loss of spare servers or a rack',
  check(subject) {
    if (subject.kind !== 'cluster') return [];
    return resourceNames(subject.cluster).flatMap((name) => findings(subject.cluster, name));
  },
};

function findings(cluster: ClusterLedger, resourceName: string): Finding[] {
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
      arithmetic: `${resourceName}: ${sold} sold ${sold <= left ? '≤' : '>'} ${left} (${inService} in service${reserved > 0 ? ` − ${reserved} reserved` : ''} − ${lost} ${what}); ${spare} servers are spare`,
      remedy: `keep servers spare for ${Math.max(0, sold - left)} more NPUs`,
    };
  });
}
