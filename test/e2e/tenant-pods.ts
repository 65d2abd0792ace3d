type Fields = Record<string, unknown>;

/** A pod that a tenant with the queue of its own may run: restricted, one NPU. */
export interface PodOptions {
  readonly namespace: string;
  readonly name?: string;
  readonly image: string;
  readonly resources?: Fields;
  readonly annotations?: Record<string, string>;
  readonly spec?: Fields;
  readonly container?: Fields;
}

export function tenantPod({
  namespace,
  name = 'probe',
  image,
  resources,
  annotations,
  spec,
  container,
}: PodOptions) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      annotations: { 'scheduling.volcano.sh/queue-name': namespace, ...annotations },
    },
    spec: {
      schedulerName: 'volcano',
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [tenantContainer(image, resources, container)],
      ...spec,
    },
  };
}

export function tenantContainer(image: string, resources?: Fields, more: Fields = {}) {
  return {
    name: 'main',
    image,
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    ...(resources ? { resources } : {}),
    ...more,
  };
}
