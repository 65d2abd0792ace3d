import { Construct } from 'constructs';
import { throwIfAny } from '../../core/errors';
import { MANAGED_BY } from '../../core/names';
import { NAMESPACE_NAME } from '../../core/network-peers';
import type { DnsLabel, DnsSubdomain, Port, PositiveCount } from '../../core/schema/types';
import { checkProps } from '../check-props';
import type { ComputeCluster } from '../compute-cluster';
import { envoyPolicy } from './envoy-gateway';
import { GATEWAY_API, gatewayObject } from './gateway-api';
import type { MetadataKey } from './token-limits';

/** What Envoy Gateway does beyond Gateway API. */
export interface EnvoyGatewayOptions {
  /**
   * Seconds that a request may be without a byte in either direction: longer than the longest pause
   * of a streamed answer, and than a whole answer that is not streamed. @default 900
   */
  readonly streamIdleTimeoutSeconds?: PositiveCount;
  /**
   * MiB of a connection that are held in memory before its other end has to wait.
   * @default - the gateway's own: 32 KiB
   * @asType integer
   * @minimum 1
   * @maximum 1024
   */
  readonly bufferMib?: number;
  /**
   * Whether only tenants with a key get through. Keys are Secrets in the namespace of the routes, which the
   * site makes: `api-key-<tenant>` with one entry `<tenant>: <key>`, and `api-keys` with the entries of all for
   * aliases that all may call. @default true
   */
  readonly apiKeys?: boolean;
  /**
   * Where the number of tokens of an answer is found, for token limits: dynamic metadata that another part
   * of the gateway writes, such as Envoy AI Gateway's `llmRequestCosts` (aigateway.envoyproxy.io,
   * "Usage-based Rate Limiting"). @default - nowhere: token limits are an error
   */
  readonly tokenUsage?: MetadataKey;
  /**
   * Whether it runs scripts of routes (`extensionApis.enableLua` of its configuration), which token limits need
   * that are not the same for all callers. Where it is said and is not so, the gateway answers 500 for such an alias.
   * @default false
   */
  readonly lua?: boolean;
}

/** @title gateway */
export interface ModelGatewayProps {
  readonly cluster: ComputeCluster;
  /** DNS domain in which each alias is a host, `models.tj-3.example.org`; unique to the cluster. */
  readonly domain: DnsSubdomain;
  /** GatewayClass of the site's gateway. */
  readonly gatewayClassName: DnsSubdomain;
  /** Secret with certificate and key for `*.<domain>`. The site makes it. */
  readonly tls: {
    readonly secretName: DnsSubdomain;
    /** @default - that of the gateway */
    readonly namespace?: DnsLabel;
  };
  /** Namespaces that routes may be in. @minItems 1 @uniqueItems */
  readonly routeNamespaces: readonly DnsLabel[];
  /**
   * Namespace of the gateway. It is there, and labelled `aicc.internal/gateway=true`, which lets its
   * proxies reach servings. @default 'model-gateway'
   */
  readonly namespace?: DnsLabel;
  /** @default 'models' */
  readonly gatewayName?: DnsLabel;
  /** Port of clients. @default 443 */
  readonly port?: Port;
  /** Policies of Envoy Gateway. @default - none: whoever reaches the gateway may call any alias */
  readonly envoyGateway?: EnvoyGatewayOptions;
}

/** The one listener. */
export const LISTENER = 'https';

/**
 * Front door of the models of one cluster: a Gateway with a host for each alias. What runs it, its
 * certificate and its namespace are prerequisites.
 *
 * @throws ValidationError with everything that is wrong with the props
 */
export class ModelGateway extends Construct {
  readonly cluster: ComputeCluster;
  readonly gatewayName: string;
  readonly namespace: string;
  readonly domain: string;
  readonly routeNamespaces: readonly string[];
  readonly envoyGateway?: EnvoyGatewayOptions;
  /** Whether an alias can be called only by tenants that were named. */
  readonly enforcesAccess: boolean;
  private readonly aliases = new Set<string>();

  constructor(scope: Construct, id: string, props: ModelGatewayProps) {
    super(scope, id);
    throwIfAny(checkProps(this, 'ModelGatewayProps', props));
    this.cluster = props.cluster;
    this.gatewayName = props.gatewayName ?? 'models';
    this.namespace = props.namespace ?? 'model-gateway';
    this.domain = props.domain;
    this.routeNamespaces = [...props.routeNamespaces];
    this.envoyGateway = props.envoyGateway;
    this.enforcesAccess = props.envoyGateway !== undefined && (props.envoyGateway.apiKeys ?? true);
    const port = props.port ?? 443;
    const metadata = {
      name: this.gatewayName,
      namespace: this.namespace,
      labels: { ...MANAGED_BY },
    };
    const { secretName, namespace: secretNamespace = this.namespace } = props.tls;
    gatewayObject(this, 'Resource', 'Gateway', metadata, {
      gatewayClassName: props.gatewayClassName,
      listeners: [
        {
          name: LISTENER,
          protocol: 'HTTPS',
          port,
          hostname: `*.${this.domain}`,
          tls: {
            mode: 'Terminate',
            certificateRefs: [{ kind: 'Secret', name: secretName, namespace: secretNamespace }],
          },
          allowedRoutes: {
            kinds: [{ group: GATEWAY_API, kind: 'HTTPRoute' }],
            namespaces: {
              from: 'Selector',
              selector: {
                matchExpressions: [
                  { key: NAMESPACE_NAME, operator: 'In', values: [...this.routeNamespaces] },
                ],
              },
            },
          },
        },
      ],
    });
    if (secretNamespace !== this.namespace) {
      const name = `gateway-${this.gatewayName}`;
      const there = { ...metadata, name, namespace: secretNamespace };
      gatewayObject(this, 'certificate', 'ReferenceGrant', there, {
        from: [{ group: GATEWAY_API, kind: 'Gateway', namespace: this.namespace }],
        to: [{ group: '', kind: 'Secret', name: secretName }],
      });
    }
    if (props.envoyGateway) {
      const { streamIdleTimeoutSeconds = 900, bufferMib } = props.envoyGateway;
      envoyPolicy(this, 'clients', 'ClientTrafficPolicy', metadata, {
        timeout: { http: { streamIdleTimeout: `${streamIdleTimeoutSeconds}s` } },
        ...(bufferMib === undefined ? {} : { connection: { bufferLimit: `${bufferMib}Mi` } }),
      });
    }
  }

  /** Host of an alias. */
  hostname(alias: string): string {
    return `${alias}.${this.domain}`;
  }

  /** Called by `ModelRoute`. @returns whether the alias was free until now */
  claim(alias: string): boolean {
    if (this.aliases.has(alias)) return false;
    this.aliases.add(alias);
    return true;
  }
}
