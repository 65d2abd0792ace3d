import { writeFileSync } from 'node:fs';
import { App } from 'cdktf';
import { readOutput } from '../cli/manifests/read-output';
import { renderStack } from '../cli/manifests/render';
import { ComputeCluster, ModelServing, TenantNamespace } from '../constructs';
import { validateAll } from '../stacks/build';
import { BenchStack, benchPhase, SETTINGS } from './phase';

/** Resources of a tenant (17) with nine servings of five resources each. */
const RESOURCES_A_TENANT = 62;

/**
 * Synthesizes `count` resources: tenants with servings, checked and proven.
 * With a third argument, writes the Kubernetes objects that they stand for into that file.
 */
function main([count = '10540', outdir = '', objectsFile]: string[]): void {
  const app = new App({ outdir, skipValidation: true });
  const tenants = Number(count) / RESOURCES_A_TENANT;
  const phase = benchPhase(Math.ceil((tenants * 9) / 8));
  const cluster = new ComputeCluster(
    new BenchStack(app, phase, 'cluster', SETTINGS),
    phase.cluster.name,
    {
      clusterName: phase.cluster.name,
      pools: phase.cluster.pools,
      managementHosts: ['bench-mgmt-001'],
      manageNodes: false,
    },
  );
  const stack = new BenchStack(app, phase, 'models', SETTINGS);
  for (let index = 0; index < tenants; index++) {
    const tenant = new TenantNamespace(stack, `tenant-${index}`, {
      cluster,
      tenantName: `tenant-${index}`,
      guarantee: 9,
      podSecurity: 'baseline',
    });
    for (let serving = 0; serving < 9; serving++) {
      new ModelServing(stack, `serving-${index}-${serving}`, {
        tenant,
        model: 'qwen3-8b',
        servingName: `qwen-${serving}`,
        weights: phase.cluster.weights,
      });
    }
  }
  validateAll(app);
  app.synth();
  if (objectsFile) {
    const [models] = readOutput(outdir, ['bench-models']);
    if (!models) throw new Error('no stack was written');
    const objects = renderStack(models.name, models.json).map((entry) => entry.object);
    writeFileSync(objectsFile, JSON.stringify(objects));
  }
}

main(process.argv.slice(2));
