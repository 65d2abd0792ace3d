import assert from 'node:assert/strict';
import type { V1Deployment, V1Pod } from '@kubernetes/client-node';
import type { DeclaredPhase } from '../../../cli/declared/phase';
import { objectsOf } from '../../../cli/declared/phase';
import type { LiveCluster } from '../../../cli/live/cluster';
import { isReady } from '../../../cli/live/conditions';
import { LivePods, npusOf } from '../../../cli/live/pods';
import { waitFor } from '../../../cli/live/wait-for';
import type { KubernetesObject } from '../../../cli/manifests/render';
import { FIELD_MANAGER, sum } from '../../../constructs';
import { ends } from '../pods';
import type { Drill } from './drill';
import { phaseState, wholeState, workByNode } from './state';

const FILLER = 'drill-filler';

interface Deployment extends KubernetesObject {
  readonly spec: {
    readonly replicas?: number;
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly template: {
      readonly spec: { readonly containers: readonly { readonly image: string }[] };
    };
  };
}

export const rolled: Drill = {
  name: 'a model rolled to a new image with no NPU free',
  short: true,
  cannotShow: 'how long the new image is pulled and loads its weights',
  prepare: async ({ cluster, phase }) => {
    const whole = wholeState(phase);
    const object = (objectsOf(phase, 'Deployment') as Deployment[]).find(
      ({ spec, metadata }) =>
        (spec.replicas ?? 0) > 1 &&
        phase.cluster.servings.some((serving) => serving.name === metadata.name),
    );
    assert(object, 'the phase has no model with several replicas');
    const replicas = object.spec.replicas ?? 0;
    const fillers = await fill(cluster, phase);
    const image = `${object.spec.template.spec.containers[0]?.image.split(':')[0]}:drill`;
    const labels = Object.entries(object.spec.selector.matchLabels);
    const pods = await LivePods.watch(cluster);
    const own = (pod: V1Pod) =>
      pod.metadata?.namespace === object.metadata.namespace &&
      labels.every(([key, value]) => pod.metadata?.labels?.[key] === value);
    let lowest = replicas;
    pods.onChange(() => {
      const ready = pods.list().filter((pod) => own(pod) && isReady(pod) && !ends(pod)).length;
      lowest = Math.min(lowest, ready);
    });
    const observe = async () => {
      const live = await cluster.get<V1Deployment>(object);
      const { updatedReplicas, availableReplicas, replicas: all } = live?.status ?? {};
      return {
        ...(await phaseState(cluster, phase)),
        image: live?.spec?.template.spec?.containers[0]?.image,
        updated: updatedReplicas,
        available: availableReplicas,
        all,
        lowestReady: lowest,
        fillers: await running(cluster),
      };
    };
    return {
      steps: [
        {
          what: `${object.metadata.name} rolls one pod after another, and nothing else moves`,
          expected: {
            ...whole,
            image,
            updated: replicas,
            available: replicas,
            all: replicas,
            lowestReady: replicas - 1,
            fillers,
          },
          act: () => cluster.apply(withImage(object, image), FIELD_MANAGER),
          observe,
        },
      ],
      undo: async () => {
        await pods.stop();
        await cluster.remove({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: FILLER } });
        await cluster.apply(object, FIELD_MANAGER);
        await waitFor(
          'fillers gone and the model as before',
          120,
          async () => (await running(cluster)) === 0 && (await observe()).updated === replicas,
          (done) => done,
        );
      },
    };
  },
};

function withImage(object: Deployment, image: string): KubernetesObject {
  const { template } = object.spec;
  const containers = template.spec.containers.map((container) => ({ ...container, image }));
  const spec = { ...template.spec, containers };
  return { ...object, spec: { ...object.spec, template: { ...template, spec } } };
}

/** Takes every NPU that is free, by pods of no tenant. @returns how many pods that are */
async function fill(cluster: LiveCluster, phase: DeclaredPhase): Promise<number> {
  const [pool] = phase.cluster.pools;
  assert(pool);
  await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: FILLER } });
  const byNode = await workByNode(cluster, phase);
  let count = 0;
  for (const { name } of pool.hosts.filter((host) => host.inService)) {
    const held = sum((byNode.get(name) ?? []).map((pod) => npusOf(pod, pool.resourceName)));
    const free = pool.npusPerServer - held;
    if (free === 0) continue;
    count += 1;
    await cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: FILLER },
      spec: {
        schedulerName: 'volcano',
        nodeSelector: { 'kubernetes.io/hostname': name },
        tolerations: [{ operator: 'Exists' }],
        containers: [
          {
            name: 'main',
            image: 'drill.example/filler:1',
            resources: { limits: { [pool.resourceName]: `${free}` } },
          },
        ],
      },
    });
  }
  await waitFor(
    'no NPU is free',
    60,
    () => running(cluster),
    (now) => now === count,
  );
  return count;
}

async function running(cluster: LiveCluster): Promise<number> {
  const pods = await cluster.list<V1Pod>('v1', 'Pod', { namespace: FILLER });
  return pods.filter(isReady).length;
}
