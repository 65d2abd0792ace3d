import { fieldsOf, shapeOf } from './convert';
import type { KubernetesObject, RenderedObject } from './render';

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

type Json = Readonly<Record<string, unknown>>;

/** What the provider sends for a resource: its object, with what the provider adds. */
export function asSent(rendered: RenderedObject): RenderedObject {
  const { model, object } = rendered;
  return model
    ? { ...rendered, object: withDefaults(object, model) as KubernetesObject }
    : rendered;
}

/** @param type name in `@kubernetes/client-node` */
function withDefaults(object: Json, type: string): Json {
  const own = Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      const field = fieldsOf(type)?.find(({ baseName }) => baseName === key);
      return [key, field ? inside(value, field.type) : value];
    }),
  );
  return { ...own, ...missing(own, type) };
}

function missing(object: Json, type: string): Json {
  return Object.fromEntries(
    Object.entries(DEFAULTS[type] ?? {}).filter(([key]) => object[key] === undefined),
  );
}

function inside(value: unknown, type: string): unknown {
  const shape = shapeOf(type);
  if (shape.kind === 'list') {
    return Array.isArray(value) ? value.map((item) => inside(item, shape.element)) : value;
  }
  return shape.kind === 'model' && typeof value === 'object' && value !== null
    ? withDefaults(value as Json, type)
    : value;
}
