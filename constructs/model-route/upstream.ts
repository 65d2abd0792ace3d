import type { ServerTraffic } from '../model-serving';

/** How a gateway treats the connections to the servers behind a route: a part of a BackendTrafficPolicy. */
export interface Upstream {
  readonly timeout?: {
    /** How long a connection without a request is kept, `2500ms`. */
    readonly http: { readonly connectionIdleTimeout: string };
  };
  /** For all servers behind the route together, in each proxy of the gateway. */
  readonly circuitBreaker: {
    readonly maxConnections: number;
    readonly maxPendingRequests: number;
    readonly maxParallelRequests: number;
    readonly maxRequestsPerConnection?: number;
  };
}

/**
 * A gateway gives a connection up at half of the time after which the server does: what is sent while the other end
 * closes is lost. A new connection inside a cluster costs less than a millisecond, so that nothing is gained by a
 * longer time. The half is an assumption of ours.
 */
const IDLE_SHARE = 0.5;

/** Requests that are let through for each that servers work on, so that as many wait: an assumption of ours. */
const WITH_WAITING = 2;

/** What Envoy takes where nothing is said (envoy v1.39.1 api/envoy/config/cluster/v3/circuit_breaker.proto). */
const ENVOY_LIMIT = 1024;

/** The largest number that a limit takes: none. */
const NO_LIMIT = 4_294_967_295;

/**
 * What is known of the servers behind a route, as a gateway needs it.
 *
 * - Connections end before the shortest-lived server would close them; where that is not known, each carries one request.
 * - As many requests run as the servers take and as many again may wait there, where autoscalers see them, and never
 *   fewer than Envoy lets through by itself. Where that is not known the servers refuse what they cannot take. HTTP/1.1
 *   has a connection a request, and after a pause all of them are opened at once, so the three limits are the same.
 */
export function upstream(servers: readonly ServerTraffic[]): Upstream {
  const keepAlive = least(servers.map(({ keepAliveSeconds }) => keepAliveSeconds));
  const limit = requestLimit(servers);
  return {
    ...(keepAlive === undefined
      ? {}
      : {
          timeout: {
            http: { connectionIdleTimeout: `${Math.floor(keepAlive * 1000 * IDLE_SHARE)}ms` },
          },
        }),
    circuitBreaker: {
      maxConnections: limit,
      maxPendingRequests: limit,
      maxParallelRequests: limit,
      ...(keepAlive === undefined ? { maxRequestsPerConnection: 1 } : {}),
    },
  };
}

function requestLimit(servers: readonly ServerTraffic[]): number {
  const parallel = sum(servers.map(({ parallelRequests }) => parallelRequests));
  if (parallel === undefined) return NO_LIMIT;
  return Math.min(Math.max(ENVOY_LIMIT, parallel * WITH_WAITING), NO_LIMIT);
}

/** @returns undefined where one of them is not known */
function least(values: readonly (number | undefined)[]): number | undefined {
  return allKnown(values) ? Math.min(...values) : undefined;
}

/** @returns undefined where one of them is not known */
function sum(values: readonly (number | undefined)[]): number | undefined {
  return allKnown(values) ? values.reduce((total, value) => total + value, 0) : undefined;
}

function allKnown(values: readonly (number | undefined)[]): values is readonly number[] {
  return values.every((value) => value !== undefined);
}
