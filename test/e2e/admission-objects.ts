import { TENANT_ANNOTATIONS, TENANT_LABEL } from '../../constructs';

/** Namespaces that the check makes. */
export const NAMESPACES = {
  /** A tenant with all annotations. */
  bound: 'admission-bound',
  /** A tenant without annotations. */
  open: 'admission-open',
  /** Becomes a tenant's when a pod is there already. */
  late: 'admission-late',
} as const;

export const QUEUE = 'tenant-queue';
export const IMAGE = 'registry.example/team/probe:1';

export const ANNOTATIONS = {
  [TENANT_ANNOTATIONS.queue]: QUEUE,
  [TENANT_ANNOTATIONS.imagePrefixes]: 'registry.example, quay.io/ascend/',
  [TENANT_ANNOTATIONS.priorityClasses]: 'batch,interactive',
};

export type Fields = Record<string, unknown>;

/** An object that is sent to the API server. */
export interface Sent extends Fields {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly annotations?: Record<string, string>;
  };
  readonly spec: Fields;
}

/** What is refused, and the same with the one mistake mended. */
export interface AdmissionCase {
  readonly id: string;
  readonly what: string;
  readonly bad: Sent;
  /** End of the message. */
  readonly got: string;
  readonly good: Sent;
}

/** A container that may be added to a pod that runs. */
export interface EphemeralCase {
  readonly id: string;
  readonly bad: Fields;
  readonly got: string;
  readonly good: Fields;
}

export function namespace(name: string, tenant: boolean, annotations: Fields = {}): Fields {
  const labels = {
    ...(tenant ? { [TENANT_LABEL]: name } : {}),
    // Pod Security must not be what refuses.
    'pod-security.kubernetes.io/enforce': 'privileged',
  };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels, annotations } };
}

/** A pod that every policy admits. */
export function pod(
  spec: Fields = {},
  container: Fields = {},
  where: string = NAMESPACES.bound,
  annotations: Record<string, string> = {},
): Sent {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'probe', namespace: where, annotations },
    spec: { containers: [{ name: 'main', image: IMAGE, ...container }], ...spec },
  };
}

export function limits(resourceName: string, npus: number | string): Fields {
  return { resources: { limits: { [resourceName]: `${npus}` } } };
}

export const QUEUE_NAME = 'scheduling.volcano.sh/queue-name';
export const IN_QUEUE = { [QUEUE_NAME]: QUEUE };
export const VOLCANO = { schedulerName: 'volcano' };

export function object(apiVersion: string, kind: string, spec: Fields, where: string): Sent {
  return { apiVersion, kind, metadata: { name: 'probe', namespace: where }, spec };
}

export function podGroup(spec: Fields, where: string = NAMESPACES.bound): Sent {
  return object('scheduling.volcano.sh/v1beta1', 'PodGroup', spec, where);
}

export function volcanoJob(spec: Fields): Sent {
  return object('batch.volcano.sh/v1alpha1', 'Job', spec, NAMESPACES.bound);
}

export function init(container: Fields): Fields {
  return { initContainers: [{ name: 'first', image: IMAGE, ...container }] };
}

export const PRIVILEGED = { securityContext: { privileged: true } };

/** An ephemeral container that every policy admits, with changes. */
export function ephemeral(changes: Fields): Fields {
  return { name: 'debug', image: 'registry.example/debug:1', ...changes };
}

/** A pod of Volcano that stays pending: no node has what it selects. */
export function waitingPod(): Sent {
  const nowhere = { nodeSelector: { 'admission.invalid/node': 'none' } };
  return pod({ ...VOLCANO, ...nowhere }, {}, NAMESPACES.bound, IN_QUEUE);
}

/** Environment of a container. */
export function env(...variables: Fields[]): Fields {
  return { env: variables };
}

/** A pod and a PodGroup that break every rule. No scheduler has the name, so the pod stays pending. */
export function lawlessObjects(resourceName: string): Sent[] {
  const { late } = NAMESPACES;
  const lawless = pod(
    {
      schedulerName: 'none',
      priorityClassName: 'online-serving',
      hostPID: true,
      hostNetwork: true,
      volumes: [{ name: 'host', hostPath: { path: '/var/log' } }],
    },
    {
      image: 'elsewhere.example/probe',
      ...PRIVILEGED,
      ...limits(resourceName, 99),
      ...env({ name: 'MOUNT_BY_RUNTIME_FOR_DP', value: 'true' }),
    },
    late,
    { [resourceName]: 'Ascend910-0' },
  );
  return [lawless, podGroup({ queue: 'other', priorityClassName: 'centre-system' }, late)];
}
