import type { KubernetesObject } from '../../cli/manifests/render';
import {
  ModelGateway,
  ModelReplacement,
  type ModelReplacementProps,
  ModelRoute,
  ModelServing,
  type Stage,
  TenantNamespace,
} from '../../constructs';
import { LLAMA, WEIGHTS } from '../constructs/model-route/sample';
import { SMALL_POOL, smallCluster } from '../helpers/cluster';
import { Template, testStack } from '../helpers/template';
import type { Behaviour } from './models';

export const DOMAIN = 'models.example.org';

/** Namespace of the routes, and one more with a serving. */
export const NAMESPACES = { routes: 'model-services', other: 'governance' } as const;

export const CALLERS = ['nankai', 'tianda'] as const;

/** A tenant with a key that no alias knows by name at first. */
export const NEWCOMER = 'a-newcomer';

/** Where a part of the site's gateway leaves the tokens of an answer. */
export const TOKEN_USAGE = { namespace: 'site.tokens', key: 'total' } as const;

/** Time after which the servers of `PAUSING` close idle connections: that of vLLM, ten times as fast. */
export const KEEP_ALIVE_MS = 500;
const SCALE = KEEP_ALIVE_MS / 5000;

/** Aliases whose requests come about as long after each other as their servers keep connections. */
export const PAUSING = {
  known: 'pauses',
  unknown: 'pauses-unknown',
  /** Without the policy: what would happen. */
  untreated: 'pauses-untreated',
} as const;

interface Alias extends Partial<ModelReplacementProps> {
  readonly stage: Stage;
  /** What the server in the place of the domestic model does. @default 'answers' */
  readonly domesticDoes?: Behaviour | 'is gone';
}

/** What is looked at: an alias for every stage, and for what may go wrong behind it. */
export const ALIASES: Readonly<Record<string, Alias>> = {
  'in-foreign': { stage: 'foreign' },
  'in-shadow': { stage: 'shadow' },
  'in-canary': { stage: 'canary', weight: 20 },
  'in-default': { stage: 'default' },
  'in-retired': { stage: 'retired' },
  'shadow-fails': { stage: 'shadow', domesticDoes: 'fails' },
  'shadow-hangs': { stage: 'shadow', domesticDoes: 'hangs' },
  'shadow-gone': { stage: 'shadow', domesticDoes: 'is gone' },
  // Cut after 10 seconds: what would happen to streams without a long timeout.
  'cut-short': { stage: 'foreign', requestTimeoutSeconds: 10 },
  'for-tianda': { stage: 'canary', weight: 50, callers: ['tianda'] },
  'for-all': { stage: 'foreign', callers: 'all' },
  walking: { stage: 'foreign' },
  [PAUSING.known]: { stage: 'foreign' },
  [PAUSING.unknown]: {
    stage: 'foreign',
    foreign: { model: 'whisper-large-v3', image: 'registry.internal/whisper:1' },
  },
  [PAUSING.untreated]: { stage: 'foreign' },
  // Servings that take 2 × 3 × 256 requests: more than Envoy lets through by itself.
  wide: { stage: 'foreign', foreign: { ...LLAMA, replicas: 3, arguments: { maxNumSeqs: 256 } } },
  limited: { stage: 'foreign', tokenLimits: each(CALLERS, 100) },
  'limited-by-tenant': {
    stage: 'foreign',
    tokenLimits: [...each(['nankai'], 50), ...each(['tianda'], 500)],
  },
};

export function each(tenants: readonly string[], tokensPerHour: number) {
  return tenants.map((tenant) => ({ tenant, tokensPerHour }));
}

/** A second host of the alias `limited`. */
export const SECOND_HOST = 'limited-too';

/** Alias of a route to a serving of another namespace. */
export const ELSEWHERE = 'elsewhere';

/**
 * The synthesized objects of a gateway with all aliases.
 * @param port on which clients reach it
 * @param changes of aliases
 */
export function sampleObjects(
  port: number,
  changes: Readonly<Record<string, Partial<Alias>>> = {},
): KubernetesObject[] {
  const stack = testStack();
  const cluster = smallCluster(stack, {
    pools: [{ ...SMALL_POOL, servers: 10 }],
    manageNodes: false,
  });
  const namespace = (tenantName: string, guarantee: number) =>
    new TenantNamespace(stack, tenantName, {
      cluster,
      tenantName,
      guarantee,
      podSecurity: 'baseline',
    });
  const tenant = namespace(NAMESPACES.routes, 56);
  const gateway = new ModelGateway(stack, 'gateway', {
    cluster,
    domain: DOMAIN,
    gatewayClassName: 'envoy-gateway',
    port,
    // In a namespace of its own, so that the grant is seen to be enough.
    tls: { secretName: 'models-tls', namespace: 'certificates' },
    routeNamespaces: [NAMESPACES.routes],
    envoyGateway: { tokenUsage: TOKEN_USAGE, lua: true },
  });
  for (const [alias, { domesticDoes: _, ...props }] of Object.entries(ALIASES)) {
    new ModelReplacement(stack, alias, {
      tenant,
      gateway,
      alias,
      foreign: LLAMA,
      domestic: { model: 'qwen3-8b' },
      weights: WEIGHTS,
      callers: CALLERS,
      ...props,
      ...changes[alias],
    });
  }
  const serving = new ModelServing(stack, 'elsewhere-serving', {
    tenant: namespace(NAMESPACES.other, 8),
    model: 'qwen3-8b',
    servingName: 'elsewhere-only',
    alias: ELSEWHERE,
    weights: WEIGHTS,
  });
  new ModelRoute(stack, ELSEWHERE, {
    gateway,
    tenant,
    alias: ELSEWHERE,
    backends: [{ serving, weight: 100 }],
    callers: CALLERS,
  });
  return Template.of(stack).objects<Changeable>().flatMap(forTests);
}

interface Changeable extends KubernetesObject {
  spec?: {
    hostnames?: string[];
    timeout?: { http: { connectionIdleTimeout: string } };
  };
}

/** Times of the pausing aliases as short as those of their servers, one without its policy, and a second host. */
function forTests(object: Changeable): KubernetesObject[] {
  const { kind, metadata, spec } = object;
  if (kind === 'HTTPRoute' && metadata.name === 'limited')
    spec?.hostnames?.push(`${SECOND_HOST}.${DOMAIN}`);
  if (kind !== 'BackendTrafficPolicy') return [object];
  if (metadata.name === PAUSING.untreated) return [];
  const http = spec?.timeout?.http;
  if (metadata.name === PAUSING.known && http) {
    const ms = Number.parseInt(http.connectionIdleTimeout, 10);
    http.connectionIdleTimeout = `${ms * SCALE}ms`;
  }
  return [object];
}
