import type { Finding } from '../../rules';
import { type Placement, placeCluster, placeWithoutRack } from '../placement';
import type { ClusterProof } from '../proof';
import { lossFindings } from './guarantees-outlast-loss';

export const podsPlaced: ClusterProof = {
  id: 'AICC-CAP-014',
  level: 'warning',
  title: 'every pod has a server',
  why:
    'Every pod of the cluster has a server: servings at the replicas that always run, the rest ' +
    'of each guarantee as pods of whole servers. That a packing exists is shown by it ' +
    '(`capacity.json`). Where none was found, none may exist or the search was too short: it ' +
    'says what is short, and claims no more. Where servers are kept spare, the same after the ' +
    'loss of the largest rack.',
  check({ cluster }) {
    const whole = placeCluster(cluster);
    // What a sum shows to be impossible, the proof about that sum says.
    if (whole.outcome === 'impossible') return [];
    const found = finding(cluster.path, whole, '');
    // One mistake, one line: what does not fit all servers does not fit fewer.
    if (!found.holds) return [found];
    // Guarantees that the loss of a rack takes are AICC-CAP-013's; what runs beyond them is told of here.
    const guaranteed = lossFindings(cluster).every(({ holds }) => holds);
    const without = placeWithoutRack(cluster).filter(
      ({ placement }) => placement.outcome !== 'impossible' || guaranteed,
    );
    return [
      found,
      ...without.map(({ rack, placement }) =>
        finding(cluster.path, placement, `without rack ${rack}: `),
      ),
    ];
  },
};

function finding(path: string, { outcome, summary }: Placement, which: string): Finding {
  return {
    path,
    holds: outcome === 'placed',
    statement: `${which}${summary}`,
    remedy: 'remove replicas or guarantees, add servers, or ask for other sizes of pods',
  };
}
