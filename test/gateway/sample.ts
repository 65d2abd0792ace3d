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
};

/** Alias of a route to a serving of another namespace. */
export const ELSEWHERE = 'elsewhere';

/**
 * The synthesized objects of a gateway with all aliases.
 * @param port on which clients reach it
 * @param walking stage of the alias `walking`
 */
export function sampleObjects(
  port: number,
  walking: Pick<Alias, 'stage' | 'weight'> = { stage: 'foreign' },
): KubernetesObject[] {
  const stack = testStack();
  const cluster = smallCluster(stack, {
    pools: [{ ...SMALL_POOL, servers: 8 }],
    manageNodes: false,
  });
  const namespace = (tenantName: string, guarantee: number) =>
    new TenantNamespace(stack, tenantName, {
      cluster,
      tenantName,
      guarantee,
      podSecurity: 'baseline',
    });
  const tenant = namespace(NAMESPACES.routes, 40);
  const gateway = new ModelGateway(stack, 'gateway', {
    cluster,
    domain: DOMAIN,
    gatewayClassName: 'envoy-gateway',
    port,
    // In a namespace of its own, so that the grant is seen to be enough.
    tls: { secretName: 'models-tls', namespace: 'certificates' },
    routeNamespaces: [NAMESPACES.routes],
    envoyGateway: {},
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
      ...(alias === 'walking' ? walking : {}),
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
  return Template.of(stack).objects();
}
