import { LABEL_PREFIX } from './names';

/** Namespaces on one side of a connection, as a NetworkPolicy selects them. */
export interface NamespacePeer {
  readonly namespaceSelector: { readonly matchLabels: Record<string, string> };
}

/** Set by the API server on every namespace, always its name (kubernetes.io, "Well-Known Labels"). */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Label of namespaces with a model gateway; only who may write namespaces can set it. */
export const GATEWAY_LABEL = `${LABEL_PREFIX}/gateway`;

export function namespaceCalled(name: string): NamespacePeer {
  return { namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: name } } };
}

export function gatewayNamespaces(): NamespacePeer {
  return { namespaceSelector: { matchLabels: { [GATEWAY_LABEL]: 'true' } } };
}
