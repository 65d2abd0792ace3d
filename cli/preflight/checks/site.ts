import type { V1Deployment } from '@kubernetes/client-node';
import type { Check } from '../../checks/check';
import { foreignNamespaces, objectsOf } from '../../declared/phase';
import { type Conditioned, conditionOf } from '../../live/conditions';
import type { PreflightSubject } from '../subject';

export const siteNamespaces: Check<PreflightSubject> = {
  id: 'AICC-PRE-007',
  level: 'error',
  title: 'namespaces of the site are there',
  why:
    'Objects of the phase go into namespaces that the site makes: a deployment stops half-way ' +
    'where one is missing.',
  remedy: 'create it',
  async check({ phase, cluster }) {
    return Promise.all(
      foreignNamespaces(phase).map(async (name) => {
        const ref = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
        if (await cluster.get(ref)) return undefined;
        return {
          path: `Namespace ${name}`,
          statement: 'is not there',
          remedy: `create it: objects of ${phase.id} go into it, and it is not the phase's to make`,
        };
      }),
    );
  },
};

/** Keys of quotas by StorageClass (kubernetes.io, "Resource Quotas"). */
const BY_CLASS = '.storageclass.storage.k8s.io/';

export const storageClasses: Check<PreflightSubject> = {
  id: 'AICC-PRE-008',
  level: 'error',
  title: 'StorageClasses that claims and quotas name are there',
  why: 'A claim whose StorageClass is not there stays Pending, and what mounts it does not start.',
  remedy: 'install it, or name another one in the data of the phase (docs/hosts.md)',
  async check({ phase, cluster }) {
    const claimed = objectsOf(phase, 'PersistentVolumeClaim').flatMap(
      ({ spec }) => (spec as { storageClassName?: string }).storageClassName || [],
    );
    const limited = objectsOf(phase, 'ResourceQuota').flatMap(({ spec }) =>
      Object.keys((spec as { hard?: object }).hard ?? {})
        .filter((key) => key.includes(BY_CLASS))
        .map((key) => key.slice(0, key.indexOf(BY_CLASS))),
    );
    const classes = await cluster.list('storage.k8s.io/v1', 'StorageClass');
    const there = classes.map(({ metadata }) => metadata.name);
    return [...new Set([...claimed, ...limited])]
      .filter((name) => !there.includes(name))
      .map((name) => ({
        path: `StorageClass ${name}`,
        statement: `is not there; there are ${there.join(', ') || 'none'}`,
      }));
  },
};

/** APIs by the type of metric of a HorizontalPodAutoscaler (kubernetes.io, "Horizontal Pod Autoscaling"). */
const METRIC_APIS: Readonly<Record<string, string>> = {
  Resource: 'v1beta1.metrics.k8s.io',
  ContainerResource: 'v1beta1.metrics.k8s.io',
  Pods: 'v1beta1.custom.metrics.k8s.io',
  Object: 'v1beta1.custom.metrics.k8s.io',
  External: 'v1beta1.external.metrics.k8s.io',
};

export const metricsAdapter: Check<PreflightSubject> = {
  id: 'AICC-PRE-009',
  level: 'error',
  title: 'metrics that autoscalers ask for can be asked for',
  why: 'An autoscaler that gets no metrics leaves servings at their least number of replicas.',
  remedy:
    'install or repair the adapter of metrics (docs/runbook.md): servings stay at their least number of replicas without it',
  async check({ phase, cluster }) {
    const types = objectsOf(phase, 'HorizontalPodAutoscaler').flatMap(({ spec }) =>
      ((spec as { metrics?: { type: string }[] }).metrics ?? []).map(({ type }) => type),
    );
    const names = new Set(types.flatMap((type) => METRIC_APIS[type] ?? []));
    return Promise.all(
      [...names].map(async (name) => {
        const ref = {
          apiVersion: 'apiregistration.k8s.io/v1',
          kind: 'APIService',
          metadata: { name },
        };
        const service = await cluster.get<Conditioned>(ref);
        const available = conditionOf(service, 'Available');
        if (available?.status === 'True') return undefined;
        const why = available?.message ?? 'no condition';
        return {
          path: `APIService ${name}`,
          statement: service ? `is not available: ${why}` : 'is not there',
        };
      }),
    );
  },
};

/** Recording rules and alerts join on it; kube-state-metrics hides labels that it is not told of. */
const WANTED_LABEL = 'aicc.internal/model';

export const kubeStateMetrics: Check<PreflightSubject> = {
  id: 'AICC-PRE-010',
  level: 'error',
  title: 'kube-state-metrics runs and tells which Deployments serve models',
  why:
    'Alerts about nodes, quotas and servings rest on its metrics, and tell models apart by a ' +
    'label that it hides unless it is told of it.',
  remedy: `add --metric-labels-allowlist=deployments=[${WANTED_LABEL}] (docs/runbook.md)`,
  async check({ phase, cluster }) {
    if (objectsOf(phase, 'PrometheusRule').length === 0) return undefined;
    const labels = 'app.kubernetes.io/name=kube-state-metrics';
    const all = await cluster.list<V1Deployment>('apps/v1', 'Deployment', { labels });
    const running = all.find(({ status }) => (status?.availableReplicas ?? 0) > 0);
    if (!running) {
      return {
        path: `Deployment with ${labels}`,
        statement: all.length > 0 ? 'no replica is available' : 'is not there',
        remedy:
          'install or repair kube-state-metrics: alerts about nodes, quotas and servings rest on it',
      };
    }
    const args = running.spec?.template.spec?.containers.flatMap((own) => own.args ?? []) ?? [];
    const [list = ''] = args.flatMap(
      (arg) => /^--metric-labels-allowlist=(.+)$/.exec(arg)?.[1] ?? [],
    );
    const [, allowed = ''] = /(?:^|,)deployments=\[([^\]]*)\]/.exec(list) ?? [];
    if (allowed.split(',').some((label) => ['*', WANTED_LABEL].includes(label.trim()))) {
      return undefined;
    }
    return {
      path: `Deployment ${running.metadata?.namespace}/${running.metadata?.name}`,
      statement: `--metric-labels-allowlist has no ${WANTED_LABEL} of deployments`,
    };
  },
};

export const groupsKnown: Check<PreflightSubject> = {
  id: 'AICC-PRE-011',
  level: 'error',
  title: 'groups that roles are bound to exist, where the API server can know',
  why:
    'Kubernetes keeps no groups and binds roles to any name: where one is misspelt nobody has ' +
    'the role, and nothing says so.',
  remedy: 'create it or correct the groups of the tenant: nobody has the role until then',
  async check({ phase, cluster }) {
    // Kubernetes has no groups: they come with the login. OpenShift keeps its own.
    if (!(await cluster.resource('user.openshift.io/v1', 'Group'))) return undefined;
    const groups = await cluster.list('user.openshift.io/v1', 'Group');
    const there = new Set(groups.map(({ metadata }) => metadata.name));
    const bound = objectsOf(phase, 'RoleBinding').flatMap(({ subjects }) =>
      ((subjects ?? []) as { kind: string; name: string }[])
        .filter(({ kind }) => kind === 'Group')
        .map(({ name }) => name),
    );
    return [...new Set(bound)]
      .filter((name) => !there.has(name) && !name.startsWith('system:'))
      .map((name) => ({
        path: `group ${name}`,
        statement: 'is not known',
      }));
  },
};
