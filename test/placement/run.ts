import { performance } from 'node:perf_hooks';
import Table from 'cli-table3';
import { waitFor } from '../../cli/live/wait-for';
import { atEnd, cleanUp, wasInterrupted } from '../../cli/process/clean-up';
import { buildControlPlane } from '../../cli/rehearse/control-plane/build';
import { SIMULATED } from '../../cli/rehearse/simulated-nodes';
import { type ClusterInventory, placeCluster, sum } from '../../constructs';
import { type Demand, demands, packNodes } from '../../core/capacity/placement/demand';
import { shuffled } from '../../core/capacity/placement/random';
import { RACK_LABEL } from '../../core/names';
import { startTestPlane } from '../helpers/control-plane';
import type { Kubectl } from '../helpers/kubectl';
import { removeTemporaryFolders } from '../helpers/temporary-folder';
import { centreScenarios, fullScenario, type Scenario } from './scenarios';

/** Seeds of the orders in which pods are submitted. */
const ORDERS = [1, 2, 3, 4, 5];

interface Pod {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly nodeName?: string };
  readonly status: {
    readonly conditions?: readonly { readonly type: string; readonly reason?: string }[];
  };
}

function log(line: string): void {
  console.log(`placement: ${line}`);
}

/** Places the pods of clusters with the packer and, in random orders, with a real scheduler. */
async function main(): Promise<void> {
  atEnd(removeTemporaryFolders);
  const scenarios = [...centreScenarios(['phase-100p', 'phase-1000p']), fullScenario(40)];
  const { kubectl } = await startTestPlane(await buildControlPlane(log), 'placement');
  await waitFor(
    'account of the namespace',
    60,
    () => kubectl.run(['get', 'serviceaccount', 'default']),
    ({ code }) => code === 0,
  );
  const table = new Table({
    head: ['cluster', 'pods', 'NPUs', 'packer', ...ORDERS.map((seed) => `order ${seed}`)],
    style: { head: [], border: [], compact: true },
  });
  for (const scenario of scenarios) table.push(await compare(kubectl, scenario));
  console.log(table.toString());
  log(
    'share of pods with a server, and of their NPUs; the scheduler places one pod after the other and knows no groups',
  );
}

async function compare(kubectl: Kubectl, { name, cluster }: Scenario): Promise<string[]> {
  const pods = podsOf(cluster);
  const all = { pods: pods.length, npus: sum(pods.map((pod) => pod.npus)) };
  const start = performance.now();
  const placement = placeCluster(cluster);
  const packed = {
    pods: placement.pods.length,
    npus: sum(placement.pods.map((pod) => pod.npus)),
  };
  log(
    `${name}: packer ${placement.outcome} in ${(performance.now() - start).toFixed(0)} ms; ${placement.summary}`,
  );
  await create(kubectl, simulatedNodes(cluster));
  const results: string[] = [];
  for (const seed of ORDERS) {
    const scheduled = await schedule(kubectl, shuffled(pods, seed));
    results.push(share(scheduled, all));
    log(
      `${name}: order ${seed}: ${scheduled.pods} of ${all.pods} pods, ${scheduled.npus} of ${all.npus} NPUs`,
    );
    await kubectl.must(['delete', 'pods', '--all', '--force', '--grace-period=0', '--wait=true']);
  }
  await kubectl.must(['delete', 'nodes', '--all', '--wait=true']);
  return [name, `${all.pods}`, `${all.npus}`, share(packed, all), ...results];
}

function share(found: { pods: number; npus: number }, all: { pods: number; npus: number }): string {
  const percent = (part: number, whole: number) => `${((part / whole) * 100).toFixed(1)} %`;
  return `${percent(found.pods, all.pods)} (${percent(found.npus, all.npus)})`;
}

interface NamedPod extends Demand {
  readonly id: string;
}

/** One entry a pod, with a name that Kubernetes takes. */
function podsOf(cluster: ClusterInventory): NamedPod[] {
  return demands(cluster).flatMap((unit) =>
    Array.from({ length: unit.pods }, (_, index) => ({
      ...unit,
      id: `${unit.name.replace(/[^a-z0-9-]/g, '-')}-${index}`,
    })),
  );
}

/** Servers with what they have for pods beside host and components, as the packer counts it. */
function simulatedNodes(cluster: ClusterInventory): object[] {
  return packNodes(cluster).map(({ name, labels, taints, ...node }) => {
    const capacity = {
      cpu: `${node.milliCpus}m`,
      memory: `${node.memoryMib}Mi`,
      pods: `${node.pods}`,
      ...(node.npus > 0 ? { [node.resourceName]: `${node.npus}` } : {}),
    };
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels, annotations: { [SIMULATED]: 'fake' } },
      spec: { taints },
      status: { capacity, allocatable: capacity },
    };
  });
}

async function create(kubectl: Kubectl, items: readonly object[]): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items };
  await kubectl.must(['create', '-f', '-'], JSON.stringify(list));
}

/** Submits pods in their order, and waits until the scheduler has decided on each. */
async function schedule(kubectl: Kubectl, pods: readonly NamedPod[]) {
  await create(kubectl, pods.map(manifest));
  const npus = new Map(pods.map((pod) => [pod.id, pod.npus]));
  const { found } = await waitFor(
    'a decision on every pod',
    300,
    async () => {
      const found = await kubectl.items<Pod>(['pods']);
      return { found, open: found.filter((pod) => !decided(pod)).length };
    },
    ({ found, open }) => found.length === pods.length && open === 0,
  );
  const placed = found.filter((pod) => pod.spec.nodeName !== undefined);
  return {
    pods: placed.length,
    npus: sum(placed.map((pod) => npus.get(pod.metadata.name) ?? 0)),
  };
}

function decided({ spec, status }: Pod): boolean {
  const refused = status.conditions?.some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'Unschedulable',
  );
  return spec.nodeName !== undefined || refused === true;
}

/** No server is named: the scheduler has the choice that it has with Volcano's profile. */
function manifest(pod: NamedPod) {
  const resources = {
    cpu: `${pod.milliCpus}m`,
    memory: `${pod.memoryMib}Mi`,
    ...(pod.npus > 0 ? { [pod.resourceName]: `${pod.npus}` } : {}),
  };
  const labels = { spread: (pod.spread?.key ?? pod.name).replace(/[^a-z0-9-]/g, '-') };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: pod.id, labels },
    spec: {
      schedulerName: 'volcano',
      nodeSelector: pod.nodeSelector,
      tolerations: pod.tolerations,
      automountServiceAccountToken: false,
      containers: [
        { name: 'main', image: 'none', resources: { requests: resources, limits: resources } },
      ],
      // As servings have it: a wish.
      ...(pod.spread
        ? {
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: RACK_LABEL,
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: { matchLabels: labels },
              },
            ],
          }
        : {}),
    },
  };
}

main()
  .catch((error: unknown) => {
    if (wasInterrupted()) return;
    console.error(`placement: FAILED: ${(error as Error).message}`);
    process.exitCode = 1;
  })
  .finally(cleanUp);
