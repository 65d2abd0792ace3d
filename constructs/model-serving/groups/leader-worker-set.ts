import type { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import type { V1PodTemplateSpec } from '@kubernetes/client-node';
import type { Construct } from 'constructs';
import { QUEUE_ANNOTATION } from '../../../core/accelerator';
import { GROUP_SUFFIX } from '../../../core/names';
import { customResource } from '../../custom-resource';
import { LEADER_LABEL, servingPod } from '../pod';
import type { Rollout } from '../rollout';
import type { ResolvedServing } from '../serving';

/** Kind and version of LeaderWorkerSet, for what refers to one. */
export const LEADER_WORKER_SET = {
  apiVersion: 'leaderworkerset.x-k8s.io/v1',
  kind: 'LeaderWorkerSet',
} as const;

/**
 * The part of a LeaderWorkerSet that is used here (kubernetes-sigs/lws
 * api/leaderworkerset/v1/leaderworkerset_types.go). A replica is a group of `size` pods.
 */
interface LeaderWorkerSetSpec {
  /** Groups. @default - an autoscaler decides */
  readonly replicas?: number;
  readonly startupPolicy: 'LeaderCreated' | 'LeaderReady';
  readonly rolloutStrategy: {
    readonly type: 'RollingUpdate';
    readonly rollingUpdateConfiguration: {
      /** In groups. */
      readonly maxSurge: number;
      readonly maxUnavailable: number;
    };
  };
  readonly leaderWorkerTemplate: {
    readonly size: number;
    readonly restartPolicy: 'RecreateGroupOnPodRestart';
    readonly leaderTemplate: V1PodTemplateSpec;
    readonly workerTemplate: V1PodTemplateSpec;
  };
}

/**
 * Name of the LeaderWorkerSet of a serving. Its manager makes a headless Service of the same name, by
 * which the pods of a group find their leader, so it must not be that of the serving's own Service.
 */
export function groupName(serving: string): string {
  return `${serving}${GROUP_SUFFIX}`;
}

/** Longest name of a serving with groups: names of workers and of their revisions are made from it. */
export const MAX_GROUP_SERVING_NAME = 40;

/** Replicas of a serving that are groups of pods, each placed as a whole; their manager and CRD are prerequisites. */
export function addGroups(
  scope: Construct,
  id: string,
  serving: ResolvedServing,
  { replicas, maxSurge, maxUnavailable, annotations }: Rollout,
): Manifest {
  const { metadata, tenant, fit } = serving;
  return customResource<{ spec: LeaderWorkerSetSpec }>(scope, id, {
    ...LEADER_WORKER_SET,
    metadata: {
      ...metadata,
      name: groupName(metadata.name),
      // The manager writes the queue into the PodGroup that it makes for each group.
      annotations: { [QUEUE_ANNOTATION]: tenant.namespace, ...annotations },
    },
    spec: {
      ...(replicas === undefined ? {} : { replicas }),
      // All pods at once: the PodGroup then wants all of them, or none is placed.
      startupPolicy: 'LeaderCreated',
      rolloutStrategy: {
        type: 'RollingUpdate',
        rollingUpdateConfiguration: { maxSurge, maxUnavailable },
      },
      leaderWorkerTemplate: {
        size: fit.pods,
        // Ranks cannot join again one by one.
        restartPolicy: 'RecreateGroupOnPodRestart',
        leaderTemplate: servingPod(serving, 'leader'),
        workerTemplate: servingPod(serving, 'worker'),
      },
    },
  });
}

/** Selects the pods of a serving that answer: of groups, the leaders. */
export function answeringPods({ selector, fit }: ResolvedServing): Record<string, string> {
  return fit.pods > 1 ? { ...selector, ...LEADER_LABEL } : selector;
}
