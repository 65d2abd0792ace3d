import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { V1Pod, V1PodDisruptionBudget } from '@kubernetes/client-node';
import { LiveCluster } from '../../../cli/live/cluster';
import { isReady } from '../../../cli/live/conditions';
import { waitFor } from '../../../cli/live/wait-for';
import type { KubernetesObject } from '../../../cli/manifests/render';
import { SIMULATED } from '../../../cli/rehearse/simulated-nodes';
import {
  containerOf,
  group,
  ofServing,
  only,
  podsOf,
} from '../../constructs/model-serving/fixtures';
import { startTestPlane } from '../../helpers/control-plane';
import { evict } from '../drills/drain';
import { ends } from '../pods';
import type { Log, StageContext } from '../stage';
import { givenCluster } from '../target';
import { startManager } from './manager';

const GROUPS = 2;

/** Longer than the manager takes for the workers: a real leader is ready only when these are. */
const READY_AFTER = 2;
const GROUP_INDEX = 'leaderworkerset.sigs.k8s.io/group-index';

/**
 * Drains of groups over several servers, with the real manager of LeaderWorkerSet: one pod of each of two
 * groups evicted at once.
 */
export async function groups({ folder, programs, log }: StageContext): Promise<void> {
  if (givenCluster(process.env)) {
    log('groups left out: the manager of LeaderWorkerSet needs a control plane of its own');
    return;
  }
  const home = join(folder, 'groups');
  mkdirSync(home, { recursive: true });
  const { kubectl, stop } = await startTestPlane(await programs(), 'groups', {}, READY_AFTER);
  const cluster = LiveCluster.open(kubectl);
  const stopManager = await startManager(kubectl, cluster, home, log);
  const serving = ofServing(group({ replicas: GROUPS })) as unknown as KubernetesObject[];
  for (const object of [...surroundings(serving), ...serving]) {
    await cluster.apply(object, 'aicc-e2e');
  }
  const pods = new GroupPods(cluster, serving);
  const budget = only(serving as never, 'PodDisruptionBudget') as unknown as KubernetesObject;
  const set = only(serving as never, 'LeaderWorkerSet') as unknown as KubernetesObject;
  await pods.whole(GROUPS);
  await counted(cluster, budget, GROUPS * pods.size);
  await heldBack(cluster, pods, log);
  // As an autoscaler does.
  await cluster.patch(set, { spec: { replicas: GROUPS + 1 } });
  await pods.whole(GROUPS + 1);
  await counted(cluster, budget, (GROUPS + 1) * pods.size);
  log(`groups: with ${GROUPS + 1} groups still one pod may go, of ${(GROUPS + 1) * pods.size}`);
  cluster.close();
  await stopManager();
  await stop();
}

/** The budget of the serving: the second eviction is refused until the first group is whole again. */
async function heldBack(cluster: LiveCluster, pods: GroupPods, log: Log): Promise<void> {
  const before = await pods.ofGroups(GROUPS);
  const [first, second] = before.map((own) => workerOf(own));
  assert(first && second);
  assert.equal(await evictPod(cluster, first), 'evicted');
  const since = Date.now();
  let refused = 0;
  let atGrant: readonly V1Pod[] = [];
  await waitFor(
    'the second eviction granted',
    120,
    async () => {
      const answer = await evictPod(cluster, second);
      if (answer === 'evicted') [atGrant = []] = await pods.ofGroups(GROUPS);
      else refused += 1;
      return answer;
    },
    (answer) => answer === 'evicted',
  );
  assert(refused > 0, 'the second eviction was granted beside the first');
  const ready = atGrant.filter((pod) => isReady(pod) && !ends(pod)).length;
  assert(isWhole(atGrant, pods.size), `granted with ${ready} of ${pods.size} pods ready`);
  assert.notEqual(workerOf(atGrant)?.metadata?.uid, first.metadata?.uid);
  log(
    `groups: of two evictions at once, one of each group, the second was refused ${refused} times, until the first group was whole after ${seconds(since)} s`,
  );
  await pods.whole(GROUPS);
}

/** What Kubernetes makes of the budget: one pod may go, of as many as the owners of the pods should have. */
async function counted(
  cluster: LiveCluster,
  budget: KubernetesObject,
  pods: number,
): Promise<void> {
  await waitFor(
    `a budget of ${pods} pods`,
    60,
    async () => {
      const status = (await cluster.get<Budget>(budget))?.status;
      return {
        expectedPods: status?.expectedPods,
        currentHealthy: status?.currentHealthy,
        desiredHealthy: status?.desiredHealthy,
        disruptionsAllowed: status?.disruptionsAllowed,
      };
    },
    (status) =>
      isDeepStrictEqual(status, {
        expectedPods: pods,
        currentHealthy: pods,
        desiredHealthy: pods - 1,
        disruptionsAllowed: 1,
      }),
  );
}

type Budget = Pick<V1PodDisruptionBudget, 'status'>;

/** Pods of a serving, by group. */
class GroupPods {
  /** Pods of a group. */
  readonly size: number;
  private readonly namespace: string;
  private readonly labelSelector: string;

  constructor(
    private readonly cluster: LiveCluster,
    serving: readonly KubernetesObject[],
  ) {
    const { metadata, spec } = only(serving as never, 'LeaderWorkerSet');
    this.namespace = metadata.namespace;
    this.size = spec.leaderWorkerTemplate.size;
    this.labelSelector = `leaderworkerset.sigs.k8s.io/name=${metadata.name}`;
  }

  /** The first one of each group first. */
  async ofGroups(groups: number): Promise<V1Pod[][]> {
    const path = `/api/v1/namespaces/${this.namespace}/pods`;
    const { items } = await this.cluster.call<{ items: V1Pod[] }>('GET', path, {
      query: { labelSelector: this.labelSelector },
    });
    return Array.from({ length: groups }, (_, index) =>
      items
        .filter(({ metadata }) => metadata?.labels?.[GROUP_INDEX] === `${index}`)
        .sort((a, b) => ((a.metadata?.name ?? '') < (b.metadata?.name ?? '') ? -1 : 1)),
    );
  }

  async whole(groups: number): Promise<void> {
    await waitFor(
      `${groups} groups of ${this.size} pods`,
      120,
      async () => (await this.ofGroups(groups)).map((own) => isWhole(own, this.size)),
      (states) => states.every((state) => state),
    );
  }
}

function isWhole(pods: readonly V1Pod[], size: number): boolean {
  return pods.length === size && pods.every((pod) => isReady(pod) && !ends(pod));
}

function workerOf(pods: readonly V1Pod[]): V1Pod | undefined {
  return pods.at(-1);
}

function evictPod(cluster: LiveCluster, { metadata }: V1Pod): Promise<string> {
  return evict(cluster, metadata?.namespace ?? '', metadata?.name ?? '');
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}

/** What the serving stands on: its namespace, its priority, and servers, two more than it needs. */
function surroundings(serving: readonly KubernetesObject[]): KubernetesObject[] {
  const set = only(serving as never, 'LeaderWorkerSet');
  const { leader } = podsOf(serving as never);
  const { priorityClassName: name = '', nodeSelector } = leader?.spec ?? {};
  const limits = containerOf(leader).resources?.limits;
  const servers = GROUPS * set.spec.leaderWorkerTemplate.size + 2;
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: set.metadata.namespace } },
    {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name },
      value: 1000,
      preemptionPolicy: 'Never',
    },
    ...Array.from({ length: servers }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name: `server-${index}`,
        labels: nodeSelector,
        annotations: { [SIMULATED]: 'fake' },
      },
      status: {
        capacity: { ...limits, pods: '20' },
        allocatable: { ...limits, pods: '20' },
      },
    })),
  ];
}
