import type { V1PodTemplateSpec, V2HorizontalPodAutoscalerSpec } from '@kubernetes/client-node';
import { QUEUE_ANNOTATION } from '../../core/accelerator';
import type { KubernetesObject } from '../manifests/render';

const LABELS = 'leaderworkerset.sigs.k8s.io';

/** Stands for the hash of a template, which the manager calculates. */
const REVISION = 'rehearsed';

interface LeaderWorkerSet extends KubernetesObject {
  readonly spec: {
    readonly replicas?: number;
    readonly leaderWorkerTemplate: {
      readonly size: number;
      readonly leaderTemplate: V1PodTemplateSpec;
      readonly workerTemplate: V1PodTemplateSpec;
    };
  };
}

/** One group: what the manager of LeaderWorkerSet makes for it. */
export interface ExpandedGroup {
  /** `model-services/deepseek-r1-group-0`. */
  readonly name: string;
  /** Its PodGroup, then its pods, the first one first. */
  readonly objects: readonly KubernetesObject[];
}

/**
 * The PodGroups and pods that the manager of LeaderWorkerSet would make, with
 * `gangSchedulingManagement.schedulerProvider: volcano` (kubernetes-sigs/lws pkg/controllers,
 * pkg/webhooks/pod_webhook.go, pkg/schedulerprovider/volcano_provider.go; 060ab4d). It stands in for the
 * manager, which is built for minutes from its Go module (sigs.k8s.io/lws) and does so in the end-to-end test only;
 * owners, revisions and the `minResources` of its PodGroups are left out.
 */
export function expandGroups(objects: readonly KubernetesObject[]): ExpandedGroup[] {
  return objects
    .filter(({ kind }) => kind === 'LeaderWorkerSet')
    .flatMap((object) => {
      const set = object as LeaderWorkerSet;
      const replicas = set.spec.replicas ?? leastReplicas(objects, set) ?? 1;
      return Array.from({ length: replicas }, (_, index) => expandGroup(set, index));
    });
}

/** What the autoscaler of a set begins with. @returns undefined where it has none */
function leastReplicas(
  objects: readonly KubernetesObject[],
  { metadata }: LeaderWorkerSet,
): number | undefined {
  const specs = objects
    .filter(
      (object) =>
        object.kind === 'HorizontalPodAutoscaler' &&
        object.metadata.namespace === metadata.namespace,
    )
    .map(({ spec }) => spec as V2HorizontalPodAutoscalerSpec);
  return specs.find(({ scaleTargetRef: { kind, name } }) => {
    return kind === 'LeaderWorkerSet' && name === metadata.name;
  })?.minReplicas;
}

function expandGroup(set: LeaderWorkerSet, index: number): ExpandedGroup {
  const { name, namespace } = set.metadata;
  const { size } = set.spec.leaderWorkerTemplate;
  const leader = `${name}-${index}`;
  const podGroup: KubernetesObject = {
    apiVersion: 'scheduling.volcano.sh/v1beta1',
    kind: 'PodGroup',
    metadata: {
      name: `${leader}-${REVISION}`,
      namespace,
      labels: { [`${LABELS}/name`]: name, [`${LABELS}/group-index`]: `${index}` },
    },
    spec: { minMember: size, queue: set.metadata.annotations?.[QUEUE_ANNOTATION] },
  };
  const pods = Array.from({ length: size }, (_, worker) => pod(set, index, worker));
  return { name: `${namespace}/${leader}`, objects: [podGroup, ...pods] };
}

function pod(set: LeaderWorkerSet, index: number, worker: number): KubernetesObject {
  const { name, namespace } = set.metadata;
  const { size, leaderTemplate, workerTemplate } = set.spec.leaderWorkerTemplate;
  const { metadata, spec } = worker === 0 ? leaderTemplate : workerTemplate;
  const leader = `${name}-${index}`;
  const podName = worker === 0 ? leader : `${leader}-${worker}`;
  // Before the others, so that arguments can refer to them.
  const env = [
    { name: 'LWS_LEADER_ADDRESS', value: `${leader}.${name}.${namespace}` },
    { name: 'LWS_GROUP_SIZE', value: `${size}` },
    { name: 'LWS_WORKER_INDEX', value: `${worker}` },
  ];
  const withEnv = <T extends { env?: unknown[] }>(containers: T[] = []): T[] =>
    containers.map((container) => ({ ...container, env: [...env, ...(container.env ?? [])] }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podName,
      namespace,
      labels: {
        ...metadata?.labels,
        [`${LABELS}/name`]: name,
        [`${LABELS}/group-index`]: `${index}`,
        [`${LABELS}/worker-index`]: `${worker}`,
        [`${LABELS}/template-revision-hash`]: REVISION,
      },
      annotations: {
        ...metadata?.annotations,
        [`${LABELS}/size`]: `${size}`,
        ...(worker === 0 ? {} : { [`${LABELS}/leader-name`]: leader }),
        'scheduling.k8s.io/group-name': `${leader}-${REVISION}`,
      },
    },
    spec: {
      ...spec,
      hostname: podName,
      subdomain: name,
      initContainers: withEnv(spec?.initContainers),
      containers: withEnv(spec?.containers),
    },
  } as KubernetesObject;
}
