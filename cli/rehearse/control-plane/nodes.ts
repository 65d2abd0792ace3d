import { type ComputeCluster, devicePluginLabels, MAX_PODS, npuTaint } from '../../../constructs';
import type { Kubectl } from './kubectl';

interface SimulatedNode {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly effect: string }[];
  readonly capacity: Readonly<Record<string, string>>;
}

/**
 * Nodes as they would have joined: the taint that the host's kubelet registers with, the devices
 * and labels that the device plugin reports. Our own labels are left to the cluster stack.
 */
export function simulatedNodes(cluster: ComputeCluster): SimulatedNode[] {
  const npuNodes = cluster.pools.flatMap((pool) => {
    const { form, accelerator, npus } = pool.server;
    return pool.hosts
      .filter((host) => host.inService)
      .map((host) => ({
        name: host.name,
        labels: {
          'kubernetes.io/arch': form.architecture,
          ...devicePluginLabels(accelerator),
        },
        taints: [npuTaint(pool.resourceName)],
        capacity: {
          cpu: `${form.cpus.value}`,
          memory: `${form.memoryGib.value}Gi`,
          pods: `${pool.maxPods}`,
          // docs/hosts.md: more than 300 GB for /var.
          'ephemeral-storage': '300Gi',
          [pool.resourceName]: `${npus}`,
        },
      }));
  });
  const management = cluster.managementHosts.map((name) => ({
    name,
    labels: { 'kubernetes.io/arch': 'arm64' },
    taints: [],
    capacity: { cpu: '64', memory: '256Gi', pods: `${MAX_PODS}`, 'ephemeral-storage': '300Gi' },
  }));
  return [...npuNodes, ...management];
}

/** Creates the nodes, several calls at a time, and says how many there are. */
export async function createNodes(
  kubectl: Kubectl,
  nodes: readonly SimulatedNode[],
): Promise<number> {
  const size = Math.ceil(nodes.length / 4);
  const batches = Array.from({ length: 4 }, (_, index) =>
    nodes.slice(index * size, (index + 1) * size),
  ).filter((batch) => batch.length > 0);
  await Promise.all(
    batches.map((batch) =>
      kubectl.must(
        ['create', '-f', '-'],
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items: batch.map(toNode) }),
      ),
    ),
  );
  return nodes.length;
}

function toNode({ name, labels, taints, capacity }: SimulatedNode) {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, ...labels },
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
    },
    spec: { taints },
    status: { capacity, allocatable: capacity },
  };
}
