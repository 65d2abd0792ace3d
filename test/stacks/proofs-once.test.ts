import { PROOFS_BY_KIND, type Proof, type ProofSubject } from '../../constructs';
import { synthesizeCentre } from '../../stacks/build';
import { summarize } from '../../stacks/summary';
import { tianjin } from '../../stacks/tianjin';
import { temporaryFolder } from '../helpers/temporary-folder';

/** What each proof has looked at, by id: names of clusters, of phases the last. */
function watch(): Readonly<Record<string, string[]>> {
  const seen: Record<string, string[]> = {};
  for (const proof of Object.values(PROOFS_BY_KIND).flat() as Proof<ProofSubject>[]) {
    const names: string[] = [];
    seen[proof.id] = names;
    const { check } = proof;
    jest.spyOn(proof, 'check').mockImplementation((subject) => {
      const cluster = subject.kind === 'phases' ? subject.phases.at(-1)?.cluster : subject.cluster;
      names.push(cluster?.name ?? '');
      return check(subject);
    });
  }
  return seen;
}

afterEach(() => jest.restoreAllMocks());

test('in one synthesis every proof runs once for each cluster, whoever asks', () => {
  const [first, ...others] = tianjin.phases;
  if (!first) throw new Error('the centre has no phase');
  const centre = {
    ...tianjin,
    phases: [{ ...first, milestonePetaflops: 101 }, ...others],
    // Whether it is used is found out from the results, too.
    acknowledgements: [
      {
        path: 'phase-100p-cluster/tj-1',
        id: 'AICC-CAP-001',
        reason: 'the last rack arrives in May',
        until: '2027-05-31',
      },
    ],
  };
  const seen = watch();
  const settings = { kubeconfig: '~', contexts: {}, today: '2026-11-23' };
  const built = synthesizeCentre(centre, settings, temporaryFolder());
  expect(summarize(centre, built)).toMatch(/acknowledged until 2027-05-31 .*AICC-CAP-001/);
  const clusters = tianjin.phases.map(({ cluster }) => cluster.name);
  expect(clusters).toHaveLength(4);
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((id) => [id, clusters])));
});
