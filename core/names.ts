/**
 * Prefix of labels and annotations that are ours. `.internal` is reserved for private use, so the
 * prefix cannot clash with a public project's.
 */
export const LABEL_PREFIX = 'aicc.internal';

/** Field manager of everything that we patch on objects of others. */
export const FIELD_MANAGER = 'ai-computing-centre';

export const MANAGED_BY: Readonly<Record<string, string>> = {
  'app.kubernetes.io/managed-by': 'terraform',
};

/** Labels of NPU servers: pool, and rack (unique in the centre). */
export const POOL_LABEL = `${LABEL_PREFIX}/pool`;
export const RACK_LABEL = `${LABEL_PREFIX}/rack`;

/** Label of every namespace of a tenant; its value is the tenant. */
export const TENANT_LABEL = `${LABEL_PREFIX}/tenant`;

/** Label of a namespace that the API server lets nobody delete; its value is `true`. */
export const PROTECTED_LABEL = `${LABEL_PREFIX}/protected`;

/**
 * Annotations of a tenant's namespace that admission policies read. Tenants cannot edit them: no
 * role inside a namespace allows writing the namespace itself.
 */
export const TENANT_ANNOTATIONS = {
  /** Volcano queue that pods must name. Without it the queue is not checked. */
  queue: `${LABEL_PREFIX}/queue`,
  /** Prefixes of images, with commas: `quay.io/ascend/,registry.example/`. Without it all are allowed. */
  imagePrefixes: `${LABEL_PREFIX}/image-prefixes`,
  /** Names of priority classes, with commas. Without it all but the system's are allowed. */
  priorityClasses: `${LABEL_PREFIX}/priority-classes`,
} as const;

/**
 * Label of the pods and the Service of a serving; its value is the name of the serving. Series of
 * pods carry it as `serving`: vLLM's own `model_name` is the alias, which several servings may have.
 */
export const SERVING_LABEL = 'app.kubernetes.io/instance';

/** End of the name of a LeaderWorkerSet, which begins with that of its serving; rules read it back. */
export const GROUP_SUFFIX = '-group';

/** Name of the ConfigMap of `kube-public` that says what a cluster should be. */
export const DECLARED_CAPACITY = 'declared-capacity';
