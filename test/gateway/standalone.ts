import type { KubernetesObject } from '../../cli/manifests/render';
import { LISTENER } from '../../constructs/model-route/model-gateway';
import { TOKENS_HEADER } from './models';
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
  'EnvoyExtensionPolicy',
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
  /** Port of the rate limit service. */
  readonly rateLimitPort: number;
  /** Where a part of the gateway leaves the tokens of an answer. */
  readonly tokenUsage: { readonly namespace: string; readonly key: string };
}

/**
 * What Envoy Gateway is given on a machine without Kubernetes: the synthesized objects, with three things in
 * the place of what it cannot see there (v1.9.1, internal/provider/file/store.go, internal/gatewayapi/resource/load.go):
 *
 * - a Backend on a port of this machine instead of each Service, in references and grants, too;
 * - routes of all namespaces instead of those of a list, because it drops the labels of namespaces;
 * - a cost of 0 that is found with the request instead of the number, at which its file provider ends (`panic: unsupported
 *   type: uint64`).
 *
 * Class, namespaces and Secrets are what the site provides, and so is what tells the tokens of an answer: here a
 * header of the server.
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
    ...own
      .filter(({ kind }) => kind === 'Gateway')
      .flatMap(({ metadata }) => [
        rateLimitPatch(metadata, props.rateLimitPort),
        tokensPatch(metadata, props.tokenUsage),
      ]),
  ];
}

/** The rate limit service on this machine; Envoy Gateway takes it for a Service with certificates of its own. */
function rateLimitPatch(gateway: KubernetesObject['metadata'], port: number): object {
  const address = '/load_assignment/endpoints/0/lb_endpoints/0/endpoint/address/socket_address';
  const change = (operation: object) => ({
    type: 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
    name: 'ratelimit_cluster',
    operation,
  });
  return patchPolicy('rate-limit-service', gateway, [
    change({ op: 'replace', path: `${address}/address`, value: '127.0.0.1' }),
    change({ op: 'replace', path: `${address}/port_value`, value: port }),
    change({ op: 'remove', path: '/transport_socket' }),
  ]);
}

/** Where a cost of 0 is found with each request. */
const FREE = { namespace: 'site.tokens', key: 'free' } as const;

/** Tokens of an answer from the header in which the server tells them. */
function tokensPatch(
  gateway: KubernetesObject['metadata'],
  { namespace, key }: StandaloneProps['tokenUsage'],
): object {
  return patchPolicy('tokens-of-answers', gateway, [
    {
      type: 'type.googleapis.com/envoy.config.listener.v3.Listener',
      name: `${gateway.namespace}/${gateway.name}/${LISTENER}`,
      operation: {
        op: 'add',
        path: '/filter_chains/0/filters/0/typed_config/http_filters/0',
        value: {
          name: 'tokens-of-answers',
          typed_config: {
            '@type':
              'type.googleapis.com/envoy.extensions.filters.http.header_to_metadata.v3.Config',
            request_rules: [
              {
                header: TOKENS_HEADER,
                on_header_missing: {
                  metadata_namespace: FREE.namespace,
                  key: FREE.key,
                  value: '0',
                  type: 'NUMBER',
                },
              },
            ],
            response_rules: [
              {
                header: TOKENS_HEADER,
                on_header_present: { metadata_namespace: namespace, key, type: 'NUMBER' },
              },
            ],
          },
        },
      },
    },
  ]);
}

function patchPolicy(
  name: string,
  gateway: KubernetesObject['metadata'],
  jsonPatches: readonly object[],
): object {
  return {
    apiVersion: `${ENVOY_GATEWAY}/v1alpha1`,
    kind: 'EnvoyPatchPolicy',
    metadata: { name, namespace: gateway.namespace },
    spec: {
      targetRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway.name },
      type: 'JSONPatch',
      jsonPatches,
    },
  };
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
  if ('from' in value && value.from === 'Number') return { from: 'Metadata', metadata: FREE };
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
