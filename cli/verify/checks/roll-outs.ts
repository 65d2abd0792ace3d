import type { V1DaemonSet, V1Deployment, V1Node, V1Pod } from '@kubernetes/client-node';
import type { Check } from '../../checks/check';
import { type DeclaredPhase, objectsOf } from '../../declared/phase';
import type { Said } from '../../findings';
import { isReady } from '../../live/conditions';
import type { KubernetesObject } from '../../manifests/render';
import type { VerifySubject } from '../subject';

interface Named {
  readonly kind?: string;
  readonly metadata?: { readonly namespace?: string; readonly name?: string };
}

function about({ kind, metadata }: Named, statement: string): Said {
  return { path: `${kind} ${metadata?.namespace}/${metadata?.name}`, statement };
}

export const deploymentsRolledOut: Check<VerifySubject> = {
  id: 'AICC-VER-005',
  level: 'error',
  title: 'roll-outs are complete',
  why:
    'Terraform waits for no workload, because a model may load for longer than a deployment ' +
    'lasts: here it shows whether all replicas are new and available.',
  // Terraform waits for none of these: a model may load for longer than a deployment lasts.
  remedy: 'see the pods that do not run; AICC-VER-006 says why',
  check: async (subject) => [
    await deploymentsBehind(subject),
    await daemonsBehind(subject),
    await groupsBehind(subject),
  ],
};

async function deploymentsBehind({ phase, liveOf }: VerifySubject) {
  return (await liveOf<V1Deployment>('Deployment')).map((deployment) => {
    // Where none are declared, an autoscaler decides.
    const wanted = declaredReplicas(phase, deployment) ?? deployment.spec?.replicas ?? 1;
    const { updatedReplicas = 0, availableReplicas = 0, replicas = 0 } = deployment.status ?? {};
    const done = [updatedReplicas, availableReplicas, replicas];
    if (!behind(deployment) && done.every((count) => count === wanted)) return undefined;
    const sum = `${availableReplicas} available and ${updatedReplicas} updated of ${wanted}`;
    return about(deployment, `${sum}, ${replicas} there`);
  });
}

async function daemonsBehind({ cluster, liveOf }: VerifySubject) {
  const nodes = await cluster.list<V1Node>('v1', 'Node');
  return (await liveOf<V1DaemonSet>('DaemonSet')).map((daemon) => {
    const selector = Object.entries(daemon.spec?.template.spec?.nodeSelector ?? {});
    const wanted = nodes.filter(({ metadata }) =>
      selector.every(([key, value]) => metadata?.labels?.[key] === value),
    ).length;
    const { numberReady: ready = 0, updatedNumberScheduled: updated = 0 } = daemon.status ?? {};
    if (!behind(daemon) && ready === wanted && updated === wanted) return undefined;
    return about(daemon, `${ready} ready and ${updated} updated on ${wanted} nodes`);
  });
}

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

async function groupsBehind({ liveOf }: VerifySubject) {
  return (await liveOf<LeaderWorkerSet>('LeaderWorkerSet')).map((set) => {
    const wanted = set.spec.replicas ?? 1;
    const { readyReplicas: ready = 0, updatedReplicas: updated = 0 } = set.status ?? {};
    if (ready === wanted && updated === wanted) return undefined;
    return about(set, `${ready} groups ready and ${updated} updated of ${wanted}`);
  });
}

export const podsRun: Check<VerifySubject> = {
  id: 'AICC-VER-006',
  level: 'error',
  title: 'pods of the phase run',
  why:
    'Where a roll-out is not complete, its pods say why: an image that cannot be pulled, a ' +
    'claim that is not bound, no server that fits.',
  remedy: 'see ServingStartTooLong and NpuPodsPending in docs/runbook.md',
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
    return open.map((pod) => about({ ...pod, kind: 'pod' }, whyNot(pod)));
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
