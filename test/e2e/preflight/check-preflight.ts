import assert from 'node:assert/strict';
import { runChecks } from '../../../cli/checks/run-checks';
import type { DeclaredPhase } from '../../../cli/declared/phase';
import { LiveCluster } from '../../../cli/live/cluster';
import { waitFor } from '../../../cli/live/wait-for';
import { PREFLIGHT } from '../../../cli/preflight/registry';
import { preflightSubject } from '../../../cli/preflight/subject';
import type { Result } from '../../../core/rules';
import { FAULTS } from './faults';
import { withMore } from './phase';
import type { Planting } from './planting';
import { makeSite } from './site';

/**
 * On a site that is ready, the preflight finds nothing; with one thing wrong at a time, it finds that
 * and nothing else, and nothing is left of it.
 */
export async function checkPreflight(
  cluster: LiveCluster,
  declared: DeclaredPhase,
  folder: string,
  log: (line: string) => void,
): Promise<void> {
  const phase = withMore(declared);
  await makeSite(cluster, phase);
  const on: Planting = { cluster, phase, folder };
  const findings = async (view?: LiveCluster) => {
    // As the command does: what one run has discovered the next one does not rest on.
    const fresh = view ?? LiveCluster.open(cluster.target);
    const report = await runChecks(PREFLIGHT, preflightSubject(phase, fresh));
    if (!view) fresh.close();
    return report.findings;
  };
  const none = () =>
    waitFor(
      'preflight finds nothing',
      60,
      () => findings(),
      (all) => all.length === 0,
    );
  await none();
  log(`preflight: ${PREFLIGHT.length} checks find nothing on a site that is ready`);

  const wrong: string[] = [];
  for (const { name, plant, view, id, level = 'error', says } of FAULTS) {
    const undo = await plant(on);
    const found = await findings(view && (await view(on)));
    const told = (f: Result) =>
      f.id === id && f.level === level && says.test(`${f.path}: ${f.statement}`);
    if (found.length !== 1 || !found.every(told)) {
      wrong.push(`${name}: ${JSON.stringify(found)}`);
    }
    await undo();
  }
  assert.deepEqual(wrong, []);
  await none();
  const ids = new Set(FAULTS.map((fault) => fault.id));
  assert.deepEqual(
    PREFLIGHT.map(({ id }) => id).filter((id) => !ids.has(id)),
    [],
    'every check has a fault that it finds',
  );
  log(`preflight: ${FAULTS.length} faults, one at a time: each found, nothing else, nothing left`);
}
