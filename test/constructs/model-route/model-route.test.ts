import type { TerraformStack } from 'cdktf';
import {
  ComputeCluster,
  ModelRoute,
  type ModelRouteProps,
  ModelServing,
  type TenantNamespace,
} from '../../../constructs';
import { problemsOf, SMALL_POOL } from '../../helpers/cluster';
import { Template } from '../../helpers/template';
import { gatewayOn, routeStack, tenantOn, WEIGHTS } from './sample';

function servingIn(
  stack: TerraformStack,
  tenant: TenantNamespace,
  servingName: string,
  alias = 'chat',
): ModelServing {
  return new ModelServing(stack, `${tenant.namespace}-${servingName}`, {
    tenant,
    model: 'qwen3-8b',
    servingName,
    alias,
    weights: WEIGHTS,
  });
}

/** A route with one serving behind it. */
function route(props: Partial<ModelRouteProps> = {}, gateway?: Parameters<typeof routeStack>[0]) {
  const parts = routeStack(gateway);
  const serving = servingIn(parts.stack, parts.tenant, 'chat-a');
  const make = () =>
    new ModelRoute(parts.stack, 'route', {
      gateway: parts.gateway,
      tenant: parts.tenant,
      alias: 'chat',
      backends: [{ serving, weight: 100 }],
      callers: ['nankai'],
      ...props,
    });
  return { ...parts, serving, make };
}

/** Objects below a construct, by kind. */
function kinds(stack: TerraformStack, id: string) {
  return Object.fromEntries(
    Template.of(stack)
      .below(id)
      .objects()
      .map((object) => [object.kind, object]),
  );
}

test('minimal route: a host, the API alone, a timeout that streams survive, no policy of a gateway', () => {
  const { stack, make } = route({}, {});
  expect(make()).toMatchObject({ hostname: 'chat.models.example.org', enforcesAccess: false });
  const made = kinds(stack, 'route');
  expect(Object.keys(made)).toEqual(['HTTPRoute']);
  expect(made.HTTPRoute).toMatchObject({
    metadata: { name: 'chat', namespace: 'model-services' },
    spec: {
      parentRefs: [{ name: 'models', namespace: 'model-gateway', sectionName: 'https' }],
      hostnames: ['chat.models.example.org'],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/v1' } }],
          backendRefs: [{ name: 'chat-a', port: 8000, weight: 100 }],
          timeouts: { request: '900s' },
        },
      ],
    },
  });
});

test('access: keys of the callers by name of their Secrets, never a header that clients set', () => {
  const { stack, make } = route({ callers: ['nankai', 'tianda'] });
  expect(make().enforcesAccess).toBe(true);
  expect(kinds(stack, 'route').SecurityPolicy).toMatchObject({
    metadata: { name: 'chat', namespace: 'model-services' },
    spec: {
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'chat' }],
      apiKeyAuth: {
        credentialRefs: [{ name: 'api-key-nankai' }, { name: 'api-key-tianda' }],
        extractFrom: [{ headers: ['Authorization'] }],
        forwardClientIDHeader: 'x-aicc-tenant',
        sanitize: true,
      },
    },
  });
});

test('access of all: one Secret with the keys of all', () => {
  const { stack, make } = route({ callers: 'all' });
  make();
  expect(kinds(stack, 'route').SecurityPolicy).toMatchObject({
    spec: { apiKeyAuth: { credentialRefs: [{ name: 'api-keys' }] } },
  });
});

test('a serving of another namespace grants the route, and nothing else, its Service', () => {
  const { stack, cluster, tenant, gateway, serving } = route();
  const other = servingIn(stack, tenantOn(stack, cluster, 'governance'), 'chat-b');
  new ModelRoute(stack, 'route', {
    gateway,
    tenant,
    alias: 'chat',
    backends: [{ serving, weight: 100 }],
    mirror: other,
    callers: ['nankai'],
  });
  const made = kinds(stack, 'route');
  expect(made.ReferenceGrant).toMatchObject({
    metadata: { name: 'route-chat-chat-b', namespace: 'governance' },
    spec: {
      from: [
        { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'model-services' },
      ],
      to: [{ group: '', kind: 'Service', name: 'chat-b' }],
    },
  });
  expect(made.HTTPRoute).toMatchObject({
    spec: {
      rules: [
        {
          filters: [
            {
              type: 'RequestMirror',
              requestMirror: {
                backendRef: { name: 'chat-b', namespace: 'governance', port: 8000 },
              },
            },
          ],
        },
      ],
    },
  });
});

test.each([
  [{ alias: 'Chat' }, /alias must be a DNS label/],
  [{ callers: ['nankai', 'nankai'] }, /callers must be different; remove one, got: 'nankai' twice/],
  [{ callers: ['nan kai'] }, /callers must be a DNS label/],
  [{ backends: [] }, /weights are percent and add up to 100; correct them, got: no backend$/],
  [{ paths: ['/v1/'] }, /paths begin with '\/' and do not end with it; correct it, got: '\/v1\/'$/],
  [{ requestTimeoutSeconds: 0 }, /requestTimeoutSeconds must be a whole number of 1 to 7200/],
  [
    { tokenLimits: [{ tenant: 'nankai', tokensPerHour: 5 }] },
    /token limits need a gateway that knows clients and tokens/,
  ],
  [
    { tokenLimits: [{ tenant: 'tianda', tokensPerHour: 5 }] },
    /token limits are for callers; add the tenant to callers, got: 'tianda'$/,
  ],
] as const)('fails with %j', (props, message) => {
  const { make } = route(props as Partial<ModelRouteProps>);
  expect(problemsOf(make)).toContainEqual(expect.stringMatching(message));
});

test('fails where weights do not add up, a serving has another alias, or a namespace is not admitted', () => {
  const { stack, cluster, tenant, gateway, serving } = route();
  const stranger = servingIn(stack, tenant, 'chat-b', 'other');
  const problems = problemsOf(
    () =>
      new ModelRoute(stack, 'route', {
        gateway,
        tenant: tenantOn(stack, cluster, 'governance'),
        alias: 'chat',
        backends: [
          { serving, weight: 50 },
          { serving: stranger, weight: 40 },
        ],
        callers: ['nankai'],
      }),
  );
  expect(problems).toEqual([
    "test/route: gateway models takes routes of model-services; add the namespace to its routeNamespaces, got: 'governance'",
    'test/route: weights are percent and add up to 100; correct them, got: 50 + 40',
    "test/route: servings behind an alias answer to it; set alias 'chat' of chat-b, got: 'other'",
  ]);
});

test('fails across clusters: namespace, gateway and servings are on one', () => {
  const { stack, gateway, serving } = route();
  const elsewhere = new ComputeCluster(stack, 'other', {
    clusterName: 'c-2',
    pools: [SMALL_POOL],
    manageNodes: false,
  });
  const tenant = tenantOn(stack, elsewhere);
  const problems = problemsOf(
    () =>
      new ModelRoute(stack, 'route', {
        gateway,
        tenant,
        alias: 'chat',
        backends: [
          { serving, weight: 50 },
          { serving: servingIn(stack, tenant, 'chat-far'), weight: 50 },
        ],
        callers: ['nankai'],
      }),
  );
  expect(problems).toEqual([
    'test/route: a route is on the cluster of its gateway, c-1; use a namespace there, got: model-services on c-2',
    'test/route: an alias has one home cluster, here c-1; use a serving there, got: chat-far on c-2',
  ]);
});

test('gateway: one listener with TLS by reference, and routes of named namespaces only', () => {
  const { stack } = routeStack();
  const made = kinds(stack, 'gateway');
  expect(made.Gateway).toMatchObject({
    metadata: { name: 'models', namespace: 'model-gateway' },
    spec: {
      gatewayClassName: 'envoy-gateway',
      listeners: [
        {
          name: 'https',
          protocol: 'HTTPS',
          port: 443,
          hostname: '*.models.example.org',
          tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: 'models-tls' }] },
          allowedRoutes: {
            namespaces: {
              selector: {
                matchExpressions: [
                  {
                    key: 'kubernetes.io/metadata.name',
                    operator: 'In',
                    values: ['model-services'],
                  },
                ],
              },
            },
          },
        },
      ],
    },
  });
  expect(made.ClientTrafficPolicy).toMatchObject({
    spec: { timeout: { http: { streamIdleTimeout: '900s' } } },
  });
  expect(made.ReferenceGrant).toBeUndefined();
});

test("what a connection may pause and hold is the site's to say", () => {
  const envoyGateway = { streamIdleTimeoutSeconds: 60, bufferMib: 4 };
  expect(kinds(routeStack({ envoyGateway }).stack, 'gateway').ClientTrafficPolicy).toMatchObject({
    spec: {
      timeout: { http: { streamIdleTimeout: '60s' } },
      connection: { bufferLimit: '4Mi' },
    },
  });
});

test('a certificate of another namespace is granted to the gateway', () => {
  const { stack } = routeStack({ tls: { secretName: 'wildcard', namespace: 'certificates' } });
  expect(kinds(stack, 'gateway').ReferenceGrant).toMatchObject({
    metadata: { name: 'gateway-models', namespace: 'certificates' },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'model-gateway' }],
      to: [{ group: '', kind: 'Secret', name: 'wildcard' }],
    },
  });
});

test.each([
  [{ domain: 'Models' }, /domain must be a DNS subdomain/],
  [{ port: 0 }, /port must be a whole number of 1 to 65535/],
  [{ routeNamespaces: [] }, /routeNamespaces must hold one entry at least/],
  [
    { envoyGateway: { bufferMib: 0 } },
    /envoyGateway\.bufferMib must be a whole number of 1 to 1024/,
  ],
  [{ tls: { secretName: 'A' } }, /tls\.secretName must be a DNS subdomain/],
] as const)('a gateway fails with %j', (props, message) => {
  const { stack, cluster } = routeStack();
  const make = () => gatewayOn(stack.node.root as never, cluster, props as never);
  expect(problemsOf(make)).toEqual([expect.stringMatching(message)]);
});
