import assert from 'node:assert/strict';
import { LiveCluster, type ObjectRef } from '../../../cli/live/cluster';
import { waitFor } from '../../../cli/live/wait-for';
import type { KubernetesObject } from '../../../cli/manifests/render';
import { LOST_LABEL } from '../../../cli/rehearse/control-plane/configuration';
import { simulatedNodes } from '../../../cli/rehearse/simulated-nodes';
import { patchStatus } from '../patch-status';
import { SITE_NAMESPACE } from './phase';
import type { Planting } from './planting';
import { restricted } from './restricted';
import {
  ALLOW_LIST,
  classStatus,
  deployment,
  FRONT,
  lwsConfiguration,
  metricsApi,
  schedulerConfiguration,
  storageClasses,
  volcano,
} from './site';

/** Takes a fault back. */
type Undo = () => Promise<unknown>;

/** One thing that is wrong on a site, and what must be said about it. */
export interface Fault {
  readonly name: string;
  plant(on: Planting): Promise<Undo>;
  /** What the preflight is shown instead of the cluster. @default - the cluster itself */
  view?(on: Planting): Promise<LiveCluster>;
  readonly id: string;
  /** @default 'error' */
  readonly level?: 'warning';
  /** Found in `subject: found` of the one finding. */
  readonly says: RegExp;
}

const node = (name: string): ObjectRef => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } });
const FIRST = node('tj-1-npu-001');
const NPU = 'huawei.com/Ascend910';

/** Merge patch that is taken back by another one. */
function patched(ref: ObjectRef, change: object, back: object, subresource?: string) {
  return async ({ cluster }: Planting): Promise<Undo> => {
    await cluster.patch(ref, change, subresource);
    return () => cluster.patch(ref, back, subresource);
  };
}

/** An object that is made, and deleted again. */
function made(object: KubernetesObject) {
  return async ({ cluster }: Planting): Promise<Undo> => {
    await cluster.create(object);
    return () => removed(cluster, object);
  };
}

/** An object that is deleted, and made again. */
function missing(object: KubernetesObject) {
  return async ({ cluster }: Planting): Promise<Undo> => {
    await removed(cluster, object);
    return () => cluster.apply(object, 'site', true);
  };
}

/** An object that is there in another way, and put right again. */
function instead(right: KubernetesObject, wrong: KubernetesObject) {
  return async ({ cluster }: Planting): Promise<Undo> => {
    await cluster.apply(wrong, 'site', true);
    return () => cluster.apply(right, 'site', true);
  };
}

async function removed(cluster: LiveCluster, object: ObjectRef): Promise<void> {
  await cluster.remove(object);
  await waitFor(
    `${object.kind} ${object.metadata.name} gone`,
    60,
    async () => (await cluster.get(object)) === undefined,
    (gone) => gone,
  );
}

/** The prescribed configuration of the scheduler with a part of its text replaced. */
function configured(from: RegExp, to: string) {
  const right = schedulerConfiguration();
  const { 'volcano-scheduler.conf': text } = right.data as Record<string, string>;
  const changed = text?.replace(from, to);
  if (changed === text) throw new Error(`the configuration has nothing like ${from}`);
  return instead(right, { ...right, data: { 'volcano-scheduler.conf': changed } });
}

/** A CRD that is changed, or gone where nothing changes it, and put back. */
function crd(name: string, change?: (spec: CrdSpec) => void) {
  return async ({ cluster }: Planting): Promise<Undo> => {
    const kind = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' };
    const ref = { ...kind, metadata: { name } };
    const right = (await cluster.get<{ spec: CrdSpec }>(ref))?.spec;
    if (!right) throw new Error(`no CRD ${name}`);
    const wrong = structuredClone(right);
    change?.(wrong);
    await removed(cluster, ref);
    if (change) {
      await cluster.create({ ...ref, spec: wrong });
      await served(cluster, wrong);
    }
    return async () => {
      if (change) await removed(cluster, ref);
      await cluster.create({ ...ref, spec: right });
      await served(cluster, right);
    };
  };
}

/** Waits until the API server serves what a CRD says. */
async function served({ target }: LiveCluster, { group, names, versions }: CrdSpec): Promise<void> {
  await waitFor(
    `${names.kind} served`,
    60,
    async () => {
      // What a client has discovered it does not ask for again.
      const fresh = LiveCluster.open(target);
      // A list fails while the storage of the kind is made ready.
      const found = await Promise.all(
        versions.map(async ({ name }) => {
          const resource = await fresh.resource(`${group}/${name}`, names.kind);
          return resource ? fresh.list(`${group}/${name}`, names.kind) : undefined;
        }),
      ).catch(() => []);
      fresh.close();
      return versions.every((version, index) => version.served === (found[index] !== undefined));
    },
    (done) => done,
  );
}

interface CrdSpec {
  readonly group: string;
  readonly names: { readonly kind: string };
  versions: {
    name: string;
    served: boolean;
    storage: boolean;
    schema: { openAPIV3Schema: Schema };
  }[];
}

interface Schema {
  properties: Record<string, Schema>;
}

const SCHEDULER = volcano('volcano-scheduler', 'vc-scheduler');
const QUEUE = { apiVersion: 'scheduling.volcano.sh/v1beta1', kind: 'Queue' };

const pod = (namespace: string, schedulerName: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'stranger', namespace },
  spec: {
    schedulerName,
    tolerations: [{ operator: 'Exists' }],
    containers: [
      { name: 'main', image: 'site.example/x:1', resources: { limits: { [NPU]: '1' } } },
    ],
  },
});

const taints = (...list: object[]) => ({ spec: { taints: list } });
const TAINT = { key: NPU, effect: 'NoSchedule' };

/** A node that has not joined. */
function absent(name: string) {
  return async (on: Planting): Promise<Undo> => {
    const object = simulatedNodes(on.phase).find(({ metadata }) => metadata.name === name);
    if (!object) throw new Error(`no node ${name}`);
    await removed(on.cluster, object);
    return () => on.cluster.create(object);
  };
}

const nothing = async (): Promise<Undo> => async () => {};

export const FAULTS: readonly Fault[] = [
  {
    name: 'a newer Kubernetes than MindCluster knows',
    plant: nothing,
    view: async ({ cluster }) => {
      const call: LiveCluster['call'] = (method, path, rest) =>
        path === '/version'
          ? (Promise.resolve({ gitVersion: 'v1.36.0' }) as never)
          : cluster.call(method, path, rest);
      return Object.assign(Object.create(cluster), { call });
    },
    id: 'AICC-PRE-001',
    says: /API server: Kubernetes v1.36.0/,
  },
  {
    name: 'kind not installed',
    plant: crd('podmonitors.monitoring.coreos.com'),
    id: 'AICC-PRE-002',
    says: /kind PodMonitor of monitoring.coreos.com\/v1: not served/,
  },
  {
    name: 'kind in another version',
    plant: crd('queues.scheduling.volcano.sh', (spec) => {
      for (const version of spec.versions) version.name = 'v1alpha9';
    }),
    id: 'AICC-PRE-002',
    says: /kind Queue of scheduling.volcano.sh\/v1beta1: served as v1alpha9 only/,
  },
  {
    name: 'CRD of an older release',
    plant: crd('podmonitors.monitoring.coreos.com', (spec) => {
      for (const { schema } of spec.versions) {
        delete schema.openAPIV3Schema.properties.spec?.properties.namespaceSelector;
      }
    }),
    id: 'AICC-PRE-003',
    says: /CRD of PodMonitor: knows no field .spec.namespaceSelector/,
  },
  {
    name: 'no scheduler',
    plant: missing(SCHEDULER),
    id: 'AICC-PRE-004',
    says: /volcano-scheduler: is not there/,
  },
  {
    name: 'controllers down',
    plant: async ({ cluster }) => {
      const ref = volcano('volcano-controllers', 'vc-controller-manager');
      await cluster.patch(ref, { spec: { replicas: 0 } });
      const available = (wanted: number) =>
        waitFor(
          `${wanted} controllers available`,
          60,
          async () => {
            const live = await cluster.get<{ status?: { availableReplicas?: number } }>(ref);
            return live?.status?.availableReplicas ?? 0;
          },
          (count) => count === wanted,
        );
      await available(0);
      return async () => {
        await cluster.patch(ref, { spec: { replicas: 1 } });
        await available(1);
      };
    },
    id: 'AICC-PRE-004',
    says: /volcano-controllers: no replica is available/,
  },
  {
    name: 'no scheduler configuration',
    plant: missing(schedulerConfiguration()),
    id: 'AICC-PRE-005',
    says: /volcano-scheduler-configmap: is not there/,
  },
  {
    name: 'scheduler that takes work away',
    plant: configured(/allocate, backfill/, 'allocate, reclaim, backfill'),
    id: 'AICC-PRE-005',
    says: /actions take running work away.*reclaim/,
  },
  {
    name: 'guarantees of queues not kept',
    plant: configured(/name: proportion/, 'name: sla'),
    id: 'AICC-PRE-005',
    says: /plugin proportion is missing/,
  },
  {
    name: 'pods spread over servers',
    plant: configured(/leastrequested.weight: 0/, 'leastrequested.weight: 1'),
    id: 'AICC-PRE-005',
    says: /nodeorder spreads/,
  },
  {
    name: 'NPUs without a weight',
    plant: configured(/binpack.resources.huawei.com\/Ascend910: 10/, 'binpack.resources.x: 1'),
    id: 'AICC-PRE-005',
    says: /binpack has no weight for huawei.com\/Ascend910/,
  },
  {
    name: 'groups without gang scheduling',
    plant: instead(lwsConfiguration('volcano'), lwsConfiguration()),
    id: 'AICC-PRE-006',
    says: /lws-manager-config: schedulerProvider is not set/,
  },
  {
    name: 'no namespace of the site',
    plant: missing({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: SITE_NAMESPACE } }),
    id: 'AICC-PRE-007',
    says: /Namespace site-extra: is not there/,
  },
  {
    name: 'no StorageClass',
    plant: (on) => {
      const [first] = storageClasses(on.phase);
      assert(first, 'no claim of the phase names a StorageClass');
      return missing(first)(on);
    },
    id: 'AICC-PRE-008',
    says: /StorageClass \S+: is not there; there are none/,
  },
  {
    name: 'metrics adapter down',
    plant: async ({ cluster }) => {
      const available = (wanted: string) =>
        waitFor(
          `metrics available: ${wanted}`,
          60,
          async () => {
            const live = await cluster.get<{ status?: { conditions?: { status: string }[] } }>(
              metricsApi(true),
            );
            return live?.status?.conditions?.[0]?.status;
          },
          (status) => status === wanted,
        );
      await removed(cluster, metricsApi(true));
      await cluster.create(metricsApi(false));
      await available('False');
      return async () => {
        await removed(cluster, metricsApi(true));
        await cluster.create(metricsApi(true));
        await available('True');
      };
    },
    id: 'AICC-PRE-009',
    says: /v1beta1.custom.metrics.k8s.io: is not available: service\/nowhere/,
  },
  {
    name: 'labels of models not told',
    plant: async ({ cluster }) => {
      const ref = deployment('monitoring', 'kube-state-metrics');
      const args = (list: readonly string[]) => ({
        spec: {
          template: {
            spec: {
              containers: [
                { name: 'main', image: 'site.example/kube-state-metrics:1', args: list },
              ],
            },
          },
        },
      });
      await cluster.patch(ref, args(['--metric-labels-allowlist=deployments=[team],pods=[*]']));
      return () => cluster.patch(ref, args([ALLOW_LIST]));
    },
    id: 'AICC-PRE-010',
    says: /kube-state-metrics: --metric-labels-allowlist has no aicc.internal\/model/,
  },
  {
    name: 'group that nobody knows',
    plant: missing({
      apiVersion: 'user.openshift.io/v1',
      kind: 'Group',
      metadata: { name: 'tianda-zhitu-owners' },
      users: [],
    }),
    id: 'AICC-PRE-011',
    says: /group tianda-zhitu-owners: is not known/,
  },
  {
    name: 'Prometheus that looks elsewhere',
    plant: patched(
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'Prometheus',
        metadata: { name: 'site', namespace: 'monitoring' },
      },
      { spec: { ruleSelector: { matchLabels: { team: 'site' } } } },
      { spec: { ruleSelector: { matchLabels: null } } },
    ),
    id: 'AICC-PRE-012',
    says: /PrometheusRule monitoring\/\S+: no Prometheus selects it/,
  },
  {
    name: 'class of gateways that nobody runs',
    plant: async ({ cluster }) => {
      const gatewayClass = {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'GatewayClass',
        metadata: { name: 'envoy-gateway' },
      };
      await patchStatus(cluster, gatewayClass, classStatus('False', 'no controller'));
      return () => patchStatus(cluster, gatewayClass, classStatus('True'));
    },
    id: 'AICC-PRE-013',
    says: /GatewayClass envoy-gateway: is not accepted: no controller/,
  },
  {
    name: 'gateway that servings do not admit',
    plant: patched(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'model-gateway' } },
      { metadata: { labels: { 'aicc.internal/gateway': null } } },
      { metadata: { labels: { 'aicc.internal/gateway': 'true' } } },
    ),
    id: 'AICC-PRE-013',
    says: /Namespace model-gateway: has no label aicc.internal\/gateway=true/,
  },
  {
    name: 'no gateway of a route',
    plant: missing(FRONT),
    id: 'AICC-PRE-014',
    says: /Gateway model-gateway\/front: is not there/,
  },
  {
    name: 'server that has not joined',
    plant: absent('tj-1-npu-040'),
    id: 'AICC-PRE-015',
    says: /node tj-1-npu-040: has not joined/,
  },
  {
    name: 'management server that has not joined',
    plant: absent('tj-1-mgmt-003'),
    id: 'AICC-PRE-015',
    says: /node tj-1-mgmt-003: has not joined/,
  },
  {
    name: 'server that nobody declared',
    plant: made({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name: 'tj-1-npu-099',
        annotations: { 'kwok.x-k8s.io/node': 'fake' },
      } as KubernetesObject['metadata'],
      status: { allocatable: { [NPU]: '8' }, capacity: { [NPU]: '8' } },
    }),
    id: 'AICC-PRE-016',
    says: /tj-1-npu-099: offers NPUs and is not declared/,
  },
  {
    name: 'server that is not ready',
    plant: async ({ cluster }) => {
      await cluster.patch(FIRST, { metadata: { labels: { [LOST_LABEL]: 'true' } } });
      await cluster.patch(
        FIRST,
        {
          status: { conditions: [{ type: 'Ready', status: 'False', message: 'runtime is down' }] },
        },
        'status',
      );
      return async () => {
        await cluster.patch(FIRST, { metadata: { labels: { [LOST_LABEL]: null } } });
        await waitFor(
          'node ready',
          60,
          async () => {
            const live = await cluster.get<{
              spec: { taints?: { key: string }[] };
              status: { conditions: { type: string; status: string }[] };
            }>(FIRST);
            return (
              live?.status.conditions.some((c) => c.type === 'Ready' && c.status === 'True') &&
              live.spec.taints?.length === 1
            );
          },
          (ready) => ready === true,
        );
      };
    },
    id: 'AICC-PRE-017',
    says: /tj-1-npu-001: is not ready: runtime is down/,
  },
  {
    name: 'server that is cordoned',
    plant: patched(FIRST, { spec: { unschedulable: true } }, { spec: { unschedulable: null } }),
    id: 'AICC-PRE-017',
    level: 'warning',
    says: /tj-1-npu-001: is cordoned/,
  },
  {
    name: 'server without its taint',
    plant: patched(FIRST, taints(), taints(TAINT)),
    id: 'AICC-PRE-018',
    says: /tj-1-npu-001: has no taint huawei.com\/Ascend910:NoSchedule/,
  },
  {
    name: "a taint of the site's own",
    plant: patched(
      FIRST,
      taints(TAINT, { key: 'site/burn-in', effect: 'NoExecute' }),
      taints(TAINT),
    ),
    id: 'AICC-PRE-018',
    says: /tj-1-npu-001: has the taint site\/burn-in:NoExecute/,
  },
  {
    name: 'NPUs gone',
    plant: patched(
      FIRST,
      { status: { allocatable: { [NPU]: '6' } } },
      { status: { allocatable: { [NPU]: '8' } } },
      'status',
    ),
    id: 'AICC-PRE-019',
    says: /tj-1-npu-001: offers 6 of 8 huawei.com\/Ascend910/,
  },
  {
    name: 'device plugin not there yet',
    plant: patched(
      FIRST,
      { status: { allocatable: { [NPU]: null } } },
      { status: { allocatable: { [NPU]: '8' } } },
      'status',
    ),
    id: 'AICC-PRE-019',
    level: 'warning',
    says: /1 nodes: offer no NPUs, and the device plugin is not there yet/,
  },
  {
    name: 'another architecture',
    plant: patched(
      FIRST,
      { metadata: { labels: { 'kubernetes.io/arch': 'amd64' } } },
      { metadata: { labels: { 'kubernetes.io/arch': 'arm64' } } },
    ),
    id: 'AICC-PRE-020',
    says: /tj-1-npu-001: kubernetes.io\/arch is amd64, and its pool is declared arm64/,
  },
  {
    name: 'other chips',
    plant: patched(
      FIRST,
      { metadata: { labels: { 'node.kubernetes.io/npu.chip.name': '910B4' } } },
      { metadata: { labels: { 'node.kubernetes.io/npu.chip.name': '910B3' } } },
    ),
    id: 'AICC-PRE-020',
    says: /tj-1-npu-001: node.kubernetes.io\/npu.chip.name is 910B4/,
  },
  {
    name: 'another driver',
    plant: patched(
      FIRST,
      { metadata: { labels: { 'huawei.com/driver.version': '24.1' } } },
      { metadata: { labels: { 'huawei.com/driver.version': null } } },
    ),
    id: 'AICC-PRE-021',
    says: /pool npu: driver 24.1 on tj-1-npu-001, none on 39/,
  },
  {
    name: 'server in another rack',
    plant: patched(
      FIRST,
      { metadata: { labels: { 'aicc.internal/rack': 'hall-b-07' } } },
      { metadata: { labels: { 'aicc.internal/rack': null } } },
    ),
    id: 'AICC-PRE-022',
    says: /tj-1-npu-001: aicc.internal\/rack is hall-b-07, and the phase sets tj-1-npu-r01/,
  },
  {
    name: 'kubelet that admits fewer pods',
    plant: patched(
      FIRST,
      { status: { allocatable: { pods: '64' } } },
      { status: { allocatable: { pods: '110' } } },
      'status',
    ),
    id: 'AICC-PRE-023',
    says: /tj-1-npu-001: offers 64 pods, and 110 are declared/,
  },
  {
    name: 'account without a right',
    plant: nothing,
    view: restricted,
    id: 'AICC-PRE-024',
    says: /^namespaces: the caller may not delete in the cluster$/,
  },
  {
    name: 'object of somebody else',
    plant: made({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'pods-noded-role' },
      rules: [],
    }),
    id: 'AICC-PRE-025',
    says: /ClusterRole \S+: is there already, made by/,
  },
  {
    name: 'a second default of priorities',
    plant: made({
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'site-default' },
      value: 5,
      globalDefault: true,
    }),
    id: 'AICC-PRE-026',
    says: /PriorityClass site-default: is the default/,
  },
  {
    name: 'NPUs promised twice',
    plant: made({
      ...QUEUE,
      metadata: { name: 'site-queue' },
      spec: { weight: 1, guarantee: { resource: { [NPU]: '64' } } },
    }),
    id: 'AICC-PRE-027',
    says: /queue site-queue: guarantees of 304 with the 240 that were sold, and 288/,
  },
  {
    name: 'NPUs held past Volcano',
    plant: made(pod('default', 'default-scheduler')),
    id: 'AICC-PRE-028',
    says: /pod default\/stranger: holds NPUs, placed by default-scheduler/,
  },
  {
    name: 'NPUs held by no tenant',
    plant: made(pod('default', 'volcano')),
    id: 'AICC-PRE-028',
    says: /pod default\/stranger: holds NPUs in a namespace of no tenant/,
  },
  {
    name: 'Volcano of a release that nothing names',
    plant: instead(SCHEDULER, volcano('volcano-scheduler', 'vc-scheduler', 'site-7')),
    id: 'AICC-PRE-029',
    level: 'warning',
    says: /volcano-scheduler: its release cannot be told: image site.example\/vc-scheduler:site-7/,
  },
  {
    name: 'Volcano of two releases',
    plant: instead(SCHEDULER, volcano('volcano-scheduler', 'vc-scheduler', 'v1.15.1')),
    id: 'AICC-PRE-029',
    level: 'warning',
    says: /of several releases: volcano-scheduler 1.15.1, volcano-controllers 1.12.0/,
  },
];
