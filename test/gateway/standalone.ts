import type { KubernetesObject } from '../../cli/manifests/render';
import { ENVOY_VERSION } from './programs';

const ENVOY_GATEWAY = 'gateway.envoyproxy.io';

/** Kinds that the gateway reads; the rest of a stack is not its business. */
const KINDS = [
  'Gateway',
  'HTTPRoute',
  'ReferenceGrant',
  'ClientTrafficPolicy',
  'BackendTrafficPolicy',
  'SecurityPolicy',
];

export interface StandaloneProps {
  /** Port on this machine for every Service. */
  ports: ReadonlyMap<string, number>;
  /** Certificate and key of the gateway, PEM. */
  readonly certificate: { readonly cert: string; readonly key: string };
  /** API key of each tenant. */
  readonly keys: Record<string, string>;
  /** Namespace of the Secrets with API keys. */
  readonly keyNamespace: string;
}

/**
 * What Envoy Gateway is given on a machine without Kubernetes: the synthesized objects, with two things in
 * the place of what it cannot see there (v1.9.1, internal/provider/file/store.go, internal/gatewayapi/resource/load.go):
 *
 * - a Backend on a port of this machine instead of each Service, in references and grants, too;
 * - routes of all namespaces instead of those of a list, because it drops the labels of namespaces.
 *
 * Class, namespaces and Secrets are what the site provides.
 */
export function standaloneObjects(
  objects: readonly KubernetesObject[],
  props: StandaloneProps,
): object[] {
  const own = objects.filter(({ kind }) => KINDS.includes(kind));
  const backends = objects
    .filter(({ kind, metadata }) => kind === 'Service' && props.ports.has(metadata.name))
    .map(({ metadata }) => backend(metadata, props.ports.get(metadata.name) ?? 0));
  const namespaces = [...own, ...backends].map(({ metadata }) => metadata.namespace ?? '');
  return [
    ...gatewayClass(),
    ...[...new Set([...namespaces, 'certificates'])].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    })),
    secret('models-tls', 'certificates', 'kubernetes.io/tls', {
      'tls.crt': props.certificate.cert,
      'tls.key': props.certificate.key,
    }),
    ...Object.entries(props.keys).map(([tenant, key]) =>
      secret(`api-key-${tenant}`, props.keyNamespace, 'Opaque', { [tenant]: key }),
    ),
    secret('api-keys', props.keyNamespace, 'Opaque', props.keys),
    ...backends,
    ...own.map((object) => substitute(object) as object),
  ];
}

function gatewayClass(): object[] {
  const host = {
    group: ENVOY_GATEWAY,
    kind: 'EnvoyProxy',
    name: 'host',
    namespace: 'envoy-gateway',
  };
  return [
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: 'envoy-gateway' },
      spec: {
        controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
        parametersRef: host,
      },
    },
    {
      apiVersion: `${ENVOY_GATEWAY}/v1alpha1`,
      kind: 'EnvoyProxy',
      metadata: { name: host.name, namespace: host.namespace },
      spec: { provider: { type: 'Host', host: { envoyVersion: ENVOY_VERSION } } },
    },
  ];
}

function secret(name: string, namespace: string, type: string, values: Record<string, string>) {
  const data = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  );
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type, data };
}

function backend({ name, namespace }: KubernetesObject['metadata'], port: number) {
  return {
    apiVersion: `${ENVOY_GATEWAY}/v1alpha1`,
    kind: 'Backend',
    metadata: { name, namespace },
    spec: { endpoints: [{ ip: { address: '127.0.0.1', port } }] },
  };
}

/** The same value with references to Backends, and listeners that take routes of all namespaces. */
function substitute(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => substitute(item, key === 'backendRefs' ? 'backendRef' : ''));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (key === 'namespaces') return { from: 'All' };
  const entries = Object.entries(value).map(([name, item]) => [name, substitute(item, name)]);
  const object = Object.fromEntries(entries);
  if (key === 'backendRef') {
    const { port: _, ...rest } = object;
    return { ...rest, group: ENVOY_GATEWAY, kind: 'Backend' };
  }
  return object.kind === 'Service' && object.group === ''
    ? { ...object, group: ENVOY_GATEWAY, kind: 'Backend' }
    : object;
}
