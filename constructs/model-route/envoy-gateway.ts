import type { Construct } from 'constructs';
import { type CustomObject, customResource } from '../custom-resource';
import { GATEWAY_API } from './gateway-api';
import type { TokenRateLimit } from './token-limits';
import type { Upstream } from './upstream';

/**
 * Kinds of Envoy Gateway for what Gateway API has no field for, as far as they are used here
 * (envoyproxy/gateway v1.9.1: api/v1alpha1, charts/gateway-helm/charts/crds).
 */
interface Policies {
  /** Requests as clients send them to a gateway. */
  readonly ClientTrafficPolicy: {
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
  };
  /** Who may send requests to a route: whoever has a key of one of the Secrets. */
  readonly SecurityPolicy: {
    readonly apiKeyAuth: {
      /** Secrets; each entry is the key of the client that its name says. */
      readonly credentialRefs: readonly { readonly name: string }[];
      readonly extractFrom: readonly { readonly headers: readonly string[] }[];
      /** Header in which the model server, and limits, are told the client; one that a client sent is replaced. */
      readonly forwardClientIDHeader: string;
      /** Whether the key is taken out of what is forwarded. */
      readonly sanitize: boolean;
    };
  };
  /** Requests as they are sent to the servers behind a route, and what its clients may use up. */
  readonly BackendTrafficPolicy: Upstream & { readonly rateLimit?: TokenRateLimit };
  /** A script that looks at each request of a route. */
  readonly EnvoyExtensionPolicy: {
    readonly lua: readonly {
      readonly type: 'Inline';
      readonly inline: string;
      /** What the script is given for this route. */
      readonly filterContext: Readonly<Record<string, string>>;
    }[];
    /** With it, what a policy of the gateway adds stays. */
    readonly mergeType: 'StrategicMerge';
  };
}

/** A policy for the gateway, or the route, of its own name and namespace. */
export function envoyPolicy<K extends keyof Policies>(
  scope: Construct,
  id: string,
  kind: K,
  metadata: CustomObject['metadata'],
  spec: Policies[K],
) {
  const target = kind === 'ClientTrafficPolicy' ? 'Gateway' : 'HTTPRoute';
  return customResource<{ spec: Policies[K] & { targetRefs: readonly object[] } }>(scope, id, {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind,
    metadata,
    spec: { targetRefs: [{ group: GATEWAY_API, kind: target, name: metadata.name }], ...spec },
  });
}
