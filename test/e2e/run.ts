import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd, cleanUp, wasInterrupted } from '../../cli/rehearse/clean-up';
import { buildControlPlane } from '../../cli/rehearse/control-plane/build';
import { Kubectl } from '../../cli/rehearse/control-plane/kubectl';
import { createNodes, simulatedNodes } from '../../cli/rehearse/control-plane/nodes';
import { installPrerequisites } from '../../cli/rehearse/control-plane/prerequisites';
import { startControlPlane } from '../../cli/rehearse/control-plane/start';
import { phaseObjects, removePhase } from '../../cli/rehearse/phase';
import type { NodePoolProps } from '../../constructs';
import { type PhaseStacks, synthesizeCentre } from '../../stacks/build';
import type { Tenant } from '../../stacks/centre';
import { tianjin } from '../../stacks/tianjin';
import { removeTemporaryFolders } from '../helpers/temporary-folder';
import { checkNetwork } from './check-network';
import { checkPhase, HOST_ACCESS_NAMESPACE, TENANTS } from './check-phase';
import { groupsOf } from './check-roles';
import { checkTerraform } from './check-terraform';
import { SAMPLE_CAST, sampleObjects } from './network/sample';
import { givenCluster, refuseIfTaken } from './target';

const PHASE = 'phase-100p';

/** CRDs that no package registry carries, where somebody has put them beside the project. */
const CRDS = join(__dirname, '../../../shared/crds');

/** Servers of another form beside those of the phase: clusters may be mixed. */
const EDGE_POOL: NodePoolProps = {
  name: 'edge',
  serverForm: 'atlas-300i-duo-server',
  accelerator: '310P',
  servers: 2,
};

function log(line: string): void {
  console.log(`e2e: ${line}`);
}

async function main(): Promise<void> {
  await checkNetwork(sampleObjects(), SAMPLE_CAST, log);
  const folder = mkdtempSync(join(tmpdir(), 'aicc-e2e-'));
  atEnd(removeTemporaryFolders);
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const given = givenCluster(process.env);
  const kubectl = given
    ? new Kubectl(given.kubeconfig, given.context)
    : await startControlPlane(await buildControlPlane(log), PHASE);
  const phase = synthesize(kubectl, folder);
  if (given) await leaveAsFound(kubectl, phase);
  else {
    const { monitoringNamespace } = phase.stacks.cluster.cluster;
    log(await installPrerequisites(kubectl, monitoringNamespace, CRDS));
  }
  await check(kubectl, phase);
}

interface Phase {
  readonly output: string;
  readonly stacks: PhaseStacks;
}

/** A cluster of the user must not have anything of the phase, before and after. */
async function leaveAsFound(kubectl: Kubectl, { output, stacks }: Phase): Promise<void> {
  const nodes = simulatedNodes(stacks.cluster.cluster).map((node) => node.name);
  const namespaces = phaseObjects(output, PHASE)
    .filter(({ object }) => object.kind === 'Namespace')
    .map(({ object }) => object.metadata.name);
  await refuseIfTaken(kubectl, { nodes, namespaces });
  atEnd(async () => {
    await removePhase(kubectl, output, PHASE, nodes);
    log(`objects and nodes of ${PHASE} removed from context ${kubectl.context}`);
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
      options: { hostAccessNamespaces: [HOST_ACCESS_NAMESPACE] },
    },
  }));
  const tenants = tianjin.tenants.map((tenant) => ({ ...tenant, ...forTest(tenant.name) }));
  const centre = { ...tianjin, phases, tenants };
  const stacks = synthesizeCentre(centre, settings, output).phases.at(-1);
  if (!stacks) throw new Error('the centre has no phases');
  return { output, stacks };
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

async function check(kubectl: Kubectl, { output, stacks }: Phase): Promise<void> {
  log(`Kubernetes ${await serverVersion(kubectl)}, context ${kubectl.context}`);
  const nodes = simulatedNodes(stacks.cluster.cluster);
  log(`${await createNodes(kubectl, nodes)} simulated nodes created`);
  await checkTerraform(kubectl, output, stacks, log);
  await checkPhase(kubectl, output, stacks, log);
}

async function serverVersion(kubectl: Kubectl): Promise<string> {
  return JSON.parse(await kubectl.must(['version', '-o', 'json'])).serverVersion.gitVersion;
}

main()
  .catch((error: unknown) => {
    if (wasInterrupted()) return;
    console.error(`e2e: FAILED: ${(error as Error).message}`);
    process.exitCode = 1;
  })
  .finally(cleanUp)
  .then(() => {
    if (process.exitCode || wasInterrupted()) return;
    log('passed. A simulated node admits and schedules; it runs no container and pulls no image.');
  });
