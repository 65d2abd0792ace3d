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
import { type TerraformResource, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { type Problem, throwIfAny } from '../core/errors';
import type { Written } from '../core/kubernetes/object';
import { toProvider } from '../core/kubernetes/to-provider';

/** Kinds that constructs make with typed resources: as Kubernetes has them, and the class of cdktf. */
interface Kinds {
  ClusterRole: [k8s.V1ClusterRole, typeof ClusterRoleV1];
  ClusterRoleBinding: [k8s.V1ClusterRoleBinding, typeof ClusterRoleBindingV1];
  ConfigMap: [k8s.V1ConfigMap, typeof ConfigMapV1];
  DaemonSet: [k8s.V1DaemonSet, typeof DaemonSetV1];
  Deployment: [k8s.V1Deployment, typeof DeploymentV1];
  HorizontalPodAutoscaler: [k8s.V2HorizontalPodAutoscaler, typeof HorizontalPodAutoscalerV2];
  Job: [k8s.V1Job, typeof JobV1];
  LimitRange: [k8s.V1LimitRange, typeof LimitRangeV1];
  Namespace: [k8s.V1Namespace, typeof NamespaceV1];
  NetworkPolicy: [k8s.V1NetworkPolicy, typeof NetworkPolicyV1];
  PersistentVolumeClaim: [k8s.V1PersistentVolumeClaim, typeof PersistentVolumeClaimV1];
  PodDisruptionBudget: [k8s.V1PodDisruptionBudget, typeof PodDisruptionBudgetV1];
  PriorityClass: [k8s.V1PriorityClass, typeof PriorityClassV1];
  ResourceQuota: [k8s.V1ResourceQuota, typeof ResourceQuotaV1];
  Role: [k8s.V1Role, typeof RoleV1];
  RoleBinding: [k8s.V1RoleBinding, typeof RoleBindingV1];
  Service: [k8s.V1Service, typeof ServiceV1];
  ServiceAccount: [k8s.V1ServiceAccount, typeof ServiceAccountV1];
}

type Resource = new (scope: Construct, id: string, config: never) => TerraformResource;

/** Classes by the type of their resource. */
const CLASSES = new Map<string, Resource>(
  [
    ClusterRoleBindingV1,
    ClusterRoleV1,
    ConfigMapV1,
    DaemonSetV1,
    DefaultServiceAccountV1,
    DeploymentV1,
    HorizontalPodAutoscalerV2,
    JobV1,
    LimitRangeV1,
    NamespaceV1,
    NetworkPolicyV1,
    PersistentVolumeClaimV1,
    PodDisruptionBudgetV1,
    PriorityClassV1,
    ResourceQuotaV1,
    RoleBindingV1,
    RoleV1,
    ServiceAccountV1,
    ServiceV1,
  ].map((resource) => [resource.tfResourceType, resource]),
);

/** Arguments of a resource that tell Terraform something and are no part of the object. */
type TerraformOnly =
  | 'dependsOn'
  | 'lifecycle'
  | 'timeouts'
  | 'waitForCompletion'
  | 'waitForLoadBalancer'
  | 'waitForRollout'
  | 'waitUntilBound';

type ConfigOf<K extends keyof Kinds> = NonNullable<ConstructorParameters<Kinds[K][1]>[2]>;

/** An object of a kind. */
export type ObjectOf<K extends keyof Kinds> = Omit<Written<Kinds[K][0]>, 'apiVersion' | 'kind'> & {
  readonly apiVersion: string;
  readonly kind: K;
};

/**
 * A typed resource of the provider, from an object as Kubernetes has it.
 *
 * @param terraform what Terraform is told beside the object
 * @throws ValidationError for fields that the provider has not, and for values that do not fit
 */
export function kubernetesObject<K extends keyof Kinds>(
  scope: Construct,
  id: string,
  object: ObjectOf<K>,
  terraform?: Pick<ConfigOf<K>, Extract<keyof ConfigOf<K>, TerraformOnly>>,
): InstanceType<Kinds[K][1]> {
  const path = `${scope.node.path}/${id}`;
  const problems: Problem[] = [];
  const resource = toProvider(object, {
    report: (field, message) => problems.push({ path, message: `${field}: ${message}` }),
    nameOf: camelCase,
    isToken: Token.isUnresolved,
  });
  const made = resource && CLASSES.get(resource.type);
  if (!made) {
    const message = `the provider has no resource for it here; use customResource, got: ${object.kind} of ${object.apiVersion}`;
    problems.push({ path, message });
  }
  throwIfAny(problems);
  const Typed = made as unknown as new (
    scope: Construct,
    id: string,
    config: object,
  ) => InstanceType<Kinds[K][1]>;
  return new Typed(scope, id, { ...resource?.attributes, ...terraform });
}

/** `host_ipc` → `hostIpc`, as the bindings write names of the provider. */
function camelCase(attribute: string): string {
  return attribute.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
