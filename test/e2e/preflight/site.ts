import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type DeclaredPhase, objectsOf } from '../../../cli/declared/phase';
import type { LiveCluster } from '../../../cli/live/cluster';
import { waitFor } from '../../../cli/live/wait-for';
import type { KubernetesObject } from '../../../cli/manifests/render';
import { schemalessCrd } from '../../../cli/rehearse/control-plane/prerequisites';
import { patchStatus } from '../patch-status';
import { SITE_NAMESPACE } from './phase';

const ROOT = join(__dirname, '../../..');

/** Kinds that a site has and the stacks of this package do not use. */
const KINDS = [
  {
    group: 'monitoring.coreos.com',
    version: 'v1',
    kind: 'Prometheus',
    plural: 'prometheuses',
    namespaced: true,
  },
  {
    group: 'user.openshift.io',
    version: 'v1',
    kind: 'Group',
    plural: 'groups',
    namespaced: false,
  },
];

const GATEWAY_KINDS = [
  ['GatewayClass', 'gatewayclasses', false],
  ['Gateway', 'gateways', true],
  ['HTTPRoute', 'httproutes', true],
] as const;

/** A Deployment of the site on a management server; the simulated node runs nothing. */
export function deployment(
  namespace: string,
  name: string,
  args: readonly string[] = [],
  labels: Readonly<Record<string, string>> = { app: name },
  image = `site.example/${name}:1`,
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels } as KubernetesObject['metadata'],
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'main', image, args }] },
      },
    },
  };
}

/** Scheduler or controllers as MindCluster installs them. @param tag of the image */
export function volcano(name: string, image: string, tag = 'v1.12.0-v26.1.0-openeuler24.03') {
  return deployment('volcano-system', name, [], { app: name }, `site.example/${image}:${tag}`);
}

const namespace = (name: string, labels = {}) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});

/** ConfigMap of the manager of LeaderWorkerSet, as its chart makes it. */
export function lwsConfiguration(provider?: string): KubernetesObject {
  const gang = provider ? `gangSchedulingManagement:\n  schedulerProvider: ${provider}\n` : '';
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'lws-manager-config',
      namespace: 'lws-system',
      labels: { 'app.kubernetes.io/name': 'lws' },
    } as KubernetesObject['metadata'],
    data: {
      'controller_manager_config.yaml': `apiVersion: config.lws.x-k8s.io/v1alpha1\nkind: Configuration\n${gang}`,
    },
  };
}

/** What has `name` asked for, and nothing else. */
export function metricsApi(available: boolean): KubernetesObject {
  return {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1beta1.custom.metrics.k8s.io' },
    spec: {
      group: 'custom.metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      ...(available
        ? // Without a service the API server takes it for its own, and thus for available.
          {}
        : { insecureSkipTLSVerify: true, service: { namespace: 'monitoring', name: 'nowhere' } }),
    },
  };
}

export const ALLOW_LIST =
  '--metric-labels-allowlist=nodes=[zone],deployments=[aicc.internal/model]';

/** Configuration of the scheduler that docs/hosts.md prescribes. */
export function schedulerConfiguration(): KubernetesObject {
  return parse(readFileSync(join(ROOT, 'docs/volcano-scheduler-configmap.yaml'), 'utf8'));
}

/** One of each name that claims of the phase have; nothing makes volumes for them. */
export function storageClasses(phase: DeclaredPhase): KubernetesObject[] {
  const names = objectsOf(phase, 'PersistentVolumeClaim').map(
    ({ spec }) => (spec as { storageClassName: string }).storageClassName,
  );
  return [...new Set(names)].map((name) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: 'site.example/nfs',
  }));
}

function groupsOf(phase: DeclaredPhase): string[] {
  const subjects = objectsOf(phase, 'RoleBinding').flatMap(
    (binding) => (binding.subjects ?? []) as { kind: string; name: string }[],
  );
  return [
    ...new Set(subjects.filter(({ kind }) => kind === 'Group').map(({ name }) => name)),
  ].filter((name) => !name.startsWith('system:'));
}

/**
 * A site that is ready for a phase, as far as the API server can know: what docs/hosts.md and
 * docs/runbook.md ask for.
 */
function siteObjects(phase: DeclaredPhase): KubernetesObject[] {
  const stateMetrics = 'kube-state-metrics';
  return [
    ...storageClasses(phase),
    ...['volcano-system', 'lws-system', SITE_NAMESPACE].map((name) => namespace(name)),
    namespace('model-gateway', { 'aicc.internal/gateway': 'true' }),
    volcano('volcano-scheduler', 'vc-scheduler'),
    volcano('volcano-controllers', 'vc-controller-manager'),
    schedulerConfiguration(),
    lwsConfiguration('volcano'),
    metricsApi(true),
    deployment('monitoring', stateMetrics, [ALLOW_LIST], {
      app: stateMetrics,
      'app.kubernetes.io/name': stateMetrics,
    }),
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: { name: 'site', namespace: 'monitoring' },
      spec: {
        ruleSelector: {},
        ruleNamespaceSelector: {},
        podMonitorSelector: {},
        podMonitorNamespaceSelector: {
          matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' },
        },
      },
    },
    ...groupsOf(phase).map((name) => ({
      apiVersion: 'user.openshift.io/v1',
      kind: 'Group',
      metadata: { name },
      users: [],
    })),
    ...gatewayClasses(phase),
    FRONT,
  ];
}

/** A gateway of the site's own. */
export const FRONT: KubernetesObject = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'front', namespace: 'model-gateway' },
  spec: {
    gatewayClassName: 'site',
    listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }],
  },
};

/** Classes that gateways of the phase name. */
function gatewayClasses(phase: DeclaredPhase): KubernetesObject[] {
  const names = objectsOf(phase, 'Gateway').map(
    ({ spec }) => (spec as { gatewayClassName: string }).gatewayClassName,
  );
  return [...new Set(names)].map((name) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name },
    spec: { controllerName: 'site.example/gateway' },
  }));
}

/** What the controller of a class says of it. */
export function classStatus(status: 'True' | 'False', message = '') {
  const lastTransitionTime = '2026-01-01T00:00:00Z';
  return {
    conditions: [{ type: 'Accepted', status, reason: 'Accepted', message, lastTransitionTime }],
  };
}

/** Makes the site; kinds of it that are there with a schema stay as they are. */
export async function makeSite(cluster: LiveCluster, phase: DeclaredPhase): Promise<void> {
  const gateway = GATEWAY_KINDS.map(([kind, plural, namespaced]) => ({
    group: 'gateway.networking.k8s.io',
    version: 'v1',
    kind,
    plural,
    namespaced,
  }));
  const kinds = [...KINDS, ...gateway];
  for (const kind of kinds) {
    const api = `${kind.group}/${kind.version}`;
    if (!(await cluster.resource(api, kind.kind))) await cluster.create(schemalessCrd(kind));
    await waitFor(
      `kind ${kind.kind}`,
      30,
      async () => (await cluster.resource(api, kind.kind)) !== undefined,
      (served) => served,
    );
  }
  for (const object of siteObjects(phase)) await cluster.apply(object, 'site');
  for (const gatewayClass of gatewayClasses(phase)) {
    await patchStatus(cluster, gatewayClass, classStatus('True'));
  }
}
