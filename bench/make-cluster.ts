import { App } from 'cdktf';
import { validateAll } from '../stacks/build';
import { ClusterStack } from '../stacks/cluster-stack';
import { benchPhase, SETTINGS } from './phase';

/** Synthesizes the cluster layer alone: `servers` NPU servers with labels, components and rules. */
function main([servers = '400', outdir = '']: string[]): void {
  const app = new App({ outdir, skipValidation: true });
  new ClusterStack(app, benchPhase(Number(servers)), SETTINGS, []);
  validateAll(app);
  app.synth();
}

main(process.argv.slice(2));
