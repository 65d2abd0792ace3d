import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPhases } from '../../../../cli/declared/phase';
import { LiveCluster } from '../../../../cli/live/cluster';
import { atEnd, cleanUp } from '../../../../cli/process/clean-up';
import { buildControlPlane } from '../../../../cli/rehearse/control-plane/build';
import {
  installPrerequisites,
  missingPrerequisites,
} from '../../../../cli/rehearse/control-plane/prerequisites';
import type { Plan } from '../../../../cli/review/input/plan';
import { synthesizeCentre } from '../../../../stacks/build';
import { CRDS } from '../../../e2e/stage';
import { Terraform } from '../../../e2e/terraform';
import { startTestPlane } from '../../../helpers/control-plane';
import type { Kubectl } from '../../../helpers/kubectl';
import { base, type Edit, head, MODELS, replaced, TENANTS, withoutTenant } from './centre';

/** Makes the plans of this folder: see its README. */

const FOLDER = __dirname;

class Maker {
  readonly output: string;
  private readonly terraform: Terraform;

  constructor(
    folder: string,
    private readonly kubectl: Kubectl,
  ) {
    this.output = join(folder, 'cdktf.out');
    this.terraform = new Terraform(this.output);
  }

  /** Synthesizes a centre, edits what was written, and keeps both stacks as a fixture. */
  synthesize({ centre, edit }: Edit, name?: string): void {
    const { kubeconfig, context } = this.kubectl;
    const settings = { kubeconfig, contexts: { 'tj-1': context }, protectTenants: false };
    synthesizeCentre(centre, settings, this.output);
    for (const stack of [TENANTS, MODELS]) {
      const file = join(this.output, 'stacks', stack, 'cdk.tf.json');
      const json = JSON.parse(readFileSync(file, 'utf8'));
      edit?.(stack, json);
      writeFileSync(file, JSON.stringify(json));
      if (name) this.keep(`${name}-${stack}.tf.json`, json);
    }
  }

  /** @param withDrift whether to keep what was changed outside: half of it is noise of the provider */
  async plan(stack: string, name: string, withDrift = false): Promise<void> {
    await this.terraform.must(stack, 'init');
    await this.terraform.must(stack, 'plan', '-out=plan');
    const plan: Plan = JSON.parse(await this.terraform.must(stack, 'show', '-json', 'plan'));
    this.keep(`${name}-${stack}.plan.json`, shortened(plan, withDrift));
  }

  async apply(stack: string): Promise<void> {
    await this.terraform.must(stack, 'init');
    await this.terraform.must(stack, 'apply', '-auto-approve');
  }

  /** Without what is of this machine. */
  private keep(name: string, json: object): void {
    const text = JSON.stringify(json)
      .replaceAll(this.kubectl.kubeconfig, '~/.kube/config')
      .replaceAll(this.kubectl.context, 'tj-1')
      .replaceAll(/"uid":"[0-9a-f-]{36}"/g, '"uid":"00000000-0000-4000-8000-000000000000"');
    writeFileSync(join(FOLDER, name), `${text}\n`);
    console.log(`${name}: ${Math.round(text.length / 1024)} KiB`);
  }
}

/** What a review reads of a plan: neither state nor planned values, nor resources that stay as they are. */
function shortened(plan: Plan, withDrift: boolean): object {
  const { format_version, resource_changes = [], resource_drift = [], configuration } = plan;
  const changes = resource_changes.filter(({ change }) => change.actions.join() !== 'no-op');
  const addresses = new Set(changes.map(({ address }) => address));
  const resources = configuration?.root_module?.resources?.map((resource) =>
    addresses.has(resource.address) ? resource : { address: resource.address, mode: resource.mode },
  );
  return {
    format_version,
    resource_changes: changes,
    ...(withDrift ? { resource_drift } : {}),
    configuration: {
      provider_config: configuration?.provider_config,
      root_module: { resources },
    },
  };
}

/** What people do to a cluster by hand. */
async function drift(kubectl: Kubectl): Promise<void> {
  const model = ['-n', 'model-services'];
  await kubectl.must([...model, 'scale', 'deployment/qwen3-8b', '--replicas=5']);
  await kubectl.must([...model, 'delete', 'networkpolicy', 'default-deny']);
  const label = 'pod-security.kubernetes.io/enforce=baseline';
  await kubectl.must(['label', 'namespace', 'tianjin-normal-university', label, '--overwrite']);
  const weight = '{"spec":{"weight":7}}';
  await kubectl.must(['patch', 'queue', 'tianjin-normal-university', '--type=merge', '-p', weight]);
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'aicc-plans-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const { kubectl } = await startTestPlane(await buildControlPlane(console.log), 'plans');
  const maker = new Maker(folder, kubectl);

  maker.synthesize(base, 'base');
  const [phase] = readPhases(maker.output);
  if (!phase) throw new Error('nothing was synthesized');
  const cluster = LiveCluster.open(kubectl);
  await installPrerequisites(
    cluster,
    await missingPrerequisites(cluster, phase, process.argv[2] ?? CRDS),
  );
  cluster.close();
  await maker.apply(TENANTS);
  await maker.plan(MODELS, 'create');
  await maker.apply(MODELS);
  await maker.plan(MODELS, 'empty', true);

  maker.synthesize(head, 'head');
  await maker.plan(TENANTS, 'change');
  await maker.plan(MODELS, 'change');
  maker.synthesize(replaced);
  await maker.plan(MODELS, 'replace');
  maker.synthesize(withoutTenant);
  await maker.plan(TENANTS, 'destroy');

  // Last, because Terraform would not take back what another field manager has set.
  maker.synthesize(base);
  await drift(kubectl);
  await maker.plan(TENANTS, 'drift', true);
  await maker.plan(MODELS, 'drift', true);
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(cleanUp);
