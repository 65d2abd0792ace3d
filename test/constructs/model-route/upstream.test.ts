import {
  ModelRoute,
  ModelServing,
  type ModelServingProps,
  STAGES,
  type Stage,
} from '../../../constructs';
import { Template } from '../../helpers/template';
import { chatAt, routeStack, WEIGHTS } from './sample';

interface Policy {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: object;
}

function limits(limit: number) {
  return { maxConnections: limit, maxPendingRequests: limit, maxParallelRequests: limit };
}

const HALF_OF_FIVE_SECONDS = { http: { connectionIdleTimeout: '2500ms' } };

/** What the policy of a route to these servings says of connections. */
function policyFor(...servings: readonly Partial<ModelServingProps>[]) {
  const { stack, tenant, gateway } = routeStack();
  const backends = servings.map((props, index) => ({
    weight: 100 / servings.length,
    serving: new ModelServing(stack, `serving-${index}`, {
      tenant,
      model: 'qwen3-8b',
      servingName: `chat-${index}`,
      alias: 'chat',
      weights: WEIGHTS,
      ...props,
    }),
  }));
  new ModelRoute(stack, 'route', { gateway, tenant, alias: 'chat', backends, callers: ['nankai'] });
  const objects = Template.of(stack).below('route').objects<Policy>();
  return objects.find(({ kind }) => kind === 'BackendTrafficPolicy')?.spec as {
    timeout?: object;
    circuitBreaker: object;
  };
}

const CONTAINER = { model: 'whisper-large-v3', image: 'registry.internal/whisper:1' };
const KEEP_ALIVE = 'VLLM_HTTP_TIMEOUT_KEEP_ALIVE';

/** Foreign 2 × 256 sequences, domestic 256, twice; where that is less, what Envoy lets through by itself. */
const STAGE_LIMITS: Readonly<Record<Stage, number>> = {
  foreign: 1024,
  shadow: 1024,
  canary: 1536,
  default: 1024,
  retired: 1024,
};

test.each(STAGES)('every route has a policy: %s', (stage) => {
  const objects = Template.of(chatAt(stage).stack).objects<Policy>();
  const names = (wanted: string) =>
    objects.filter(({ kind }) => kind === wanted).map(({ metadata }) => metadata.name);
  expect(names('BackendTrafficPolicy')).toEqual(names('HTTPRoute'));
  const policy = objects.find(({ kind }) => kind === 'BackendTrafficPolicy');
  expect(policy?.spec).toMatchObject({
    targetRefs: [{ kind: 'HTTPRoute', name: 'chat' }],
    timeout: HALF_OF_FIVE_SECONDS,
    circuitBreaker: limits(STAGE_LIMITS[stage]),
  });
});

test('as many requests wait as run: replicas × data-parallel ranks × sequences, twice', () => {
  expect(policyFor({ replicas: 3, arguments: { maxNumSeqs: 256 } }).circuitBreaker).toEqual(
    limits(2 * 3 * 256),
  );
  expect(
    policyFor({
      autoscaling: { minReplicas: 1, maxReplicas: 4 },
      arguments: { maxNumSeqs: 200 },
    }).circuitBreaker,
  ).toEqual(limits(2 * 4 * 200));
});

test('both sides of a route count, and the one that closes connections first', () => {
  const made = policyFor(
    { replicas: 2, arguments: { maxNumSeqs: 400 }, environment: { [KEEP_ALIVE]: '60' } },
    { arguments: { maxNumSeqs: 100 }, environment: { [KEEP_ALIVE]: '3' } },
  );
  expect(made).toMatchObject({
    timeout: { http: { connectionIdleTimeout: '1500ms' } },
    circuitBreaker: limits(2 * (2 * 400 + 100)),
  });
});

test.each([
  ['a container of the site', CONTAINER, 4_294_967_295],
  [
    'a time that a Secret holds',
    { secretEnvironment: { [KEEP_ALIVE]: { secret: 's', key: 'k' } } },
    1024,
  ],
  ['no time at all', { environment: { [KEEP_ALIVE]: '0' } }, 1024],
] as const)(
  'where nobody knows when connections end, each has one request: %s',
  (_, props, limit) => {
    expect(policyFor(props)).toMatchObject({
      circuitBreaker: { ...limits(limit), maxRequestsPerConnection: 1 },
    });
    expect(policyFor(props).timeout).toBeUndefined();
    expect(policyFor({ arguments: { maxNumSeqs: 16 } }, props)).toMatchObject({
      circuitBreaker: { ...limits(limit), maxRequestsPerConnection: 1 },
    });
  },
);
