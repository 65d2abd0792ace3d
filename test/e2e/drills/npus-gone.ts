import assert from 'node:assert/strict';
import type { V1Pod } from '@kubernetes/client-node';
import { runChecks } from '../../../cli/checks/run-checks';
import { npusOf } from '../../../cli/live/pods';
import { VERIFY } from '../../../cli/verify/registry';
import { verifySubject } from '../../../cli/verify/subject';
import { sum } from '../../../constructs';
import type { Drill } from './drill';
import { isJob, phaseState, wholeState, workByNode } from './state';

const NPU = 'huawei.com/Ascend910';

export const npusGone: Drill = {
  name: 'two of eight NPUs of a server gone',
  short: false,
  cannotShow:
    'who ends the work on the broken NPUs: that is MindCluster, whose part the second step plays; Kubernetes ends nothing',
  prepare: async ({ cluster, phase }) => {
    const whole = wholeState(phase);
    const held = (pods: readonly V1Pod[]) => sum(pods.map((pod) => npusOf(pod, NPU)));
    const [name, pods] =
      [...(await workByNode(cluster, phase))].find(
        ([, all]) => all.length === 1 && all.every(isJob) && held(all) === 8,
      ) ?? [];
    assert(name && pods);
    const [pod] = pods;
    assert(pod?.metadata?.name);
    const ref = { apiVersion: 'v1', kind: 'Node', metadata: { name } };
    const offer = (npus: number) =>
      cluster.patch(ref, { status: { allocatable: { [NPU]: `${npus}` } } }, 'status');
    const observe = async () => {
      const here = (await workByNode(cluster, phase)).get(name) ?? [];
      const { findings } = await runChecks(VERIFY, verifySubject(phase, cluster));
      const { jobs, pending } = await phaseState(cluster, phase);
      return {
        heldThere: held(here),
        samePod: here.some(({ metadata }) => metadata?.uid === pod.metadata?.uid),
        jobs,
        pending,
        found: findings.map(({ id }) => id),
      };
    };
    return {
      steps: [
        {
          what: 'the pod stays on more NPUs than are offered, and verify says so',
          expected: {
            heldThere: 8,
            samePod: true,
            jobs: whole.jobs,
            pending: 0,
            found: ['AICC-VER-007'],
          },
          act: () => offer(6),
          observe,
        },
        {
          what: 'ended, its work starts on another server: six NPUs are not enough for it',
          expected: {
            heldThere: 0,
            samePod: false,
            jobs: whole.jobs,
            pending: 0,
            found: ['AICC-VER-007'],
          },
          act: () =>
            cluster.remove({
              apiVersion: 'v1',
              kind: 'Pod',
              metadata: { name: pod.metadata?.name ?? '', namespace: pod.metadata?.namespace },
            }),
          observe,
        },
      ],
      undo: () => offer(8),
    };
  },
};
