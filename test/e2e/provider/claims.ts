import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { ModelWeights, TenantNamespace } from '../../../constructs';
import { smallCluster } from '../../helpers/cluster';
import { Terraform } from '../terraform';
import type { DeployedByTerraform } from './deployed';
import { synthesizeStack } from './synthesize-stack';

const NAME = 'claimed';
const STACK = 'claims';

/** A claim of weights never goes by itself, whatever becomes of its size, and goes when it is taken out of the data. */
export async function claims({ cluster, states, log }: DeployedByTerraform): Promise<void> {
  const output = join(states, '../claims/cdktf.out');
  mkdirSync(output, { recursive: true });
  const terraform = new Terraform(output);
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAME } };
  await cluster.create(namespace);
  const claim = async () =>
    await cluster.get<{ metadata: { uid: string } }>({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: NAME, namespace: NAME },
    });
  synthesize(output, cluster.target, 68);
  await terraform.must(STACK, 'init');
  await terraform.must(STACK, 'apply', '-auto-approve');
  await terraform.planIsEmpty([STACK]);
  const before = await claim();
  assert(before);

  synthesize(output, cluster.target, 72);
  const grown = await terraform.must(STACK, 'plan');
  assert.match(grown, /will be updated in-place/);
  assert.match(grown, /"68Gi" -> "72Gi"/);
  synthesize(output, cluster.target, 64);
  for (const args of [
    ['plan'],
    ['apply', '-auto-approve'],
    ['plan', '-destroy'],
    ['destroy', '-auto-approve'],
  ]) {
    const { code, output: told } = await terraform.run(STACK, ...args);
    assert.equal(code, 1, `terraform ${args.join(' ')}`);
    assert.match(told, /Error: Instance cannot be destroyed/);
  }
  assert.equal((await claim())?.metadata.uid, before.metadata.uid);

  synthesize(output, cluster.target);
  const applied = await terraform.must(STACK, 'apply', '-auto-approve');
  assert.match(applied, /Resources: 0 added, 0 changed, 1 destroyed/);
  assert.equal(await claim(), undefined);
  await cluster.remove(namespace);
  log(
    'a claim of weights: larger in place, never smaller nor destroyed, and gone once it is out of the data',
  );
}

/** @param sizeGib undefined for a stack without the claim */
function synthesize(
  outdir: string,
  target: DeployedByTerraform['cluster']['target'],
  sizeGib?: number,
): void {
  synthesizeStack(outdir, STACK, target, (stack) => {
    // Only what a claim is made for: it is never written.
    const others = new TerraformStack(new App({ outdir }), 'others');
    const tenant = new TenantNamespace(others, NAME, {
      cluster: smallCluster(others, { weightsStorageClass: 'model-weights' }),
      tenantName: NAME,
      guarantee: 8,
    });
    if (sizeGib !== undefined) {
      new ModelWeights(stack, 'weights', { tenant, claimName: NAME, sizeGib });
    }
  });
}
