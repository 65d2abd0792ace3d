import type { Identified } from '../../core/kubernetes/object';

/** `Deployment model-services/qwen3-8b`. */
export function describeObject({ kind, metadata }: Pick<Identified, 'kind' | 'metadata'>): string {
  return `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;
}
