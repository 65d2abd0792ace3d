import type { Construct } from 'constructs';
import { ComputeCluster, type ComputeClusterProps, type NodePoolProps } from '../../constructs';

/** A pool of two Atlas 800T A2: 16 NPUs of 64 GiB, 5.008 PF. */
export const SMALL_POOL: NodePoolProps = {
  name: 'npu',
  serverForm: 'atlas-800t-a2',
  accelerator: '910B3',
  servers: 2,
};

export function smallCluster(
  scope: Construct,
  props: Partial<ComputeClusterProps> = {},
): ComputeCluster {
  return new ComputeCluster(scope, 'cluster', {
    clusterName: 'c-1',
    pools: [SMALL_POOL],
    managementHosts: ['c-1-mgmt-001'],
    ...props,
  });
}

/** Messages of the ValidationError that `make` throws. @throws Error when it throws none */
export function problemsOf(make: () => unknown): string[] {
  try {
    make();
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  throw new Error('nothing was thrown');
}
