import { ModelRoute, type ModelRouteProps, ModelServing } from '../../../constructs';
import { problemsOf } from '../../helpers/cluster';
import { Template } from '../../helpers/template';
import { routeStack, WEIGHTS } from './sample';

const USAGE = { namespace: 'io.example.tokens', key: 'total' };
const NANKAI = { tenant: 'nankai', tokensPerHour: 100_000 };
const TIANDA = { tenant: 'tianda', tokensPerHour: 100_000 };

type Limits = Pick<ModelRouteProps, 'callers' | 'tokenLimits'>;

function limitedRoute(limits: Limits, lua = true) {
  const { stack, tenant, gateway } = routeStack({ envoyGateway: { tokenUsage: USAGE, lua } });
  const serving = new ModelServing(stack, 'serving', {
    tenant,
    model: 'qwen3-8b',
    alias: 'chat',
    weights: WEIGHTS,
  });
  const make = () =>
    new ModelRoute(stack, 'route', {
      gateway,
      tenant,
      alias: 'chat',
      backends: [{ serving, weight: 100 }],
      ...limits,
    });
  return { stack, make };
}

interface Policy {
  readonly kind: string;
  readonly spec: {
    readonly rateLimit?: { readonly global: { readonly rules: readonly object[] } };
    readonly lua?: readonly { readonly inline: string; readonly filterContext: object }[];
  };
}

/** The rules of the rate limit, and the limits that the script is given. */
function made(limits: Limits, lua?: boolean) {
  const { stack, make } = limitedRoute(limits, lua);
  make();
  const objects = Template.of(stack).below('route').objects<Policy>();
  const kind = (name: string) => objects.find((object) => object.kind === name)?.spec;
  return {
    rules: kind('BackendTrafficPolicy')?.rateLimit?.global.rules,
    limits: kind('EnvoyExtensionPolicy')?.lua?.[0]?.filterContext,
    extension: kind('EnvoyExtensionPolicy'),
  };
}

test('one limit for all callers: one rule, whose counters are told apart by the tenant', () => {
  const { rules, extension } = made(
    { callers: ['nankai', 'tianda'], tokenLimits: [NANKAI, TIANDA] },
    false,
  );
  expect(rules).toEqual([
    {
      clientSelectors: [{ headers: [{ name: 'x-aicc-tenant', type: 'Distinct' }] }],
      limit: { requests: 100_000, unit: 'Hour' },
      cost: {
        request: { from: 'Number', number: 0 },
        response: { from: 'Metadata', metadata: USAGE },
      },
      shared: true,
    },
  ]);
  expect(extension).toBeUndefined();
});

const MORE = { tenant: 'tianda', tokensPerHour: 200_000 };
const FROM_METADATA = { fromMetadata: { namespace: 'aicc.internal', key: 'token_limit' } };

test.each([
  [
    'different ones',
    { callers: ['nankai', 'tianda'], tokenLimits: [MORE, NANKAI] },
    100_000,
    ' nankai=100000 tianda=200000 ',
  ],
  [
    'a caller without one',
    { callers: ['nankai', 'tianda'], tokenLimits: [NANKAI] },
    4_294_967_295,
    ' nankai=100000 ',
  ],
  [
    'callers not named',
    { callers: 'all', tokenLimits: [NANKAI] },
    4_294_967_295,
    ' nankai=100000 ',
  ],
] as const)(
  'limits by tenant, %s: the same rule, told the limit of who asks',
  (_, limits, otherwise, text) => {
    const { rules, limits: given } = made(limits);
    expect(rules).toMatchObject([
      {
        clientSelectors: [{ headers: [{ name: 'x-aicc-tenant', type: 'Distinct' }] }],
        limit: { requests: otherwise, unit: 'Hour', ...FROM_METADATA },
        shared: true,
      },
    ]);
    expect(given).toEqual({ limits: text });
  },
);

test('the order of limits and callers changes nothing', () => {
  const limits = [NANKAI, MORE, { tenant: 'a-first', tokensPerHour: 5 }];
  const callers = limits.map(({ tenant }) => tenant);
  const reversed = { callers: [...callers].reverse(), tokenLimits: [...limits].reverse() };
  expect(made(reversed)).toEqual(made({ callers, tokenLimits: limits }));
});

test('a policy of earlier token limits is moved in the state, not made beside its own name', () => {
  const { stack, make } = limitedRoute({ callers: ['nankai'], tokenLimits: [NANKAI] });
  make();
  const { moved } = stack.toTerraform() as { moved?: unknown };
  expect(moved).toEqual([
    {
      from: expect.stringMatching(/^kubernetes_manifest\.route_tokens_/),
      to: expect.stringMatching(/^kubernetes_manifest\.route_traffic_/),
    },
  ]);
});

test.each([
  [
    { callers: ['nankai'], tokenLimits: [{ ...NANKAI, tokensPerHour: 0 }] },
    true,
    /a limit of 0 lets the first request of every hour in; remove the tenant from callers instead, got: tokensPerHour 0 of 'nankai'$/,
  ],
  [
    { callers: ['nankai'], tokenLimits: [{ ...NANKAI, tokensPerHour: 4_294_967_296 }] },
    true,
    /tokensPerHour must be a whole number of 1 to 4294967295/,
  ],
  [
    { callers: ['nankai', 'tianda'], tokenLimits: [NANKAI, MORE] },
    false,
    /not the same for every caller need Lua .* got: nankai 100000, tianda 200000$/,
  ],
  [
    { callers: ['nankai', 'tianda'], tokenLimits: [NANKAI] },
    false,
    /not the same for every caller need Lua .* got: nankai 100000, tianda none$/,
  ],
  [
    { callers: 'all', tokenLimits: [NANKAI] },
    false,
    /not the same for every caller need Lua .* got: nankai 100000, others none$/,
  ],
  [
    { callers: ['nankai'], tokenLimits: [NANKAI, NANKAI] },
    true,
    /a tenant has one token limit; remove one, got: 'nankai' twice$/,
  ],
] as const)('fails with %j, Lua: %s', (limits, lua, message) => {
  expect(problemsOf(limitedRoute(limits, lua).make)).toContainEqual(expect.stringMatching(message));
});
