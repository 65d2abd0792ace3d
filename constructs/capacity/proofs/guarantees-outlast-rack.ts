import {
  type ClusterLedger,
  guaranteedNpus,
  resourceNames,
  serversInService,
  sum,
} from '../ledger';
import type { Finding, Proof } from '../proof';

/**
 * What was sold is still there after any one rack is lost. Of so many servers as are spare this follows
 * from AICC-CAP-003; a rack may be more. Only where something is kept spare: without, nobody meant to
 * outlast a failure.
 */
export const guaranteesOutlastRack: Proof = {
  id: 'AICC-CAP-013',
  level: 'warning',
  title: 'guarantees hold after the loss of a rack',
  check(subject) {
    if (subject.kind !== 'cluster') return [];
    return resourceNames(subject.cluster).flatMap((name) => findings(subject.cluster, name));
  },
};

function findings(cluster: ClusterLedger, resourceName: string): Finding[] {
  const pools = cluster.pools.filter((pool) => pool.resourceName === resourceName);
  const spare = sum(pools.map((pool) => pool.spareServers));
  if (spare === 0) return [];
  const racks = new Map<string, number>();
  for (const pool of pools) {
    for (const { rack, inService } of pool.hosts) {
      if (inService) racks.set(rack, (racks.get(rack) ?? 0) + pool.npusPerServer);
    }
  }
  const [largest = '', lost = 0] = [...racks].reduce(
    (most, rack) => (rack[1] > most[1] ? rack : most),
    ['', 0],
  );
  const reserved = sum(pools.map((pool) => pool.reserve?.npus ?? 0));
  const inService = sum(pools.map((pool) => serversInService(pool) * pool.npusPerServer));
  const left = inService - reserved - lost;
  const sold = guaranteedNpus(cluster, resourceName);
  return [
    {
      path: cluster.path,
      holds: sold <= left,
      arithmetic: `${resourceName}: ${sold} sold ${sold <= left ? '≤' : '>'} ${left} (${inService} in service${reserved > 0 ? ` − ${reserved} reserved` : ''} − ${lost} of rack ${largest}); ${spare} servers are spare`,
      remedy: `keep servers spare for ${Math.max(0, sold - left)} more NPUs`,
    },
  ];
}
