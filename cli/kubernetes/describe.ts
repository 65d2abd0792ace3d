import type { KubernetesObject } from '../../core/kubernetes/object';

/** `Deployment model-services/qwen3-8b`. */
export function describeObject({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;
}
