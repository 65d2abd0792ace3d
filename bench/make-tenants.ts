import { App } from 'cdktf';
import { TenantNamespace } from '../constructs';
import { validateAll } from '../stacks/build';
import { ClusterStack } from '../stacks/cluster-stack';
import { BenchStack, benchPhase, SETTINGS } from './phase';

/** Synthesizes a cluster of 400 servers, and on it so many tenants with all that they get. */
function main([count = '1000', outdir = '']: string[]): void {
  const app = new App({ outdir, skipValidation: true });
  const phase = benchPhase(400);
  const { cluster } = new ClusterStack(app, phase, SETTINGS, []);
  const stack = new BenchStack(app, phase, 'tenants', SETTINGS);
  for (let index = 0; index < Number(count); index++) {
    const tenantName = `tenant-${index}`;
    new TenantNamespace(stack, tenantName, { cluster, tenantName, guarantee: 3, protect: false });
  }
  validateAll(app);
  app.synth();
}

main(process.argv.slice(2));
