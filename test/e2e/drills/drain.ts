import assert from 'node:assert/strict';
import type { V1Pod } from '@kubernetes/client-node';
import type { DeclaredPhase } from '../../../cli/declared/phase';
import { ApiError, type LiveCluster } from '../../../cli/live/cluster';
import { isReady } from '../../../cli/live/conditions';
import { LivePods } from '../../../cli/live/pods';
import { waitFor } from '../../../cli/live/wait-for';
import { applyObjects } from '../../../cli/rehearse/apply';
import { sum } from '../../../constructs';
import { SERVING_LABEL } from '../../../core/names';
import { ends } from '../pods';
import type { Drill } from './drill';
import { phaseState, wholeState, workByNode } from './state';

const servingOf = ({ metadata }: V1Pod) =>
  metadata?.labels?.['app.kubernetes.io/name'] && metadata.labels[SERVING_LABEL];

export const drained: Drill = {
  name: 'servers cordoned and drained at once',
  short: true,
  cannotShow: 'whether running requests end in time: no container runs',
  prepare: async ({ cluster, phase }) => {
    const whole = wholeState(phase);
    const byNode = await workByNode(cluster, phase);
    const { serving, replicas } = several(phase);
    // Every server that the model is on, its pods first: without a budget the drain would take all of
    // them down at one moment. Who is held back may not hear of it: the API server tries again itself.
    const isOfModel = (pod: V1Pod) => servingOf(pod) === serving;
    const toDrain = [...byNode]
      .filter(([, own]) => own.some(isOfModel))
      .map(([name, own]) => {
        const [first, then] = [own.filter(isOfModel), own.filter((pod) => !isOfModel(pod))];
        return { name, own: [...first, ...then] };
      });
    const names = toDrain.map(({ name }) => name);
    const pods = await LivePods.watch(cluster);
    let lowest = replicas;
    pods.onChange(() => {
      const ready = pods.list().filter((pod) => isOfModel(pod) && isReady(pod) && !ends(pod));
      lowest = Math.min(lowest, ready.length);
    });
    const node = (name: string) => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } });
    const cordoned = async () => {
      const nodes = await Promise.all(
        names.map((name) => cluster.get<{ spec: { unschedulable?: boolean } }>(node(name))),
      );
      return nodes.filter((live) => live?.spec.unschedulable).length;
    };
    return {
      steps: [
        {
          what: `their work runs elsewhere, ${serving} with one pod less at the least`,
          expected: {
            ...whole,
            workThere: 0,
            lowestReady: replicas - 1,
            cordoned: names.length,
          },
          act: async () => {
            for (const name of names) {
              await cluster.patch(node(name), { spec: { unschedulable: true } });
            }
            await Promise.all(toDrain.map(({ own }) => drain(cluster, own)));
          },
          observe: async () => {
            const now = await workByNode(cluster, phase);
            return {
              ...(await phaseState(cluster, phase)),
              workThere: sum(names.map((name) => now.get(name)?.length ?? 0)),
              lowestReady: lowest,
              cordoned: await cordoned(),
            };
          },
        },
        {
          what: 'the cluster stack applied again leaves the cordon',
          expected: { cordoned: names.length, refused: 0 },
          act: async () => {},
          observe: async () => {
            const [stack] = phase.stacks;
            const refused = await applyObjects(cluster, stack?.objects ?? []);
            return { cordoned: await cordoned(), refused: refused.length };
          },
        },
      ],
      undo: async () => {
        await pods.stop();
        for (const name of names)
          await cluster.patch(node(name), { spec: { unschedulable: null } });
      },
    };
  },
};

/** A model with several pods. */
function several({ cluster }: DeclaredPhase): { serving: string; replicas: number } {
  const found = cluster.servings.find(
    ({ replicas, podsPerReplica }) => replicas > 1 && podsPerReplica === 1,
  );
  assert(found, 'the phase has no model with several pods');
  return { serving: found.name, replicas: found.replicas };
}

/** As `kubectl drain`: evictions, again where a budget does not allow them yet. */
async function drain(cluster: LiveCluster, pods: readonly V1Pod[]): Promise<void> {
  for (const { metadata } of pods) {
    await waitFor(
      `eviction of ${metadata?.name}`,
      120,
      () => evict(cluster, metadata?.namespace ?? '', metadata?.name ?? ''),
      (answer) => answer === 'evicted',
    );
  }
}

/** One eviction. @returns `evicted`, or why a budget holds it back */
export async function evict(
  cluster: LiveCluster,
  namespace: string,
  name: string,
): Promise<string> {
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
  try {
    await cluster.call('POST', `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, { body });
    return 'evicted';
  } catch (error) {
    if (error instanceof ApiError && error.code === 429) return error.message;
    throw error;
  }
}
