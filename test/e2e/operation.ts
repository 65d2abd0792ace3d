import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type DeclaredPhase, readPhases } from '../../cli/declared/phase';
import { LiveCluster } from '../../cli/live/cluster';
import { applyObjects, waitForQuotas } from '../../cli/rehearse/apply';
import {
  installPrerequisites,
  missingPrerequisites,
} from '../../cli/rehearse/control-plane/prerequisites';
import { startControlPlane } from '../../cli/rehearse/control-plane/start';
import { createNodes, simulatedNodes } from '../../cli/rehearse/simulated-nodes';
import { synthesizeCentre } from '../../stacks/build';
import { tianjin } from '../../stacks/tianjin';
import { checkPreflight } from './preflight/check-preflight';
import { SiteControllers } from './site-controllers';
import { CRDS, type StageContext } from './stage';
import { givenCluster } from './target';
import { checkVerify } from './verify/check-verify';

const PHASE = 'phase-100p';

/** A phase in operation, on a control plane of its own: looked at before it is deployed, and after. */
export async function operation({ folder, programs, log }: StageContext): Promise<void> {
  if (givenCluster(process.env)) {
    log('preflight and verify left out: they plant faults, and the cluster is given');
    return;
  }
  const { kubectl, stop } = await startControlPlane(await programs(), 'operation');
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
  } finally {
    await site.stop();
  }
  cluster.close();
  await stop();
}

async function deploy(cluster: LiveCluster, { stacks }: DeclaredPhase): Promise<void> {
  for (const { objects } of stacks) {
    assert.deepEqual(await applyObjects(cluster, objects), []);
    await waitForQuotas(cluster, objects);
  }
}
