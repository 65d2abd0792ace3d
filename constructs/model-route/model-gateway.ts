import { Construct } from 'constructs';
import type { ComputeCluster } from '../compute-cluster';
import { throwIfAny } from '../errors';
import { MANAGED_BY } from '../names';
import { NAMESPACE_NAME } from '../network-peers';
import { duplicates, validateCount, validateDnsLabel, validateDnsSubdomain } from '../validate';
import { clientTrafficPolicy } from './envoy-gateway';
import { GATEWAY_API, gateway, referenceGrant } from './gateway-api';
import type { MetadataKey } from './token-limits';

/** What Envoy Gateway does beyond Gateway API. */
export interface EnvoyGatewayOptions {
  /**
   * Seconds that a request may be without a byte in either direction: longer than the longest pause
   * of a streamed answer, and than a whole answer that is not streamed. @default 900
   */
  readonly streamIdleTimeoutSeconds?: number;
  /** MiB of a connection that are held in memory before its other end has to wait. @default - the gateway's own: 32 KiB */
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

export interface ModelGatewayProps {
  readonly cluster: ComputeCluster;
  /** DNS domain in which each alias is a host, `models.tj-3.example.org`; unique to the cluster. */
  readonly domain: string;
  /** GatewayClass of the site's gateway. */
  readonly gatewayClassName: string;
  /** Secret with certificate and key for `*.<domain>`. The site makes it. */
  readonly tls: {
    readonly secretName: string;
    /** @default - that of the gateway */
    readonly namespace?: string;
  };
  /** Namespaces that routes may be in. */
  readonly routeNamespaces: readonly string[];
  /**
   * Namespace of the gateway. It is there, and labelled `aicc.internal/gateway=true`, which lets its
   * proxies reach servings. @default 'model-gateway'
   */
  readonly namespace?: string;
  /** DNS label. @default 'models' */
  readonly gatewayName?: string;
  /** Port of clients. @default 443 */
  readonly port?: number;
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
    this.cluster = props.cluster;
    this.gatewayName = props.gatewayName ?? 'models';
    this.namespace = props.namespace ?? 'model-gateway';
    this.domain = props.domain;
    this.routeNamespaces = [...props.routeNamespaces];
    this.envoyGateway = props.envoyGateway;
    this.enforcesAccess = props.envoyGateway !== undefined && (props.envoyGateway.apiKeys ?? true);
    const port = props.port ?? 443;
    const path = this.node.path;
    throwIfAny(
      [...this.problems(props), ...validateCount('port', port, 1, 65_535)].map((message) => ({
        path,
        message,
      })),
    );

    const metadata = {
      name: this.gatewayName,
      namespace: this.namespace,
      labels: { ...MANAGED_BY },
    };
    const { secretName, namespace: secretNamespace = this.namespace } = props.tls;
    gateway(this, 'Resource', metadata, {
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
      referenceGrant(
        this,
        'certificate',
        {
          name: `gateway-${this.gatewayName}`,
          namespace: secretNamespace,
          labels: metadata.labels,
        },
        {
          from: { group: GATEWAY_API, kind: 'Gateway', namespace: this.namespace },
          to: { kind: 'Secret', name: secretName },
        },
      );
    }
    if (props.envoyGateway) {
      const { streamIdleTimeoutSeconds = 900, bufferMib } = props.envoyGateway;
      clientTrafficPolicy(this, 'clients', metadata, this.gatewayName, {
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

  private problems({ gatewayClassName, tls, envoyGateway }: ModelGatewayProps): string[] {
    return [
      ...validateDnsLabel('gatewayName', this.gatewayName),
      ...validateDnsLabel('namespace of the gateway', this.namespace),
      ...validateDnsSubdomain('domain', this.domain),
      ...validateDnsSubdomain('gatewayClassName', gatewayClassName),
      ...validateDnsSubdomain('tls.secretName', tls.secretName),
      ...(tls.namespace === undefined ? [] : validateDnsLabel('tls.namespace', tls.namespace)),
      ...(this.routeNamespaces.length > 0
        ? []
        : ['routeNamespaces are missing; name those that routes may be in, got: none']),
      ...this.routeNamespaces.flatMap((name) => validateDnsLabel('routeNamespaces', name)),
      ...duplicates(this.routeNamespaces).map(
        (name) => `routeNamespaces must be different; remove one, got: '${name}' twice`,
      ),
      ...validateCount(
        'envoyGateway.streamIdleTimeoutSeconds',
        envoyGateway?.streamIdleTimeoutSeconds ?? 1,
        1,
      ),
      ...validateCount('envoyGateway.bufferMib', envoyGateway?.bufferMib ?? 1, 1, 1024),
    ];
  }
}
