import { App } from 'cdktf';
import { validateAll } from '../stacks/build';
import { ClusterStack } from '../stacks/cluster-stack';

/** Synthesizes the cluster layer alone: `servers` NPU servers with labels, components and rules. */
function main([servers = '400', outdir = '']: string[]): void {
  const app = new App({ outdir, skipValidation: true });
  const phase = {
    id: 'bench',
    milestonePetaflops: 1,
    inService: 'planned',
    source: 'bench',
    cluster: {
      name: 'bench',
      pools: [
        {
          name: 'npu',
          serverForm: 'atlas-800t-a2',
          accelerator: '910B3',
          servers: Number(servers),
        } as const,
      ],
      managementServers: 3,
      weights: { server: 'weights.internal', path: '/models' },
    },
  };
  new ClusterStack(app, phase, { kubeconfig: '~/.kube/config', contexts: {} }, []);
  validateAll(app);
  app.synth();
}

main(process.argv.slice(2));
