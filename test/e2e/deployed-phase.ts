import { join } from 'node:path';
import { type DeclaredPhase, readPhases } from '../../cli/declared/phase';
import { LiveCluster, type Target } from '../../cli/live/cluster';
import { atEnd } from '../../cli/process/clean-up';
import {
  installPrerequisites,
  missingPrerequisites,
  sayWithoutSchema,
} from '../../cli/rehearse/control-plane/prerequisites';
import {
  phaseObjects,
  refuseIfTaken,
  refuseRealNodes,
  takeAway,
} from '../../cli/rehearse/given-cluster';
import { createNodes, simulatedNodes } from '../../cli/rehearse/simulated-nodes';
import type { NodePoolProps } from '../../constructs';
import { synthesizeCentre } from '../../stacks/build';
import type { PhaseStacks } from '../../stacks/built-centre';
import type { Serving, Tenant } from '../../stacks/centre';
import { tianjin } from '../../stacks/tianjin';
import { startTestPlane } from '../helpers/control-plane';
import { Kubectl } from '../helpers/kubectl';
import { checkPhase, HOST_ACCESS_NAMESPACE, TENANTS } from './check-phase';
import { groupsOf } from './check-roles';
import { checkTerraform } from './check-terraform';
import { CRDS, type Log, type StageContext } from './stage';
import { givenCluster } from './target';

const PHASE = 'phase-100p';

/** Servers of another form beside those of the phase: clusters may be mixed. */
const EDGE_POOL: NodePoolProps = {
  name: 'edge',
  serverForm: 'atlas-300i-duo-server',
  accelerator: '310P',
  servers: 2,
};

/** Applies a phase, with Terraform first where it is at hand, and looks closely at what comes of it. */
export async function deployedPhase({ folder, programs, log }: StageContext): Promise<void> {
  const given = givenCluster(process.env);
  const kubectl = given
    ? new Kubectl(given.kubeconfig, given.context)
    : (await startTestPlane(await programs(), PHASE)).kubectl;
  const phase = synthesize(kubectl, folder);
  if (given) await leaveAsFound(kubectl, phase, log);
  else {
    const cluster = LiveCluster.open(kubectl);
    const missing = await missingPrerequisites(cluster, phase.declared, CRDS);
    const without = sayWithoutSchema(missing);
    if (without) log(without);
    await installPrerequisites(cluster, missing);
  }
  await check(kubectl, phase, log);
}

interface Phase {
  readonly output: string;
  readonly stacks: PhaseStacks;
  readonly declared: DeclaredPhase;
}

/** A cluster of the user must not have anything of the phase, before and after. */
async function leaveAsFound(target: Target, { declared }: Phase, log: Log): Promise<void> {
  const cluster = LiveCluster.open(target);
  await refuseRealNodes(cluster);
  await refuseIfTaken(cluster, declared);
  atEnd(async () => {
    await takeAway(cluster, phaseObjects(declared));
    log(`objects and nodes of ${PHASE} removed from context ${target.context}`);
  });
}

function synthesize(kubectl: Kubectl, folder: string): Phase {
  const output = join(folder, 'cdktf.out');
  const settings = {
    environment: PHASE,
    kubeconfig: kubectl.kubeconfig,
    contexts: { 'tj-1': kubectl.context },
    // What the test makes it takes away again.
    protectTenants: false,
  };
  const phases = tianjin.phases.map((phase) => ({
    ...phase,
    cluster: {
      ...phase.cluster,
      pools: [...phase.cluster.pools, EDGE_POOL],
      options: {
        ...phase.cluster.options,
        hostAccessNamespaces: [
          ...(phase.cluster.options?.hostAccessNamespaces ?? []),
          HOST_ACCESS_NAMESPACE,
        ],
      },
    },
  }));
  const tenants = tianjin.tenants.map((tenant) => ({ ...tenant, ...forTest(tenant.name) }));
  const servings = tianjin.servings.map((serving) => ({ ...serving, ...scaledForTest(serving) }));
  const centre = { ...tianjin, phases, tenants, servings };
  const stacks = synthesizeCentre(centre, settings, output).phases.at(-1);
  const [declared] = readPhases(output, [PHASE]);
  if (!stacks || !declared) throw new Error('the centre has no phases');
  return { output, stacks, declared };
}

/** What tenants get beside the data, so that it can be seen to work. */
function forTest(name: string): Partial<Tenant> {
  if (name === TENANTS.own) {
    return { imagePrefixes: [TENANTS.imagePrefix], groups: groupsOf(name) };
  }
  return name === TENANTS.cordoned
    ? { state: 'cordoned', imagePrefixes: [TENANTS.imagePrefix] }
    : {};
}

/** Groups are scaled as groups: seen on the one of the phase. */
function scaledForTest({ model }: Serving): Partial<Serving> {
  return model === 'deepseek-r1'
    ? { replicas: undefined, autoscaling: { minReplicas: 1, maxReplicas: 2 } }
    : {};
}

async function check(
  kubectl: Kubectl,
  { output, stacks, declared }: Phase,
  log: Log,
): Promise<void> {
  log(`Kubernetes ${await serverVersion(kubectl)}, context ${kubectl.context}`);
  const nodes = simulatedNodes(declared);
  log(`${await createNodes(LiveCluster.open(kubectl), nodes)} simulated nodes created`);
  await checkTerraform(kubectl, output, stacks, declared, log);
  await checkPhase(kubectl, output, stacks, declared, log);
}

async function serverVersion(kubectl: Kubectl): Promise<string> {
  return JSON.parse(await kubectl.must(['version', '-o', 'json'])).serverVersion.gitVersion;
}
