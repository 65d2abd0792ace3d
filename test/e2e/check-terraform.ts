import assert from 'node:assert/strict';
import type { DeclaredPhase } from '../../cli/declared/phase';
import type { PhaseStacks } from '../../stacks/built-centre';
import type { Kubectl } from '../helpers/kubectl';
import { checkOldProvider } from './check-old-provider';
import { standIn } from './check-servings';
import { Terraform } from './terraform';

/**
 * Where Terraform has the provider at hand: applies the stacks of a phase, shows that a second plan
 * is empty, also after a node was cordoned, and destroys them again. Says so where it has not.
 */
export async function checkTerraform(
  kubectl: Kubectl,
  output: string,
  { cluster, tenants, models }: PhaseStacks,
  declared: DeclaredPhase,
  log: (line: string) => void,
): Promise<void> {
  const terraform = new Terraform(output);
  const stacks = [cluster, tenants, models].map((stack) => stack.node.id);
  const missing = await terraform.unavailable(stacks[0] ?? '');
  if (missing) {
    log(`Terraform part left out: ${missing}`);
    return;
  }
  await checkOldProvider(output, stacks, log);
  const inventory = cluster.cluster.inventory();
  for (const stack of stacks) {
    await terraform.must(stack, 'init');
    await terraform.must(stack, 'validate');
    const applied = await terraform.must(stack, 'apply', '-auto-approve');
    log(`${stack}: ${/Resources: .+/.exec(applied)?.[0]}`);
  }
  const stand = await standIn(kubectl, declared, log);
  await terraform.planIsEmpty(stacks);
  log('all pods ready; a second plan of the three stacks is empty');
  await checkScaled(kubectl, terraform, models.node.id, log);

  const node = cluster.cluster.pools[0]?.hosts[0]?.name ?? '';
  await kubectl.must(['cordon', node]);
  await terraform.planIsEmpty(stacks);
  log(`the plan is empty after ${node} was cordoned, too`);

  await stand.stopGroups();
  for (const stack of [...stacks].reverse()) {
    await terraform.must(stack, 'destroy', '-auto-approve');
  }
  await stand.removeVolumes();
  const { taints } = (
    JSON.parse(await kubectl.must(['get', 'node', node, '-o', 'json'])) as {
      spec: { taints?: { key: string }[] };
    }
  ).spec;
  assert(taints?.some((taint) => taint.key === 'node.kubernetes.io/unschedulable'));
  await kubectl.must(['uncordon', node]);
  const left = await kubectl.items<{ metadata: { name: string } }>(['namespaces']);
  const own = new Set(inventory.tenants.map((tenant) => tenant.namespace));
  assert.deepEqual(
    left.map((item) => item.metadata.name).filter((name) => own.has(name)),
    [],
  );
  log('destroyed: no namespace of a tenant is left, the cordon is');
}

interface Autoscaler {
  readonly metadata: { readonly namespace: string };
  readonly spec: {
    readonly maxReplicas: number;
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
  };
}

/** What an autoscaler sets is its own: no plan sets it back. */
async function checkScaled(
  kubectl: Kubectl,
  terraform: Terraform,
  stack: string,
  log: (line: string) => void,
): Promise<void> {
  const all = await kubectl.items<Autoscaler>(['hpa', '--all-namespaces']);
  const known = await groupsHaveSchema(kubectl);
  const autoscalers = all.filter(({ spec }) => known || spec.scaleTargetRef.kind === 'Deployment');
  if (autoscalers.length < all.length) {
    log('scaled groups left out: Terraform replaces objects of kinds without a schema');
  }
  const targets = autoscalers.map(({ metadata, spec }) => ({
    args: [spec.scaleTargetRef.kind, spec.scaleTargetRef.name, '-n', metadata.namespace],
    replicas: spec.maxReplicas,
  }));
  const replicas = async (args: readonly string[]) =>
    Number(await kubectl.must(['get', ...args, '-o', 'jsonpath={.spec.replicas}']));
  const before = await Promise.all(targets.map(({ args }) => replicas(args)));
  for (const target of targets) {
    await kubectl.must(['scale', ...target.args, `--replicas=${target.replicas}`]);
  }
  await terraform.planIsEmpty([stack]);
  for (const [index, { args }] of targets.entries()) {
    await kubectl.must(['scale', ...args, `--replicas=${before[index]}`]);
  }
  const names = targets.map(({ args, replicas }) => `${args[0]} ${args[1]} to ${replicas}`);
  log(`the plan is empty after autoscalers' work, too: ${names.join(', ')}`);
}

async function groupsHaveSchema(kubectl: Kubectl): Promise<boolean> {
  const schema = 'jsonpath={.spec.versions[0].schema.openAPIV3Schema.properties.spec.type}';
  const crd = 'leaderworkersets.leaderworkerset.x-k8s.io';
  return (await kubectl.must(['get', 'crd', crd, '-o', schema])) === 'object';
}
