import { isTree, type Tree } from '../tree';
import { fieldsOf, modelName } from './schema';

/**
 * What the provider sends where a resource says nothing, and the API server would not: defaults of its own
 * schema (hashicorp/terraform-provider-kubernetes v3.2.1, files of `kubernetes/`). By type in
 * `@kubernetes/client-node`. They mean what Kubernetes means without them, with one exception: a container's
 * `runAsNonRoot: false` counts for more than the pod's `true`.
 */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  // schema_container.go; `run_as_non_root` has no default, but structures_container.go always sends it.
  V1SecurityContext: {
    allowPrivilegeEscalation: true,
    privileged: false,
    readOnlyRootFilesystem: false,
    runAsNonRoot: false,
  },
  V1VolumeMount: { mountPropagation: 'None' },
  // schema_pod_spec.go, structures_pod.go
  V1PodSpec: {
    automountServiceAccountToken: true,
    enableServiceLinks: true,
    shareProcessNamespace: false,
  },
  V1PodSecurityContext: { runAsNonRoot: false },
  // resource_kubernetes_service_account_v1.go, resource_kubernetes_config_map_v1.go, resource_kubernetes_secret_v1.go
  V1ServiceAccount: { automountServiceAccountToken: true },
  V1ConfigMap: { immutable: false },
  V1Secret: { immutable: false },
  // schema_rbac.go; of a group, too, which has no namespace
  RbacV1Subject: { namespace: 'default' },
};

/** What the provider sends for an object of a typed resource: the object, with what the provider adds. */
export function withProviderDefaults(object: Tree, resourceType: string): Tree {
  return complete(object, resourceType);
}

function complete(object: Tree, type: string): Tree {
  const fields = fieldsOf(type);
  const own = Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, inside(value, fields.get(key)?.type)]),
  );
  const added = Object.entries(DEFAULTS[modelName(type)] ?? {});
  return { ...own, ...Object.fromEntries(added.filter(([key]) => own[key] === undefined)) };
}

function inside(value: unknown, type: string | undefined): unknown {
  if (type === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => inside(item, type));
  return isTree(value) ? complete(value, type) : value;
}
