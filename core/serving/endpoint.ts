/** Port of the OpenAI-compatible API (vllm serve --port, default 8000), and of the Service. */
export const API_PORT = 8000;

/** Address of a serving inside the cluster: that of the OpenAI-compatible API. */
export function servingEndpoint(serving: string, namespace: string): string {
  return `${serviceUrl(serving, namespace)}/v1`;
}

/** Address of the Service of a serving. */
export function serviceUrl(serving: string, namespace: string): string {
  return `http://${serving}.${namespace}.svc:${API_PORT}`;
}

/** Name of the policy that lets the pods of a client out to a serving of another namespace. */
export function clientPolicyName(namespace: string, serving: string): string {
  return `to-${namespace}-${serving}`;
}
