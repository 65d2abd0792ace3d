import { Construct } from 'constructs';
import type { Callers } from '../../core/capacity';
import { LABEL_PREFIX, MANAGED_BY } from '../../core/names';
import type { DnsLabel, RequestSeconds } from '../../core/schema/types';
import { API_PORT } from '../../core/serving/endpoint';
import { mistakes } from '../../core/validate';
import { checkProps, refuseWrong, wrongKeys } from '../check-props';
import type { ModelServing } from '../model-serving';
import { movedFrom } from '../moved';
import type { TenantNamespace } from '../tenant-namespace';
import { envoyPolicy } from './envoy-gateway';
import { GATEWAY_API, gatewayObject } from './gateway-api';
import { LISTENER, type ModelGateway } from './model-gateway';
import {
  limitScript,
  TENANT_HEADER,
  type TokenLimit,
  tokenRateLimit,
  validateTokenLimits,
} from './token-limits';
import { upstream } from './upstream';

/** A long answer of a model that reasons takes minutes: an assumption of ours. */
export const REQUEST_TIMEOUT_SECONDS = 900;

/** Secrets with API keys of tenants, in the namespace of the routes: one a tenant, and one with those of all. */
function apiKeySecrets(callers: Callers): string[] {
  return callers === 'all' ? ['api-keys'] : callers.map((tenant) => `api-key-${tenant}`);
}

/** A serving and its share of the requests. */
export interface RouteBackend {
  readonly serving: ModelServing;
  /**
   * Percent; those of all backends add up to 100.
   * @asType integer
   * @minimum 1
   * @maximum 100
   */
  readonly weight: number;
}

/**
 * Beginning of paths, in whole parts.
 * @pattern ^(\/[A-Za-z0-9._~-]+)+$
 * @errorMessage begin with '/' and do not end with it; correct it
 */
export type RoutePath = string;

/** @title route */
export interface ModelRouteProps {
  readonly gateway: ModelGateway;
  /** Namespace of the route. */
  readonly tenant: TenantNamespace;
  /** Name that clients call, a DNS label: host in the domain of the gateway, and `model` of a request. */
  readonly alias: DnsLabel;
  /** Who answers, one at least. All serve their model under the alias. */
  readonly backends: readonly RouteBackend[];
  /** Who gets a copy of every request, its answers thrown away. @default - nobody */
  readonly mirror?: ModelServing;
  /** Tenants that may call the alias. Enforced only where the gateway knows its clients. */
  readonly callers: Callers;
  /**
   * Needs a gateway with `tokenUsage`, and with `lua` where not every caller has the same limit.
   * @default - none
   */
  readonly tokenLimits?: readonly TokenLimit[];
  /**
   * Paths that clients reach and what is below them; metrics and health are not theirs.
   * @default - `/v1`, the OpenAI-compatible API
   */
  readonly paths?: readonly RoutePath[];
  /**
   * Seconds that a request may take, to the last byte of its answer, streamed or not: 1 to 7,200. A serving
   * that is stopped should be given as long. @default 900
   */
  readonly requestTimeoutSeconds?: RequestSeconds;
}

/**
 * The way from the name that clients call to the servings behind it: an HTTPRoute, and what a named
 * gateway needs to know who may take it.
 *
 * @throws ValidationError with everything that is wrong with the props
 */
export class ModelRoute extends Construct {
  readonly alias: string;
  readonly hostname: string;
  /** Whether only `callers` get through. */
  readonly enforcesAccess: boolean;

  constructor(scope: Construct, id: string, props: ModelRouteProps) {
    super(scope, id);
    const wrong = checkProps(this, 'ModelRouteProps', props);
    const { gateway, tenant, backends, mirror } = props;
    this.alias = props.alias;
    this.hostname = gateway.hostname(this.alias);
    this.enforcesAccess = gateway.enforcesAccess;
    refuseWrong(this, wrong, routeProblems(props, wrongKeys(wrong)));

    const metadata = {
      name: this.alias,
      namespace: tenant.namespace,
      labels: { [`${LABEL_PREFIX}/alias`]: this.alias, ...MANAGED_BY },
    };
    gatewayObject(this, 'Resource', 'HTTPRoute', metadata, {
      parentRefs: [
        { name: gateway.gatewayName, namespace: gateway.namespace, sectionName: LISTENER },
      ],
      hostnames: [this.hostname],
      rules: [
        {
          matches: (props.paths ?? ['/v1']).map((value) => ({
            path: { type: 'PathPrefix', value },
          })),
          ...(mirror
            ? {
                filters: [
                  { type: 'RequestMirror', requestMirror: { backendRef: service(mirror, tenant) } },
                ],
              }
            : {}),
          backendRefs: backends.map(({ serving, weight }) => ({
            ...service(serving, tenant),
            weight,
          })),
          timeouts: { request: `${props.requestTimeoutSeconds ?? REQUEST_TIMEOUT_SECONDS}s` },
        },
      ],
    });
    for (const serving of servingsOf(props)) {
      if (serving.namespace === tenant.namespace) continue;
      const name = `route-${this.alias}-${serving.servingName}`;
      const there = { ...metadata, name, namespace: serving.namespace };
      gatewayObject(this, `grant-${serving.servingName}`, 'ReferenceGrant', there, {
        from: [{ group: GATEWAY_API, kind: 'HTTPRoute', namespace: tenant.namespace }],
        to: [{ group: '', kind: 'Service', name: serving.servingName }],
      });
    }
    if (this.enforcesAccess) {
      envoyPolicy(this, 'access', 'SecurityPolicy', metadata, {
        apiKeyAuth: {
          credentialRefs: apiKeySecrets(props.callers).map((name) => ({ name })),
          // `Authorization: Bearer <key>`, as clients of the OpenAI API send it.
          extractFrom: [{ headers: ['Authorization'] }],
          forwardClientIDHeader: TENANT_HEADER,
          sanitize: true,
        },
      });
    }
    if (gateway.envoyGateway) this.addTraffic(metadata, props);
  }

  /** How the gateway treats the servers behind the route, and what tenants may use up. */
  private addTraffic(metadata: RouteMetadata, props: ModelRouteProps): void {
    const { gateway, backends, callers, tokenLimits = [] } = props;
    const usage = gateway.envoyGateway?.tokenUsage;
    const limited = usage !== undefined && tokenLimits.length > 0;
    const policy = envoyPolicy(this, 'traffic', 'BackendTrafficPolicy', metadata, {
      ...upstream(backends.map(({ serving }) => serving.traffic)),
      ...(limited ? { rateLimit: tokenRateLimit({ callers, tokenLimits }, usage) } : {}),
    });
    if (!limited) return;
    movedFrom(policy, 'tokens');
    const script = limitScript({ callers, tokenLimits });
    if (!script) return;
    envoyPolicy(this, 'limits', 'EnvoyExtensionPolicy', metadata, {
      lua: [script],
      mergeType: 'StrategicMerge',
    });
  }
}

type RouteMetadata = { name: string; namespace: string; labels: Record<string, string> };

/** Every serving behind a route, each once. */
function servingsOf({ backends, mirror }: ModelRouteProps): ModelServing[] {
  return [...new Set([...backends.map(({ serving }) => serving), ...(mirror ? [mirror] : [])])];
}

function service({ servingName, namespace }: ModelServing, tenant: TenantNamespace) {
  return {
    name: servingName,
    ...(namespace === tenant.namespace ? {} : { namespace }),
    port: API_PORT,
  };
}

function routeProblems(props: ModelRouteProps, wrong: ReadonlySet<string | number>): string[] {
  const { gateway, tenant, alias, backends } = props;
  return mistakes(
    !wrong.has('alias') &&
      !gateway.claim(alias) &&
      `an alias has one route a gateway; rename one, got: '${alias}' twice`,
    otherClusters(props),
    !gateway.routeNamespaces.includes(tenant.namespace) &&
      `gateway ${gateway.gatewayName} takes routes of ${gateway.routeNamespaces.join(', ')}; add the namespace to its routeNamespaces, got: '${tenant.namespace}'`,
    wrong.has('backends') ? [] : validateWeights(backends),
    servingsOf(props)
      .filter((serving) => serving.alias !== alias)
      .map(
        ({ servingName, alias: other }) =>
          `servings behind an alias answer to it; set alias '${alias}' of ${servingName}, got: '${other}'`,
      ),
    validateTokenLimits(
      { callers: props.callers, tokenLimits: props.tokenLimits ?? [] },
      {
        counts: gateway.enforcesAccess && gateway.envoyGateway?.tokenUsage !== undefined,
        lua: gateway.envoyGateway?.lua ?? false,
      },
    ),
  );
}

/** A route, its gateway and what is behind it are on one cluster. */
function otherClusters({ gateway, tenant, ...props }: ModelRouteProps): string[] {
  const home = gateway.cluster.clusterName;
  return mistakes(
    tenant.cluster !== gateway.cluster &&
      `a route is on the cluster of its gateway, ${home}; use a namespace there, got: ${tenant.namespace} on ${tenant.cluster.clusterName}`,
    servingsOf({ gateway, tenant, ...props })
      .filter(({ cluster }) => cluster !== gateway.cluster)
      .map(
        ({ servingName, cluster }) =>
          `an alias has one home cluster, here ${home}; use a serving there, got: ${servingName} on ${cluster.clusterName}`,
      ),
  );
}

function validateWeights(backends: readonly RouteBackend[]): string[] {
  const total = backends.reduce((sum, { weight }) => sum + weight, 0);
  return mistakes(
    total !== 100 &&
      `weights are percent and add up to 100; correct them, got: ${backends.map(({ weight }) => weight).join(' + ') || 'no backend'}`,
  );
}
