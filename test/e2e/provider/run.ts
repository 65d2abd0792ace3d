import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type DeclaredPhase, readPhases } from '../../../cli/declared/phase';
import { LiveCluster } from '../../../cli/live/cluster';
import { applyObjects } from '../../../cli/rehearse/apply';
import {
  installPrerequisites,
  missingPrerequisites,
} from '../../../cli/rehearse/control-plane/prerequisites';
import { createNodes, simulatedNodes } from '../../../cli/rehearse/simulated-nodes';
import { synthesizeCentre } from '../../../stacks/build';
import { tianjin } from '../../../stacks/tianjin';
import { startTestPlane } from '../../helpers/control-plane';
import { CRDS, type StageContext } from '../stage';
import { givenCluster } from '../target';
import { Terraform } from '../terraform';
import { adopt } from './adopt';
import { claims } from './claims';
import type { DeployedByTerraform } from './deployed';
import { fieldDifferences, fieldsOf } from './fields';
import { rename } from './rename';

/**
 * Where Terraform has the provider at hand, on control planes of their own: what it creates is, field by field,
 * what `aicc manifests` renders, what it has lost it takes over again, and a claim of weights never goes by
 * itself. With `--all` for every phase.
 */
export async function provider(context: StageContext): Promise<void> {
  const { log, folder, all } = context;
  if (givenCluster(process.env)) {
    log('provider left out: it takes the state of a cluster away, and the cluster is given');
    return;
  }
  const phases = tianjin.phases.slice(0, all ? undefined : 1).map(({ id }) => id);
  const probe = synthesized(join(folder, 'provider-probe'), phases[0] ?? '', 'none', 'none');
  const missing = await new Terraform(probe.output).unavailable(probe.phase.stacks[0]?.name ?? '');
  if (missing) {
    log(`provider left out: ${missing}`);
    return;
  }
  for (const id of phases) await onePhase(context, id);
}

async function onePhase({ programs, folder, log }: StageContext, id: string): Promise<void> {
  const { kubectl, stop } = await startTestPlane(await programs(), `provider-${id}`);
  const states = join(folder, `provider-${id}`);
  const { kubeconfig, context } = kubectl;
  const { output, phase } = synthesized(states, id, kubeconfig, context);
  const cluster = LiveCluster.open(kubectl);
  await installPrerequisites(cluster, await missingPrerequisites(cluster, phase, CRDS));
  await createNodes(cluster, simulatedNodes(phase));
  const on: DeployedByTerraform = {
    ...{ cluster, phase, output, log, terraform: new Terraform(output) },
    states: join(states, 'terraform-state'),
  };
  await deploy(on);
  const created = await fieldsOf(cluster, phase);
  await adopt(on, `${id}: state lost`);
  await destroy(on);
  for (const { objects } of phase.stacks) {
    assert.deepEqual(await applyObjects(cluster, objects), []);
  }
  const rendered = await fieldsOf(cluster, phase);
  assert.deepEqual(fieldDifferences(created, rendered), []);
  log(
    `${id}: ${rendered.size} objects as rendered are as the provider creates them, field by field`,
  );
  await adopt(on, `${id}: objects that Terraform never made`);
  await rename(on);
  await claims(on);
  cluster.close();
  await stop();
}

function synthesized(
  folder: string,
  id: string,
  kubeconfig: string,
  context: string,
): { readonly output: string; readonly phase: DeclaredPhase } {
  const output = join(folder, 'cdktf.out');
  const own = tianjin.phases.find((phase) => phase.id === id)?.cluster.name ?? '';
  // What the test makes it takes away again.
  const contexts = { [own]: context };
  const settings = { environment: id, kubeconfig, contexts, protectTenants: false };
  synthesizeCentre(tianjin, settings, output);
  const [phase] = readPhases(output, [id]);
  if (!phase) throw new Error(`${id} was not synthesized`);
  return { output, phase };
}

async function deploy({ phase, terraform, log }: DeployedByTerraform): Promise<void> {
  const stacks = phase.stacks.map(({ name }) => name);
  for (const stack of stacks) {
    await terraform.must(stack, 'init');
    const applied = await terraform.must(stack, 'apply', '-auto-approve');
    log(`${stack}: ${/Resources: .+/.exec(applied)?.[0]}`);
  }
  await terraform.planIsEmpty(stacks);
}

async function destroy({ phase, terraform }: DeployedByTerraform): Promise<void> {
  for (const { name } of [...phase.stacks].reverse()) {
    await terraform.must(name, 'destroy', '-auto-approve');
  }
}
