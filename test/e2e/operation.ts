import { join } from 'node:path';
import { readPhases } from '../../cli/declared/phase';
import { LiveCluster } from '../../cli/live/cluster';
import {
  installPrerequisites,
  missingPrerequisites,
} from '../../cli/rehearse/control-plane/prerequisites';
import { startControlPlane } from '../../cli/rehearse/control-plane/start';
import { createNodes, simulatedNodes } from '../../cli/rehearse/simulated-nodes';
import { synthesizeCentre } from '../../stacks/build';
import { tianjin } from '../../stacks/tianjin';
import { checkPreflight } from './preflight/check-preflight';
import { CRDS, type StageContext } from './stage';
import { givenCluster } from './target';

const PHASE = 'phase-100p';

/** A phase in operation, on a control plane of its own: looked at before it is deployed. */
export async function operation({ folder, programs, log }: StageContext): Promise<void> {
  if (givenCluster(process.env)) {
    log('preflight left out: it plants faults, and the cluster is given');
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
  cluster.close();
  await stop();
}
