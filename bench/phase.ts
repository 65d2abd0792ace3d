import { PhaseStack } from '../stacks/phase-stack';

export const SETTINGS = { kubeconfig: '~/.kube/config', contexts: {} };

/** A stack of a phase that holds what a measurement is about. */
export class BenchStack extends PhaseStack {}

/** A phase `bench` with one cluster of so many Atlas 800T A2. */
export function benchPhase(servers: number) {
  return {
    id: 'bench',
    milestonePetaflops: 1,
    inService: 'planned',
    source: 'bench',
    cluster: {
      name: 'bench',
      pools: [{ name: 'npu', serverForm: 'atlas-800t-a2', accelerator: '910B3', servers } as const],
      managementServers: 3,
      weights: { server: 'weights.internal', path: '/models' },
    },
  };
}
