import type { V1DaemonSet, V1Deployment, V1Node, V1Pod } from '@kubernetes/client-node';
import type { Finding } from '../../../core/rules';
import type { Check } from '../../checks/check';
import { type DeclaredPhase, objectsOf } from '../../declared/phase';
import { isReady } from '../../live/pods';
import type { KubernetesObject } from '../../manifests/render';
import type { VerifySubject } from '../subject';

const about = ({
  kind,
  metadata,
}: {
  kind?: string;
  metadata?: { namespace?: string; name?: string };
}) => `${kind} ${metadata?.namespace}/${metadata?.name}`;

/** Terraform waits for none of these: a model may load for longer than a deployment lasts. */
const REMEDY = 'see the pods that do not run; AICC-VER-006 says why';

export const deploymentsRolledOut: Check<VerifySubject> = {
  id: 'AICC-VER-005',
  level: 'error',
  title: 'roll-outs are complete',
  why:
    'Terraform waits for no workload, because a model may load for longer than a deployment ' +
    'lasts: here it shows whether all replicas are new and available.',
  async check(subject) {
    const { phase, liveOf, cluster } = subject;
    const found: Finding[] = [];
    for (const deployment of await liveOf<V1Deployment>('Deployment')) {
      // Where none are declared, an autoscaler decides.
      const wanted = declaredReplicas(phase, deployment) ?? deployment.spec?.replicas ?? 1;
      const status = deployment.status ?? {};
      const done = [status.updatedReplicas, status.availableReplicas, status.replicas].map(
        (n) => n ?? 0,
      );
      if (behind(deployment) || done.some((count) => count !== wanted)) {
        const [updated, available, there] = done;
        found.push({
          path: about(deployment),
          statement: `${available} available and ${updated} updated of ${wanted}, ${there} there`,
          remedy: REMEDY,
        });
      }
    }
    const nodes = await cluster.list<V1Node>('v1', 'Node');
    for (const daemon of await liveOf<V1DaemonSet>('DaemonSet')) {
      const selector = Object.entries(daemon.spec?.template.spec?.nodeSelector ?? {});
      const wanted = nodes.filter(({ metadata }) =>
        selector.every(([key, value]) => metadata?.labels?.[key] === value),
      ).length;
      const { numberReady = 0, updatedNumberScheduled = 0 } = daemon.status ?? {};
      if (behind(daemon) || numberReady !== wanted || updatedNumberScheduled !== wanted) {
        found.push({
          path: about(daemon),
          statement: `${numberReady} ready and ${updatedNumberScheduled} updated on ${wanted} nodes`,
          remedy: REMEDY,
        });
      }
    }
    return [...found, ...(await groupsRolledOut(subject))];
  },
};

function declaredReplicas(phase: DeclaredPhase, { metadata }: V1Deployment): number | undefined {
  const declared = objectsOf(phase, 'Deployment').find(
    (object) =>
      object.metadata.name === metadata?.name && object.metadata.namespace === metadata?.namespace,
  );
  return (declared?.spec as { replicas?: number } | undefined)?.replicas;
}

interface Counted {
  readonly metadata?: { readonly generation?: number };
  readonly status?: { readonly observedGeneration?: number };
}

function behind({ metadata, status }: Counted): boolean {
  return (status?.observedGeneration ?? 0) < (metadata?.generation ?? 0);
}

interface LeaderWorkerSet extends KubernetesObject {
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly readyReplicas?: number; readonly updatedReplicas?: number };
}

async function groupsRolledOut({ liveOf }: VerifySubject): Promise<Finding[]> {
  return (await liveOf<LeaderWorkerSet>('LeaderWorkerSet')).flatMap((set): Finding[] => {
    const wanted = set.spec.replicas ?? 1;
    const { readyReplicas = 0, updatedReplicas = 0 } = set.status ?? {};
    return readyReplicas === wanted && updatedReplicas === wanted
      ? []
      : [
          {
            path: about(set),
            statement: `${readyReplicas} groups ready and ${updatedReplicas} updated of ${wanted}`,
            remedy: REMEDY,
          },
        ];
  });
}

export const podsRun: Check<VerifySubject> = {
  id: 'AICC-VER-006',
  level: 'error',
  title: 'pods of the phase run',
  why:
    'Where a roll-out is not complete, its pods say why: an image that cannot be pulled, a ' +
    'claim that is not bound, no server that fits.',
  async check({ phase, cluster }) {
    const namespaces = new Set(
      ['Deployment', 'DaemonSet', 'LeaderWorkerSet'].flatMap((kind) =>
        objectsOf(phase, kind).map(({ metadata }) => metadata.namespace),
      ),
    );
    const pods = await cluster.list<V1Pod>('v1', 'Pod');
    const open = pods.filter(
      (pod) =>
        namespaces.has(pod.metadata?.namespace) &&
        !isReady(pod) &&
        !['Succeeded', 'Failed'].includes(pod.status?.phase ?? ''),
    );
    return open.map((pod) => ({
      path: `pod ${pod.metadata?.namespace}/${pod.metadata?.name}`,
      statement: whyNot(pod),
      remedy: 'see ServingStartTooLong and NpuPodsPending in docs/runbook.md',
    }));
  },
};

function whyNot({ status, metadata }: V1Pod): string {
  if (metadata?.deletionTimestamp) return 'is ending';
  const containers = [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
  ];
  const waiting = containers.find(({ state }) => state?.waiting)?.state?.waiting;
  if (waiting) return [waiting.reason, waiting.message].filter(Boolean).join(': ');
  const condition = status?.conditions?.find((c) => c.status === 'False');
  return condition?.message ?? `is ${status?.phase ?? 'unknown'}`;
}
