import { MAX_PODS } from '../../core/capacity';
import { type DeclaredPhase, objectsOf } from '../declared/phase';
import type { LiveCluster } from '../live/cluster';
import type { KubernetesObject } from '../manifests/render';

/** Annotation by which KWOK knows the nodes that it plays the kubelet of. */
export const SIMULATED = 'kwok.x-k8s.io/node';

/**
 * Nodes as they would have joined: the taint that the host's kubelet registers with, the devices
 * and labels that the device plugin reports. Our own labels are left to the cluster stack.
 */
export function simulatedNodes(phase: DeclaredPhase): KubernetesObject[] {
  const { pools, management } = phase.cluster;
  const patches = objectsOf(phase, 'Node');
  const found = (name: string, labels: Readonly<Record<string, string>>) => {
    const patch = patches.find(({ metadata }) => metadata.name === name)?.metadata;
    const ours = Object.keys((patch as { labels?: object } | undefined)?.labels ?? {});
    return Object.fromEntries(Object.entries(labels).filter(([key]) => !ours.includes(key)));
  };
  const npuNodes = pools.flatMap((pool) => {
    const shared = {
      pods: `${pool.maxPods}`,
      ...EPHEMERAL,
      [pool.resourceName]: `${pool.npusPerServer}`,
    };
    const status = {
      capacity: { cpu: `${pool.cpus}`, memory: `${pool.memoryGib}Gi`, ...shared },
      allocatable: {
        cpu: `${pool.cpus - pool.systemCpus}`,
        memory: `${pool.memoryGib - pool.systemMemoryGib}Gi`,
        ...shared,
      },
    };
    return pool.hosts
      .filter((host) => host.inService)
      .map(({ name }) => node(name, found(name, pool.labels), pool.taints, status));
  });
  const { cpus, memoryGib } = management;
  // Not known of management servers; that of the NPU servers will do.
  const labels = { [ARCH]: pools[0]?.labels[ARCH] ?? 'arm64', ...management.labels };
  const size = { cpu: `${cpus}`, memory: `${memoryGib}Gi`, pods: `${MAX_PODS}`, ...EPHEMERAL };
  const managementNodes = management.hosts.map((name) =>
    node(name, found(name, labels), [], { capacity: size, allocatable: size }),
  );
  return [...npuNodes, ...managementNodes];
}

const ARCH = 'kubernetes.io/arch';

/** docs/hosts.md: more than 300 GB for /var. */
const EPHEMERAL = { 'ephemeral-storage': '300Gi' };

function node(name: string, labels: object, taints: readonly object[], status: object) {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, ...labels },
      annotations: { [SIMULATED]: 'fake' },
    },
    spec: { taints },
    status,
  };
}

/** Creates the nodes and says how many there are. */
export async function createNodes(
  cluster: LiveCluster,
  nodes: readonly KubernetesObject[],
): Promise<number> {
  await Promise.all(nodes.map((object) => cluster.create(object)));
  return nodes.length;
}
