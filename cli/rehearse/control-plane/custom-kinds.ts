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

type Release = Pick<CustomKind, 'group' | 'version'> & {
  readonly module?: Omit<CrdModule, 'file'>;
  /** Folder of the module that its CRDs are in, as `<group>_<plural>.yaml`. */
  readonly crds?: string;
};

const VOLCANO: Release = { group: 'scheduling.volcano.sh', version: 'v1beta1' };
const VOLCANO_BATCH: Release = { group: 'batch.volcano.sh', version: 'v1alpha1' };
const LEADER_WORKER_SET: Release = { group: 'leaderworkerset.x-k8s.io', version: 'v1' };

const PROMETHEUS_OPERATOR: Release = {
  group: 'monitoring.coreos.com',
  version: 'v1',
  module: {
    folder: 'prometheus-operator',
    path: 'github.com/prometheus-operator/prometheus-operator',
  },
  crds: 'example/prometheus-operator-crd',
};

/** Release 1.4, older than those of today's gateways: what it takes, they take. */
const GATEWAY_API: Release = {
  group: 'gateway.networking.k8s.io',
  version: 'v1',
  module: { folder: 'gateway-api', path: 'sigs.k8s.io/gateway-api' },
  crds: 'config/crd/standard',
};

const ENVOY_GATEWAY: Release = {
  group: 'gateway.envoyproxy.io',
  version: 'v1alpha1',
  module: { folder: 'envoy-gateway', path: 'github.com/envoyproxy/gateway' },
  crds: 'charts/gateway-helm/charts/crds/crds/generated',
};

/** Kinds of the project's stacks, and those that jobs of tenants are made of. */
export const CUSTOM_KINDS: readonly CustomKind[] = [
  kindOf(VOLCANO, 'Queue', 'queues', false),
  kindOf(VOLCANO, 'PodGroup', 'podgroups'),
  kindOf(VOLCANO_BATCH, 'Job', 'jobs'),
  kindOf(LEADER_WORKER_SET, 'LeaderWorkerSet', 'leaderworkersets'),
  kindOf(PROMETHEUS_OPERATOR, 'PodMonitor', 'podmonitors'),
  kindOf(PROMETHEUS_OPERATOR, 'PrometheusRule', 'prometheusrules'),
  kindOf(GATEWAY_API, 'GatewayClass', 'gatewayclasses', false),
  kindOf(GATEWAY_API, 'Gateway', 'gateways'),
  kindOf(GATEWAY_API, 'HTTPRoute', 'httproutes'),
  { ...kindOf(GATEWAY_API, 'ReferenceGrant', 'referencegrants'), version: 'v1beta1' },
  kindOf(ENVOY_GATEWAY, 'ClientTrafficPolicy', 'clienttrafficpolicies'),
  kindOf(ENVOY_GATEWAY, 'BackendTrafficPolicy', 'backendtrafficpolicies'),
  kindOf(ENVOY_GATEWAY, 'SecurityPolicy', 'securitypolicies'),
  kindOf(ENVOY_GATEWAY, 'EnvoyExtensionPolicy', 'envoyextensionpolicies'),
];

function kindOf(release: Release, kind: string, plural: string, namespaced = true): CustomKind {
  const { group, version, module, crds } = release;
  const of = { group, version, kind, plural, namespaced };
  return module ? { ...of, module: { ...module, file: `${crds}/${group}_${plural}.yaml` } } : of;
}
