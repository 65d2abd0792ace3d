/** A kind that a site installs before a phase. */
export interface CustomKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Go module that carries its CRD. @default - none: only the upstream release has it */
  readonly module?: CrdModule;
}

interface CrdModule {
  /** Folder beside this file with a `go.mod` that pins the version. */
  readonly folder: string;
  readonly path: string;
  /** File of the CRD inside the module. */
  readonly file: string;
}

const VOLCANO = { group: 'scheduling.volcano.sh', version: 'v1beta1' };

/** Kinds of the project's stacks, and those that jobs of tenants are made of. */
export const CUSTOM_KINDS: readonly CustomKind[] = [
  { ...VOLCANO, kind: 'Queue', plural: 'queues', namespaced: false },
  { ...VOLCANO, kind: 'PodGroup', plural: 'podgroups', namespaced: true },
  {
    group: 'batch.volcano.sh',
    version: 'v1alpha1',
    kind: 'Job',
    plural: 'jobs',
    namespaced: true,
  },
  {
    group: 'leaderworkerset.x-k8s.io',
    version: 'v1',
    kind: 'LeaderWorkerSet',
    plural: 'leaderworkersets',
    namespaced: true,
  },
  prometheusOperator('PodMonitor', 'podmonitors'),
  prometheusOperator('PrometheusRule', 'prometheusrules'),
  { ...gatewayApi('GatewayClass', 'gatewayclasses'), namespaced: false },
  gatewayApi('Gateway', 'gateways'),
  gatewayApi('HTTPRoute', 'httproutes'),
  { ...gatewayApi('ReferenceGrant', 'referencegrants'), version: 'v1beta1' },
  envoyGateway('ClientTrafficPolicy', 'clienttrafficpolicies'),
  envoyGateway('BackendTrafficPolicy', 'backendtrafficpolicies'),
  envoyGateway('SecurityPolicy', 'securitypolicies'),
  envoyGateway('EnvoyExtensionPolicy', 'envoyextensionpolicies'),
];

/** Release 1.4, older than those of today's gateways: what it takes, they take. */
function gatewayApi(kind: string, plural: string): CustomKind {
  return {
    group: 'gateway.networking.k8s.io',
    version: 'v1',
    kind,
    plural,
    namespaced: true,
    module: {
      folder: 'gateway-api',
      path: 'sigs.k8s.io/gateway-api',
      file: `config/crd/standard/gateway.networking.k8s.io_${plural}.yaml`,
    },
  };
}

function envoyGateway(kind: string, plural: string): CustomKind {
  return {
    group: 'gateway.envoyproxy.io',
    version: 'v1alpha1',
    kind,
    plural,
    namespaced: true,
    module: {
      folder: 'envoy-gateway',
      path: 'github.com/envoyproxy/gateway',
      file: `charts/gateway-helm/charts/crds/crds/generated/gateway.envoyproxy.io_${plural}.yaml`,
    },
  };
}

function prometheusOperator(kind: string, plural: string): CustomKind {
  return {
    group: 'monitoring.coreos.com',
    version: 'v1',
    kind,
    plural,
    namespaced: true,
    module: {
      folder: 'prometheus-operator',
      path: 'github.com/prometheus-operator/prometheus-operator',
      file: `example/prometheus-operator-crd/monitoring.coreos.com_${plural}.yaml`,
    },
  };
}
