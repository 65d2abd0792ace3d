import assert from 'node:assert/strict';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type DeclaredPhase, readPhases } from '../../cli/declared/phase';
import { LiveCluster } from '../../cli/live/cluster';
import { waitFor } from '../../cli/live/wait-for';
import { applyObjects, waitForQuotas } from '../../cli/rehearse/apply';
import {
  installPrerequisites,
  missingPrerequisites,
} from '../../cli/rehearse/control-plane/prerequisites';
import { guaranteeJobs } from '../../cli/rehearse/guarantees';
import { createNodes, simulatedNodes } from '../../cli/rehearse/simulated-nodes';
import { synthesizeCentre } from '../../stacks/build';
import { tianjin } from '../../stacks/tianjin';
import { startTestPlane } from '../helpers/control-plane';
import { DRILLS } from './drills';
import { type Running, runDrill } from './drills/drill';
import { phaseState, wholeState } from './drills/state';
import { checkPreflight } from './preflight/check-preflight';
import { SiteControllers } from './site-controllers';
import { CRDS, type Log, type StageContext } from './stage';
import { givenCluster } from './target';
import { checkVerify } from './verify/check-verify';

const PHASE = 'phase-100p';

/** Pods of a server that is lost are given up after a second, and not after five minutes. */
const FLAGS = {
  'kube-apiserver': {
    'default-not-ready-toleration-seconds': '1',
    'default-unreachable-toleration-seconds': '1',
  },
};

/** A phase in operation, on a control plane of its own: looked at before it is deployed, and after. */
export async function operation({ folder, programs, log, all }: StageContext): Promise<void> {
  if (givenCluster(process.env)) {
    log('preflight and verify left out: they plant faults, and the cluster is given');
    return;
  }
  const plane = await startTestPlane(await programs(), 'operation', FLAGS);
  const { kubectl, stop } = plane;
  const output = join(folder, 'operation');
  const { kubeconfig, context } = kubectl;
  synthesizeCentre(
    tianjin,
    { environment: PHASE, kubeconfig, contexts: { 'tj-1': context } },
    output,
  );
  const [phase] = readPhases(output, [PHASE]);
  if (!phase) throw new Error('the phase was not synthesized');
  const cluster = LiveCluster.open(kubectl);
  await installPrerequisites(cluster, await missingPrerequisites(cluster, phase, CRDS));
  await createNodes(cluster, simulatedNodes(phase));
  await checkPreflight(cluster, phase, folder, log);
  await deploy(cluster, phase);
  const site = new SiteControllers(
    cluster,
    phase.objects.map(({ object }) => object),
  );
  try {
    await checkVerify(cluster, phase, log);
    await runDrills({ phase, plane, cluster, folder }, all, log);
  } finally {
    await site.stop();
  }
  cluster.close();
  await stop();
}

/** Guarantees as load, and everything that can go wrong. */
async function runDrills(running: Running, all: boolean, log: Log): Promise<void> {
  const { cluster, phase } = running;
  for (const job of guaranteeJobs(phase).flatMap(({ jobs }) => jobs)) await cluster.create(job);
  await waitFor(
    'the phase runs',
    120,
    () => phaseState(cluster, phase),
    (state) => isDeepStrictEqual(state, wholeState(phase)),
  );
  const drills = DRILLS.filter(({ short }) => all || short);
  for (const drill of drills) await runDrill(drill, running, log);
  log(`${drills.length} of ${DRILLS.length} drills ended as was written down before`);
}

async function deploy(cluster: LiveCluster, { stacks }: DeclaredPhase): Promise<void> {
  for (const { objects } of stacks) {
    assert.deepEqual(await applyObjects(cluster, objects), []);
    await waitForQuotas(cluster, objects);
  }
}
