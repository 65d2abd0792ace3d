import assert from 'node:assert/strict';
import type { Kubectl } from '../../cli/rehearse/control-plane/kubectl';
import { sum } from '../../constructs';
import type { PhaseStacks } from '../../stacks/build';
import { checkOldProvider } from './check-old-provider';
import { waitForPods } from './pods';
import { Terraform } from './terraform';

/**
 * Where Terraform has the provider at hand: applies the stacks of a phase, shows that a second plan
 * is empty, also after a node was cordoned, and destroys them again. Says so where it has not.
 */
export async function checkTerraform(
  kubectl: Kubectl,
  output: string,
  { cluster, tenants, models }: PhaseStacks,
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
  const ledger = cluster.cluster.ledger();
  for (const stack of stacks) {
    await terraform.must(stack, 'init');
    await terraform.must(stack, 'validate');
    const applied = await terraform.must(stack, 'apply', '-auto-approve');
    log(`${stack}: ${/Resources: .+/.exec(applied)?.[0]}`);
  }
  await waitForPods(
    kubectl,
    ledger.tenants.map((tenant) => tenant.namespace),
    sum(ledger.servings.map((serving) => serving.replicas)),
  );
  await terraform.planIsEmpty(stacks);
  log('all pods ready; a second plan of the three stacks is empty');

  const node = cluster.cluster.pools[0]?.hosts[0]?.name ?? '';
  await kubectl.must(['cordon', node]);
  await terraform.planIsEmpty(stacks);
  log(`the plan is empty after ${node} was cordoned, too`);

  for (const stack of [...stacks].reverse()) {
    await terraform.must(stack, 'destroy', '-auto-approve');
  }
  const { taints } = (
    JSON.parse(await kubectl.must(['get', 'node', node, '-o', 'json'])) as {
      spec: { taints?: { key: string }[] };
    }
  ).spec;
  assert(taints?.some((taint) => taint.key === 'node.kubernetes.io/unschedulable'));
  await kubectl.must(['uncordon', node]);
  const left = await kubectl.items<{ metadata: { name: string } }>(['namespaces']);
  const own = new Set(ledger.tenants.map((tenant) => tenant.namespace));
  assert.deepEqual(
    left.map((item) => item.metadata.name).filter((name) => own.has(name)),
    [],
  );
  log('destroyed: no namespace of a tenant is left, the cordon is');
}
