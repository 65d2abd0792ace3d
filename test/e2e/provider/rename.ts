import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { Construct } from 'constructs';
import { movedFrom } from '../../../constructs';
import { customResource } from '../../../constructs/custom-resource';
import { Terraform } from '../terraform';
import type { DeployedByTerraform } from './deployed';
import { synthesizeStack } from './synthesize-stack';

const NAME = 'renamed';
const STACK = 'rename';

/** A construct gets another id: Terraform moves its objects in the state, and leaves those of the cluster alone. */
export async function rename({ cluster, states, log }: DeployedByTerraform): Promise<void> {
  const output = join(states, '../rename/cdktf.out');
  mkdirSync(output, { recursive: true });
  const terraform = new Terraform(output);
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAME } };
  const uid = async () =>
    (await cluster.get<{ metadata: { uid: string } }>(namespace))?.metadata.uid;
  synthesize(output, cluster.target, 'before');
  await terraform.must(STACK, 'init');
  await terraform.must(STACK, 'apply', '-auto-approve');
  const before = await uid();
  synthesize(output, cluster.target, 'after', 'before');
  const plan = await terraform.must(STACK, 'plan');
  assert.match(plan, /Plan: 0 to add, 0 to change, 0 to destroy/);
  assert.equal(plan.match(/ has moved to /g)?.length, 3);
  await terraform.must(STACK, 'apply', '-auto-approve');
  await terraform.planIsEmpty([STACK]);
  // What has moved everywhere is no longer said.
  synthesize(output, cluster.target, 'after');
  await terraform.planIsEmpty([STACK]);
  assert(before);
  assert.equal(await uid(), before);
  await terraform.must(STACK, 'destroy', '-auto-approve');
  log('a construct renamed: 3 objects moved, none added, changed or destroyed');
}

function synthesize(
  outdir: string,
  target: DeployedByTerraform['cluster']['target'],
  id: string,
  oldId?: string,
): void {
  synthesizeStack(outdir, STACK, target, (stack) => {
    const construct = new Construct(stack, id);
    const namespace = new NamespaceV1(construct, 'Resource', { metadata: { name: NAME } });
    new ConfigMapV1(construct, 'map', {
      metadata: { name: NAME, namespace: namespace.metadata.name },
    });
    customResource(construct, 'queue', {
      apiVersion: 'scheduling.volcano.sh/v1beta1',
      kind: 'Queue',
      metadata: { name: NAME },
      spec: { weight: 1 },
    });
    if (oldId !== undefined) movedFrom(construct, oldId);
  });
}
