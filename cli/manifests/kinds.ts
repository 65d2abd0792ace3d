/** Group and version of the Kubernetes kinds that typed resources of the provider stand for. */
const API_VERSIONS: Readonly<Record<string, string>> = {
  ClusterRole: 'rbac.authorization.k8s.io/v1',
  ClusterRoleBinding: 'rbac.authorization.k8s.io/v1',
  ConfigMap: 'v1',
  CronJob: 'batch/v1',
  DaemonSet: 'apps/v1',
  Deployment: 'apps/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  Job: 'batch/v1',
  LimitRange: 'v1',
  Namespace: 'v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  PersistentVolume: 'v1',
  PersistentVolumeClaim: 'v1',
  Pod: 'v1',
  PodDisruptionBudget: 'policy/v1',
  PriorityClass: 'scheduling.k8s.io/v1',
  ResourceQuota: 'v1',
  Role: 'rbac.authorization.k8s.io/v1',
  RoleBinding: 'rbac.authorization.k8s.io/v1',
  Secret: 'v1',
  Service: 'v1',
  ServiceAccount: 'v1',
  StatefulSet: 'apps/v1',
  StorageClass: 'storage.k8s.io/v1',
};

/** Kinds that others need to be there first, in that order; all others come after them. */
const FIRST: readonly string[] = [
  'Namespace',
  'PriorityClass',
  'StorageClass',
  'ServiceAccount',
  'ClusterRole',
  'Role',
  'ClusterRoleBinding',
  'RoleBinding',
  'ResourceQuota',
  'LimitRange',
  'NetworkPolicy',
  'ConfigMap',
  'Secret',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Service',
];

export interface KubernetesKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Name of the type in `@kubernetes/client-node`, `V1Deployment`. */
  readonly model: string;
}

/**
 * The kind that a Terraform resource type stands for: `kubernetes_deployment_v1` → Deployment.
 * @returns undefined for a type that is not known
 */
export function kindOf(resourceType: string): KubernetesKind | undefined {
  const match = /^kubernetes_([a-z0-9_]+?)_(v[0-9]+)$/.exec(resourceType);
  if (!match?.[1] || !match[2]) return undefined;
  const kind = match[1]
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  const apiVersion = API_VERSIONS[kind];
  return apiVersion === undefined
    ? undefined
    : { apiVersion, kind, model: `${match[2].toUpperCase()}${kind}` };
}

/** Rank of a kind in the order of application. */
export function rankOf(kind: string): number {
  const rank = FIRST.indexOf(kind);
  return rank < 0 ? FIRST.length : rank;
}
