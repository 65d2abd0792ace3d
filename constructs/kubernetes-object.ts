import { ClusterRoleBindingV1 } from '@cdktf/provider-kubernetes/lib/cluster-role-binding-v1';
import { ClusterRoleV1 } from '@cdktf/provider-kubernetes/lib/cluster-role-v1';
import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { DaemonSetV1 } from '@cdktf/provider-kubernetes/lib/daemon-set-v1';
import { DefaultServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/default-service-account-v1';
import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { HorizontalPodAutoscalerV2 } from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { JobV1 } from '@cdktf/provider-kubernetes/lib/job-v1';
import { LimitRangeV1 } from '@cdktf/provider-kubernetes/lib/limit-range-v1';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { PersistentVolumeClaimV1 } from '@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { PriorityClassV1 } from '@cdktf/provider-kubernetes/lib/priority-class-v1';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import { RoleBindingV1 } from '@cdktf/provider-kubernetes/lib/role-binding-v1';
import { RoleV1 } from '@cdktf/provider-kubernetes/lib/role-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import type * as k8s from '@kubernetes/client-node';
import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { type Problem, throwIfAny } from '../core/errors';
import { DEFAULT_ACCOUNT } from '../core/kubernetes/kinds';
import type { Written } from '../core/kubernetes/object';
import { toProvider } from '../core/kubernetes/to-provider';

/** Classes of the kinds that constructs make. */
const CLASSES = {
  ClusterRole: ClusterRoleV1,
  ClusterRoleBinding: ClusterRoleBindingV1,
  ConfigMap: ConfigMapV1,
  DaemonSet: DaemonSetV1,
  Deployment: DeploymentV1,
  HorizontalPodAutoscaler: HorizontalPodAutoscalerV2,
  Job: JobV1,
  LimitRange: LimitRangeV1,
  Namespace: NamespaceV1,
  NetworkPolicy: NetworkPolicyV1,
  PersistentVolumeClaim: PersistentVolumeClaimV1,
  PodDisruptionBudget: PodDisruptionBudgetV1,
  PriorityClass: PriorityClassV1,
  ResourceQuota: ResourceQuotaV1,
  Role: RoleV1,
  RoleBinding: RoleBindingV1,
  Service: ServiceV1,
  ServiceAccount: ServiceAccountV1,
};

type Kind = keyof typeof CLASSES;
type Resource<K extends Kind> = InstanceType<(typeof CLASSES)[K]>;
type Config<K extends Kind> = ConstructorParameters<(typeof CLASSES)[K]>[2];

/** A kind as Kubernetes has it. */
type Model<K extends Kind> = K extends 'HorizontalPodAutoscaler'
  ? k8s.V2HorizontalPodAutoscaler
  : InstanceType<(typeof k8s)[`V1${K}`]>;

/** An object of a kind. */
export type ObjectOf<K extends Kind> = Omit<Written<Model<K>>, 'apiVersion' | 'kind'> & {
  readonly apiVersion: string;
  readonly kind: K;
};

/** Arguments of a resource that tell Terraform something and are no part of the object. */
type TerraformOnly =
  | 'dependsOn'
  | 'lifecycle'
  | 'timeouts'
  | 'waitForCompletion'
  | 'waitForLoadBalancer'
  | 'waitForRollout'
  | 'waitUntilBound';

/**
 * A typed resource of the provider, from an object as Kubernetes has it.
 *
 * @param terraform what Terraform is told beside the object
 * @throws ValidationError for fields that the provider has not, and for values that do not fit
 */
export function kubernetesObject<K extends Kind>(
  scope: Construct,
  id: string,
  object: ObjectOf<K>,
  terraform?: Pick<Config<K>, Extract<keyof Config<K>, TerraformOnly>>,
): Resource<K> {
  const path = `${scope.node.path}/${id}`;
  const problems: Problem[] = [];
  const { type, attributes } =
    toProvider(object, {
      report: (field, message) => problems.push({ path, message: `${field}: ${message}` }),
      nameOf: camelCase,
      isToken: Token.isUnresolved,
    }) ?? {};
  if (type === undefined || !(object.kind in CLASSES)) {
    const message = `the provider has no resource for it here; use customResource, got: ${object.kind} of ${object.apiVersion}`;
    problems.push({ path, message });
  }
  throwIfAny(problems);
  const made: unknown = type === DEFAULT_ACCOUNT ? DefaultServiceAccountV1 : CLASSES[object.kind];
  const Class = made as new (scope: Construct, id: string, config: object) => Resource<K>;
  return new Class(scope, id, { ...attributes, ...terraform });
}

/** `host_ipc` → `hostIpc`, as the bindings write names of the provider. */
function camelCase(attribute: string): string {
  return attribute.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
