import type { Construct } from 'constructs';
import { type CustomObject, customResource } from '../custom-resource';
import { GATEWAY_API } from './gateway-api';
import type { TokenRateLimit } from './token-limits';
import type { Upstream } from './upstream';

/**
 * Kinds of Envoy Gateway for what Gateway API has no field for, as far as they are used here
 * (envoyproxy/gateway v1.9.1: api/v1alpha1, charts/gateway-helm/charts/crds).
 */
const ENVOY_GATEWAY = 'gateway.envoyproxy.io';

type Metadata = CustomObject['metadata'];

/** What a policy holds for: an object of the policy's own namespace. */
interface Target {
  readonly kind: 'Gateway' | 'HTTPRoute';
  readonly name: string;
}

interface Targeted {
  readonly targetRefs: readonly (Target & { readonly group: string })[];
}

function policy<T extends object>(
  scope: Construct,
  id: string,
  kind: string,
  metadata: Metadata,
  target: Target,
  spec: T,
) {
  return customResource<{ spec: T & Targeted }>(scope, id, {
    apiVersion: `${ENVOY_GATEWAY}/v1alpha1`,
    kind,
    metadata,
    spec: { targetRefs: [{ group: GATEWAY_API, ...target }], ...spec },
  });
}

/** Requests as clients send them to a gateway. */
interface ClientTraffic {
  readonly timeout: {
    readonly http: {
      /** How long a request may be without a byte in either direction, `600s`. */
      readonly streamIdleTimeout: string;
    };
  };
  readonly connection?: {
    /** Bytes of a connection that are held in memory, `32Mi`. */
    readonly bufferLimit: string;
  };
}

export function clientTrafficPolicy(
  scope: Construct,
  id: string,
  metadata: Metadata,
  gatewayName: string,
  spec: ClientTraffic,
) {
  const target = { kind: 'Gateway', name: gatewayName } as const;
  return policy(scope, id, 'ClientTrafficPolicy', metadata, target, spec);
}

/** Who may send requests to a route: whoever has a key of one of the Secrets. */
interface Security {
  readonly apiKeyAuth: {
    /** Secrets; each entry is the key of the client that its name says. */
    readonly credentialRefs: readonly { readonly name: string }[];
    readonly extractFrom: readonly { readonly headers: readonly string[] }[];
    /** Header in which the model server, and limits, are told the client; one that a client sent is replaced. */
    readonly forwardClientIDHeader: string;
    /** Whether the key is taken out of what is forwarded. */
    readonly sanitize: boolean;
  };
}

export function securityPolicy(
  scope: Construct,
  id: string,
  metadata: Metadata,
  route: string,
  spec: Security,
) {
  const target = { kind: 'HTTPRoute', name: route } as const;
  return policy(scope, id, 'SecurityPolicy', metadata, target, spec);
}

/** Requests as they are sent to the servers behind a route, and what its clients may use up. */
interface BackendTraffic extends Upstream {
  readonly rateLimit?: TokenRateLimit;
}

export function backendTrafficPolicy(
  scope: Construct,
  id: string,
  metadata: Metadata,
  route: string,
  spec: BackendTraffic,
) {
  const target = { kind: 'HTTPRoute', name: route } as const;
  return policy(scope, id, 'BackendTrafficPolicy', metadata, target, spec);
}

/** A script that looks at each request of a route. */
interface Extension {
  readonly lua: readonly {
    readonly type: 'Inline';
    readonly inline: string;
    /** What the script is given for this route. */
    readonly filterContext: Readonly<Record<string, string>>;
  }[];
  /** With it, what a policy of the gateway adds stays. */
  readonly mergeType: 'StrategicMerge';
}

export function envoyExtensionPolicy(
  scope: Construct,
  id: string,
  metadata: Metadata,
  route: string,
  spec: Extension,
) {
  const target = { kind: 'HTTPRoute', name: route } as const;
  return policy(scope, id, 'EnvoyExtensionPolicy', metadata, target, spec);
}
