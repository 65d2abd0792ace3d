import { quantity } from '../../../core/capacity/quantity';
import type { Difference } from './diff';

/**
 * Attributes for which the provider replaces a resource instead of changing it, by kind. Where there is
 * a plan, its `replace_paths` decide.
 *
 * Source: `ForceNew` in the schemas of hashicorp/terraform-provider-kubernetes 3.2.1
 * (`kubernetes/resource_kubernetes_*_v1.go`, `schema_metadata.go`, `schema_job_spec.go`,
 * `schema_stateful_set_spec.go`, `schema_persistent_volume_claim.go`), as paths of Kubernetes.
 */
const BY_KIND: Readonly<Record<string, RegExp>> = {
  ClusterRoleBinding: /^roleRef\./,
  DaemonSet: /^spec\.selector\b/,
  Deployment: /^spec\.selector\b/,
  Job: /^spec\.(template|selector|completions|completionMode|backoffLimitPerIndex|podFailurePolicy)\b/,
  PersistentVolumeClaim:
    /^spec\.(accessModes|selector|volumeName|storageClassName|volumeMode|resources\.limits)\b/,
  PodDisruptionBudget: /^spec\b/,
  PriorityClass: /^(value|preemptionPolicy)$/,
  ResourceQuota: /^spec\.scopes$/,
  RoleBinding: /^roleRef\./,
  Secret: /^type$/,
  Service: /^spec\.(clusterIP|clusterIPs|loadBalancerClass|healthCheckNodePort)$/,
  StatefulSet:
    /^spec\.(podManagementPolicy|revisionHistoryLimit|selector|serviceName|volumeClaimTemplates)\b/,
  StorageClass: /^(parameters|provisioner|volumeBindingMode|mountOptions|allowedTopologies)\b/,
};

/** `manifest/provider/plan.go` and `schema_metadata.go`: an object of another name is another object. */
const IDENTITY = /^(apiVersion|kind|metadata\.(name|namespace|generateName))$/;

/** Of a claim: it may grow in place, where its StorageClass lets it (`CustomizeDiff` of the resource). */
const CLAIMED = 'spec.resources.requests.storage';

/** @param kind of the object that the resource stands for; undefined where it stands for none */
export function replacesResource(
  type: string,
  kind: string | undefined,
  { path, before, after }: Difference,
): boolean {
  if (kind === undefined) return false;
  if (IDENTITY.test(path)) return true;
  if (type === 'kubernetes_manifest') return false;
  if (kind === 'PersistentVolumeClaim' && path === CLAIMED) return isLess(after, before);
  return BY_KIND[kind]?.test(path) === true;
}

function isLess(after: unknown, before: unknown): boolean {
  return quantity(`${after}`) < quantity(`${before}`);
}
