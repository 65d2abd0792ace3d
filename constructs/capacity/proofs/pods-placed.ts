import { sum } from '../ledger';
import { type Placement, placeCluster, placeWithoutRack } from '../placement';
import type { Finding, Proof } from '../proof';

/**
 * Every pod of the cluster has a server: servings at the replicas that always run, the rest of each
 * guarantee as pods of whole servers. That a packing exists is shown by it (`capacity.json`). Where none
 * was found, none may exist or the search was too short: it says what is short, and claims no more.
 * Where servers are kept spare, the same after the loss of the largest rack.
 */
export const podsPlaced: Proof = {
  id: 'AICC-CAP-014',
  level: 'warning',
  title: 'every pod has a server',
  check(subject) {
    if (subject.kind !== 'cluster') return [];
    const { cluster } = subject;
    const whole = findings(cluster.path, placeCluster(cluster), '');
    const spare = sum(cluster.pools.map((pool) => pool.spareServers));
    // One mistake, one line: what does not fit all servers does not fit fewer.
    if (spare === 0 || !whole.every((finding) => finding.holds)) return whole;
    const { rack, placement } = placeWithoutRack(cluster);
    return [...whole, ...findings(cluster.path, placement, `without rack ${rack}: `)];
  },
};

function findings(path: string, { outcome, summary }: Placement, which: string): Finding[] {
  // What a sum shows to be impossible, the proof about that sum says.
  if (outcome === 'impossible') return [];
  return [
    {
      path,
      holds: outcome === 'placed',
      arithmetic: `${which}${summary}`,
      remedy: 'remove replicas or guarantees, add servers, or ask for other sizes of pods',
    },
  ];
}
