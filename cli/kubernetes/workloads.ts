import type { V1PodTemplateSpec } from '@kubernetes/client-node';
import type { KubernetesObject } from '../../core/kubernetes/object';

/** A workload of any kind: the template of its pods, by the name of what has several. */
export interface Workload {
  readonly templates: Readonly<Record<string, V1PodTemplateSpec>>;
  readonly selector?: unknown;
}

type Spec = {
  readonly template?: V1PodTemplateSpec;
  readonly selector?: unknown;
  readonly leaderWorkerTemplate?: {
    readonly leaderTemplate?: V1PodTemplateSpec;
    readonly workerTemplate?: V1PodTemplateSpec;
  };
  readonly jobTemplate?: { readonly spec?: { readonly template?: V1PodTemplateSpec } };
};

/** Kinds that make pods. */
export const WORKLOADS = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'LeaderWorkerSet',
]);

export function isWorkload({ kind }: { readonly kind: string }): boolean {
  return WORKLOADS.has(kind);
}

/** The pods of an object whose kind is one of `WORKLOADS`. */
export function workloadOf(object: KubernetesObject): Workload {
  const spec: Spec = object.spec ?? {};
  const { template, selector, leaderWorkerTemplate: group = {}, jobTemplate } = spec;
  const { leaderTemplate, workerTemplate } = group;
  const all = { '': template ?? jobTemplate?.spec?.template, leader: leaderTemplate };
  const templates = Object.entries({ ...all, worker: workerTemplate }).filter(
    (entry): entry is [string, V1PodTemplateSpec] => entry[1] !== undefined,
  );
  return {
    templates: Object.fromEntries(templates),
    ...(selector === undefined ? {} : { selector }),
  };
}

/** All containers of a template, those that run first before the others. */
export function containersOf({ spec }: V1PodTemplateSpec) {
  return [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
}
