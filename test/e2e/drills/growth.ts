import { join } from 'node:path';
import type { V1Pod } from '@kubernetes/client-node';
import { type DeclaredPhase, readPhases } from '../../../cli/declared/phase';
import { describeObject } from '../../../cli/kubernetes/describe';
import { isReady } from '../../../cli/live/conditions';
import { applyObjects } from '../../../cli/rehearse/apply';
import { createNodes, simulatedNodes } from '../../../cli/rehearse/simulated-nodes';
import { synthesizeCentre } from '../../../stacks/build';
import { tianjin } from '../../../stacks/tianjin';
import type { Drill, Running } from './drill';
import { phaseState, wholeState } from './state';
import { watchChanges } from './watch-changes';

const ADDED = 2;

/** The phase with more servers in its first pool. */
function grown({ phase, folder, plane }: Running): DeclaredPhase {
  const output = join(folder, 'grown');
  const { kubeconfig, context } = plane.kubectl;
  const phases = tianjin.phases.map((entry) => {
    const [pool, ...others] = entry.cluster.pools;
    if (entry.id !== phase.id || !pool) return entry;
    const { targetPetaflops: _, ...rest } = pool;
    const servers = (phase.cluster.pools[0]?.hosts.length ?? 0) + ADDED;
    return { ...entry, cluster: { ...entry.cluster, pools: [{ ...rest, servers }, ...others] } };
  });
  const settings = {
    environment: phase.id,
    kubeconfig,
    contexts: { [phase.cluster.name]: context },
  };
  synthesizeCentre({ ...tianjin, phases }, settings, output);
  const [found] = readPhases(output, [phase.id]);
  if (!found) throw new Error('the grown phase was not synthesized');
  return found;
}

export const serversAdded: Drill = {
  name: 'servers added to a pool',
  short: true,
  cannotShow: 'that links and driver of the new servers are well: docs/hosts.md says how to look',
  prepare: async (running) => {
    const { cluster, phase } = running;
    const larger = grown(running);
    const whole = wholeState(phase);
    const known = new Set(simulatedNodes(phase).map(describeObject));
    const joining = simulatedNodes(larger).filter((node) => !known.has(describeObject(node)));
    const changes = await watchChanges(cluster, phase.objects);
    const daemons = phase.cluster.components.filter(({ replicas }) => replicas === undefined);
    return {
      steps: [
        {
          what: 'only the two objects that state numbers of the cluster change, and no pod ends',
          expected: {
            ...whole,
            readyNodes: whole.readyNodes + ADDED,
            changed: [
              'ConfigMap kube-public/declared-capacity',
              'PrometheusRule monitoring/ai-computing-centre',
            ],
            deleted: [],
            podsOnNewServers: ADDED * daemons.length,
          },
          act: async () => {
            await createNodes(cluster, joining);
            await applyObjects(cluster, larger.objects);
          },
          observe: async () => {
            const names = joining.map(({ metadata }) => metadata.name);
            const pods = await cluster.list<V1Pod>('v1', 'Pod');
            return {
              ...(await phaseState(cluster, phase)),
              changed: changes.changed(),
              deleted: changes.deleted(),
              podsOnNewServers: pods.filter(
                (pod) => names.includes(pod.spec?.nodeName ?? '') && isReady(pod),
              ).length,
            };
          },
        },
      ],
      undo: async () => {
        changes.stop();
        await applyObjects(cluster, phase.objects);
        await Promise.all(joining.map((node) => cluster.remove(node)));
      },
    };
  },
};
