import assert from 'node:assert/strict';
import type { V1Node, V1Pod } from '@kubernetes/client-node';
import type { LiveCluster, ObjectRef } from '../../../cli/live/cluster';
import { isReady } from '../../../cli/live/conditions';
import { waitFor } from '../../../cli/live/wait-for';
import { LOST_LABEL } from '../../../cli/rehearse/control-plane/configuration';
import { ends } from '../pods';
import type { Drill, Running, Step } from './drill';
import { isJob, phaseState, racks, wholeState, workByNode } from './state';

const node = (name: string): ObjectRef => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } });

/** The kubelet of a server is heard of no more; what the node controller writes 50 s later is written at once. */
async function lose(cluster: LiveCluster, names: readonly string[]): Promise<void> {
  const condition = { type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown' };
  for (const name of names) {
    await cluster.patch(node(name), { metadata: { labels: { [LOST_LABEL]: 'true' } } });
    await cluster.patch(node(name), { status: { conditions: [condition] } }, 'status');
  }
}

/** What an operator does who knows that a server is off: its pods may start elsewhere for good. */
async function outOfService(cluster: LiveCluster, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const live = await cluster.get<{ spec: { taints?: object[] } }>(node(name));
    const taint = { key: 'node.kubernetes.io/out-of-service', value: 'off', effect: 'NoExecute' };
    await cluster.patch(node(name), { spec: { taints: [...(live?.spec.taints ?? []), taint] } });
  }
}

/** They are lost, and somebody knows. */
async function takeAway(cluster: LiveCluster, names: readonly string[]): Promise<void> {
  await lose(cluster, names);
  await outOfService(cluster, names);
}

/** The servers are back as they first joined. */
async function back({ cluster, phase }: Running, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await cluster.patch(node(name), {
      metadata: { labels: { [LOST_LABEL]: null } },
      spec: { taints: phase.cluster.pools[0]?.taints },
    });
  }
  await waitFor(
    'the servers are back, with the pods that stayed on them',
    60,
    async () => {
      const nodes = await Promise.all(names.map((name) => cluster.get<V1Node>(node(name))));
      return nodes.filter((live) => live && !isReady(live)).length + (await revive(cluster, names));
    },
    (missing) => missing === 0,
  );
}

/**
 * What a kubelet says of containers that ran all the time: the node controller has written that they
 * are not ready, and KWOK does not look at a pod again. @returns how many there were
 */
async function revive(cluster: LiveCluster, names: readonly string[]): Promise<number> {
  const pods = (await cluster.list<V1Pod>('v1', 'Pod')).filter(
    (pod) =>
      names.includes(pod.spec?.nodeName ?? '') &&
      pod.status?.podIP !== undefined &&
      pod.status.phase === 'Running' &&
      !ends(pod) &&
      !isReady(pod),
  );
  for (const { metadata, status } of pods) {
    const conditions = status?.conditions?.map((c) => ({ ...c, status: 'True' }));
    const { name = '', namespace } = metadata ?? {};
    const ref = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } };
    await cluster.patch(ref, { status: { conditions } }, 'status');
  }
  return pods.length;
}

/** Everything is as before. */
function backAgain(running: Running, names: readonly string[]): Step {
  const { cluster, phase } = running;
  return {
    what: 'back again',
    expected: { ...wholeState(phase) },
    act: () => back(running, names),
    observe: () => phaseState(cluster, phase),
  };
}

const NOT_SHOWN =
  'how long Kubernetes takes to notice (50 s by default), and waits for pods that do not say how long themselves (300 s, here 1 s); what happens on the server';

/** A server with several pods of models. */
async function busyServer({ cluster, phase }: Running): Promise<[name: string, pods: number]> {
  const byNode = await workByNode(cluster, phase);
  const [name, pods] = [...byNode].find(([, all]) => !all.every(isJob) && all.length > 1) ?? [];
  assert(name && pods);
  return [name, pods.length];
}

export const serverLost: Drill = {
  name: 'a server lost',
  short: true,
  cannotShow: NOT_SHOWN,
  prepare: async (running) => {
    const { cluster, phase } = running;
    const whole = wholeState(phase);
    const [name] = await busyServer(running);
    return {
      steps: [
        {
          what: 'taken out of service, its work runs elsewhere and it holds nothing any more',
          expected: { ...whole, readyNodes: whole.readyNodes - 1 },
          act: () => takeAway(cluster, [name]),
          observe: () => phaseState(cluster, phase),
        },
        backAgain(running, [name]),
      ],
      undo: async () => {},
    };
  },
};

export const serverLostUnseen: Drill = {
  name: 'a server lost, and nobody takes it out of service',
  short: false,
  cannotShow: NOT_SHOWN,
  prepare: async (running) => {
    const { cluster, phase } = running;
    const whole = wholeState(phase);
    const [name, pods] = await busyServer(running);
    return {
      steps: [
        {
          what: 'its pods run elsewhere, and go on counting where they were',
          expected: { ...whole, readyNodes: whole.readyNodes - 1, ending: pods },
          act: () => lose(cluster, [name]),
          observe: () => phaseState(cluster, phase),
        },
        backAgain(running, [name]),
      ],
      undo: async () => {},
    };
  },
};

export const rackLost: Drill = {
  name: 'a rack lost',
  short: false,
  cannotShow: NOT_SHOWN,
  prepare: async (running) => {
    const { cluster, phase } = running;
    const whole = wholeState(phase);
    const byNode = await workByNode(cluster, phase);
    // The rack with most work on it.
    const load = (names: readonly string[]) => names.filter((name) => byNode.has(name)).length;
    const [names = []] = [...racks(phase).values()].sort((a, b) => load(b) - load(a));
    assert.equal(names.length, 4);
    return {
      steps: [
        {
          what: 'all guarantees are kept by the servers that are left',
          expected: { ...whole, readyNodes: whole.readyNodes - 4 },
          act: () => takeAway(cluster, names),
          observe: () => phaseState(cluster, phase),
        },
        backAgain(running, names),
      ],
      undo: async () => {},
    };
  },
};

export const overTheSpare: Drill = {
  name: 'one server more lost than are free',
  short: false,
  cannotShow: `${NOT_SHOWN}; the order in which Volcano would place`,
  prepare: async (running) => {
    const { cluster, phase } = running;
    const whole = wholeState(phase);
    const byNode = await workByNode(cluster, phase);
    const free = [...racks(phase).values()].flat().filter((name) => !byNode.has(name)).length;
    // Servers with a job that needs a whole one: each can move to a free server and nowhere else.
    const movable = [...byNode].filter(([, pods]) => pods.length === 1 && pods.every(isJob));
    const names = movable.slice(0, free + 1).map(([name]) => name);
    assert.equal(names.length, free + 1);
    const [first = '', ...rest] = names;
    return {
      steps: [
        {
          what: 'one job waits, and every model serves',
          expected: {
            ...whole,
            readyNodes: whole.readyNodes - names.length,
            jobs: whole.jobs - 1,
            pending: 1,
            npus: whole.npus - 8,
          },
          act: () => takeAway(cluster, names),
          observe: () => phaseState(cluster, phase),
        },
        {
          what: 'one server back: nothing waits',
          expected: { ...whole, readyNodes: whole.readyNodes - names.length + 1 },
          act: () => back(running, [first]),
          observe: () => phaseState(cluster, phase),
        },
        {
          what: 'all back',
          expected: { ...whole },
          act: () => back(running, rest),
          observe: () => phaseState(cluster, phase),
        },
      ],
      undo: async () => {},
    };
  },
};
