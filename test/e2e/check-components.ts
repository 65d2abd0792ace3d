import assert from 'node:assert/strict';
import type { DeclaredPhase } from '../../cli/declared/phase';
import { isReady } from '../../cli/live/conditions';
import { waitFor } from '../../cli/live/wait-for';
import { type ComputeCluster, npuToleration } from '../../constructs';
import type { Kubectl } from '../helpers/kubectl';
import type { Pod } from './pods';

/** Components and the namespace of each; DaemonSets have a pod on every NPU node and nowhere else. */
const DAEMON_SETS = [
  ['kube-system', 'ascend-device-plugin-daemonset'],
  ['npu-exporter', 'npu-exporter'],
  ['mindx-dl', 'noded'],
] as const;

/** Every component runs exactly where it should, and its pods are ready. */
export async function checkComponents(
  kubectl: Kubectl,
  cluster: ComputeCluster,
  log: (line: string) => void,
): Promise<void> {
  const hosts = cluster.pools.flatMap((pool) =>
    pool.hosts.filter((host) => host.inService).map((host) => host.name),
  );
  for (const [namespace, name] of DAEMON_SETS) {
    const nodes = await nodesOf(kubectl, namespace, name, hosts.length);
    assert.deepEqual(nodes, [...hosts].sort(), `${name} is not on exactly the NPU nodes`);
    log(`${namespace}/${name}: a pod on each of ${nodes.length} NPU nodes, none elsewhere`);
  }
  const nodes = await nodesOf(kubectl, 'mindx-dl', 'clusterd', 1);
  assert(cluster.managementHosts.includes(nodes[0] ?? ''), `clusterd is on ${nodes}`);
  log(`mindx-dl/clusterd: on management node ${nodes}`);
}

/** Downloads of weights ask for no NPUs, and find a place among the servers without. */
export async function checkDownloads(
  kubectl: Kubectl,
  cluster: ComputeCluster,
  { objects }: DeclaredPhase,
  log: (line: string) => void,
): Promise<void> {
  const wanted = objects.filter(({ object }) => object.kind === 'Job').length;
  const selector = ['--all-namespaces', '--selector', 'app.kubernetes.io/name=weights-download'];
  const nodes = await waitFor(
    `${wanted} downloads have a node`,
    60,
    async () => {
      const pods = await kubectl.items<Pod>(['pods', ...selector]);
      return pods.flatMap(({ spec }) => spec.nodeName ?? []);
    },
    (found) => found.length === wanted,
  );
  const elsewhere = nodes.filter((node) => !cluster.managementHosts.includes(node));
  assert.deepEqual(elsewhere, [], 'downloads are on NPU servers');
  log(`${wanted} downloads of weights: on management nodes`);
}

/** A pod that asks for NPUs of a pool, as servings do, is on a server of that pool. */
export async function checkPools(
  kubectl: Kubectl,
  cluster: ComputeCluster,
  log: (line: string) => void,
): Promise<void> {
  const items = cluster.pools.map((pool) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${pool.name}-probe`, namespace: 'default' },
    spec: {
      schedulerName: 'volcano',
      nodeSelector: cluster.nodeSelector(pool),
      tolerations: [npuToleration(pool.resourceName)],
      containers: [
        {
          name: 'probe',
          image: 'registry.example/probe:1',
          resources: { limits: { [pool.resourceName]: '1' } },
        },
      ],
    },
  }));
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  await kubectl.must(['create', '-f', '-'], list);
  try {
    for (const pool of cluster.pools) {
      const [node = ''] = await nodesOf(kubectl, 'default', pool.name, 1);
      assert(
        pool.hosts.some(({ name }) => name === node),
        `a pod of pool ${pool.name} is on ${node}`,
      );
      log(`pool ${pool.name}: a pod that asks for ${pool.resourceName} is on ${node}`);
    }
  } finally {
    await kubectl.must(['delete', '--ignore-not-found', '-f', '-'], list);
  }
}

async function nodesOf(
  kubectl: Kubectl,
  namespace: string,
  name: string,
  wanted: number,
): Promise<string[]> {
  const pods = await waitFor(
    `${wanted} pods of ${name}`,
    120,
    async () =>
      (await kubectl.items<Pod>(['pods', '--namespace', namespace])).filter((pod) =>
        pod.metadata.name.startsWith(`${name}-`),
      ),
    (all) => all.length >= wanted && all.every(isReady),
  );
  return pods.map((pod) => pod.spec.nodeName ?? '').sort();
}
