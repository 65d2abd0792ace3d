/**
 * Typed resources of the provider, and the Kubernetes kind that each stands for: its group and version, and its
 * name.
 */
export const KINDS: Readonly<Record<string, readonly [apiVersion: string, kind: string]>> = {
  kubernetes_cluster_role_binding_v1: ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
  kubernetes_cluster_role_v1: ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  kubernetes_config_map_v1: ['v1', 'ConfigMap'],
  kubernetes_cron_job_v1: ['batch/v1', 'CronJob'],
  kubernetes_daemon_set_v1: ['apps/v1', 'DaemonSet'],
  // Kubernetes makes this account with every namespace; the resource sets what is on it.
  kubernetes_default_service_account_v1: ['v1', 'ServiceAccount'],
  kubernetes_deployment_v1: ['apps/v1', 'Deployment'],
  kubernetes_horizontal_pod_autoscaler_v2: ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  kubernetes_job_v1: ['batch/v1', 'Job'],
  kubernetes_limit_range_v1: ['v1', 'LimitRange'],
  kubernetes_namespace_v1: ['v1', 'Namespace'],
  kubernetes_network_policy_v1: ['networking.k8s.io/v1', 'NetworkPolicy'],
  kubernetes_persistent_volume_claim_v1: ['v1', 'PersistentVolumeClaim'],
  kubernetes_persistent_volume_v1: ['v1', 'PersistentVolume'],
  kubernetes_pod_disruption_budget_v1: ['policy/v1', 'PodDisruptionBudget'],
  kubernetes_pod_v1: ['v1', 'Pod'],
  kubernetes_priority_class_v1: ['scheduling.k8s.io/v1', 'PriorityClass'],
  kubernetes_resource_quota_v1: ['v1', 'ResourceQuota'],
  kubernetes_role_binding_v1: ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  kubernetes_role_v1: ['rbac.authorization.k8s.io/v1', 'Role'],
  kubernetes_secret_v1: ['v1', 'Secret'],
  kubernetes_service_account_v1: ['v1', 'ServiceAccount'],
  kubernetes_service_v1: ['v1', 'Service'],
  kubernetes_stateful_set_v1: ['apps/v1', 'StatefulSet'],
  kubernetes_storage_class_v1: ['storage.k8s.io/v1', 'StorageClass'],
};

/** The service account that Kubernetes makes with every namespace, and what sets something on it. */
export const DEFAULT_ACCOUNT = 'kubernetes_default_service_account_v1';
export const DEFAULT_ACCOUNT_NAME = 'default';

/**
 * Name in `@kubernetes/client-node` of the kind of a typed resource, `V1Deployment`.
 * @returns undefined for a resource type that is not known
 */
export function modelOf(resourceType: string): string | undefined {
  const [, kind] = KINDS[resourceType] ?? [];
  return kind && `${resourceType.slice(resourceType.lastIndexOf('_') + 1).toUpperCase()}${kind}`;
}

/** Arguments of typed resources that tell Terraform something and are not part of the object. */
export const TERRAFORM_ONLY: ReadonlySet<string> = new Set([
  '//',
  'count',
  'depends_on',
  'for_each',
  'lifecycle',
  'provider',
  'timeouts',
  'wait_for_completion',
  'wait_for_default_service_account',
  'wait_for_load_balancer',
  'wait_for_rollout',
  'wait_for_service_account_token',
  'wait_until_bound',
]);
