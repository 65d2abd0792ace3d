import { type DeclaredPhase, objectsOf } from '../../../cli/declared/phase';
import type { LiveCluster, ObjectRef } from '../../../cli/live/cluster';
import { waitFor } from '../../../cli/live/wait-for';
import type { KubernetesObject } from '../../../cli/manifests/render';
import { patchStatus } from '../patch-status';
import { routeStatus } from '../site-controllers';

type Undo = () => Promise<unknown>;

/** One thing that is wrong with a deployed phase, and what verify must say. */
export interface Fault {
  readonly name: string;
  plant(cluster: LiveCluster, phase: DeclaredPhase): Promise<Undo>;
  /** Checks that find it, in their order: one mistake can show in several places. */
  readonly ids: readonly string[];
  /** Found in `subject: found` of one finding. */
  readonly says: RegExp;
}

const NPU = 'huawei.com/Ascend910';
const NODE: ObjectRef = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'tj-1-npu-001' } };
const MODELS = 'model-services';
const GATEWAY = 'gateway.networking.k8s.io/v1';
const PARENT = { name: 'models', namespace: 'model-gateway' };

function patched(ref: ObjectRef, change: object, back: object) {
  return async (cluster: LiveCluster): Promise<Undo> => {
    await cluster.patch(ref, change);
    return () => cluster.patch(ref, back);
  };
}

/** A status as a controller would have written it. */
function told(ref: ObjectRef, status: object, back: object) {
  return async (cluster: LiveCluster): Promise<Undo> => {
    await patchStatus(cluster, ref, status);
    return () => patchStatus(cluster, ref, back);
  };
}

/** An object of the phase that is deleted, and applied again. */
function deleted(kind: string, namespace: string, name: string) {
  return async (cluster: LiveCluster, phase: DeclaredPhase): Promise<Undo> => {
    const object = phase.objects
      .map((entry) => entry.object)
      .find(
        ({ metadata, ...rest }) =>
          rest.kind === kind && metadata.namespace === namespace && metadata.name === name,
      );
    if (!object) throw new Error(`the phase has no ${kind} ${namespace}/${name}`);
    await cluster.remove(object);
    await waitFor(
      `${kind} ${name} gone`,
      30,
      async () => (await cluster.get(object)) === undefined,
      (gone) => gone,
    );
    return () => cluster.apply(object, 'ai-computing-centre');
  };
}

/** A pod whose probe fails: nothing that plays the kubelet makes it ready again. */
function unready(namespace: string, prefix: string) {
  return async (cluster: LiveCluster): Promise<Undo> => {
    const pods = await cluster.list<KubernetesObject>('v1', 'Pod', { namespace });
    const pod = pods.find(({ metadata }) => metadata.name.startsWith(prefix));
    if (!pod) throw new Error(`no pod ${namespace}/${prefix}…`);
    const condition = { type: 'Ready', status: 'False', message: 'probe fails' };
    await cluster.patch(pod, { status: { conditions: [condition] } }, 'status');
    // Its controller takes note of it a moment later.
    await waitFor(
      `${prefix} is short of a pod`,
      30,
      async () => {
        const kinds = ['Deployment', 'DaemonSet'];
        const all = await Promise.all(
          kinds.map((kind) => cluster.list<Counted>('apps/v1', kind, { namespace })),
        );
        const owner = all
          .flat()
          .find(({ metadata }) => pod.metadata.name.startsWith(metadata.name));
        const { availableReplicas, numberReady, replicas, desiredNumberScheduled } =
          owner?.status ?? {};
        return (availableReplicas ?? numberReady ?? 0) < (replicas ?? desiredNumberScheduled ?? 0);
      },
      (short) => short,
    );
    return () => cluster.remove(pod);
  };
}

interface Phased {
  readonly status?: { readonly phase?: string };
}

/** A namespace that ends only when somebody lets go of what is in it. */
export const DOOMED: readonly [KubernetesObject, KubernetesObject] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'doomed' } },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'held',
      namespace: 'doomed',
      finalizers: ['site.example/held'],
    } as KubernetesObject['metadata'],
  },
];

interface Counted extends KubernetesObject {
  readonly status?: Readonly<Record<string, number | undefined>>;
}

/** A model of several pods, each a replica, whose number no autoscaler changes. */
function replicated(phase: DeclaredPhase): { model: string; replicas: number } {
  for (const { metadata, spec } of objectsOf(phase, 'Deployment')) {
    const { replicas = 1 } = spec as { replicas?: number };
    if (metadata.namespace === MODELS && replicas > 1) return { model: metadata.name, replicas };
  }
  throw new Error(`no model of ${phase.id} has several replicas`);
}

export function faultsOf(phase: DeclaredPhase): readonly Fault[] {
  const { model, replicas } = replicated(phase);
  return [
    {
      name: 'network opened by deleting a policy',
      plant: deleted('NetworkPolicy', 'tianda-zhitu', 'default-deny'),
      ids: ['AICC-VER-001'],
      says: /NetworkPolicy tianda-zhitu\/default-deny: is not there/,
    },
    {
      name: 'role widened by hand',
      plant: patched(
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'RoleBinding',
          metadata: { name: 'viewer', namespace: 'tianda-zhitu' },
        },
        { subjects: [{ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'everybody' }] },
        {
          subjects: [
            {
              kind: 'Group',
              apiGroup: 'rbac.authorization.k8s.io',
              name: 'tianda-zhitu-viewers',
              // As the provider sends it.
              namespace: 'default',
            },
          ],
        },
      ),
      ids: ['AICC-VER-002'],
      says: /RoleBinding tianda-zhitu\/viewer: .subjects\[0\].name is "everybody", declared "tianda-zhitu-viewers"/,
    },
    {
      name: 'namespace that somebody deletes',
      plant: async (cluster) => {
        const [namespace, held] = DOOMED;
        await cluster.remove(namespace);
        await waitFor(
          'namespace ends',
          30,
          async () => (await cluster.get<Phased>(namespace))?.status?.phase,
          (phase) => phase === 'Terminating',
        );
        return async () => {
          await cluster.patch(held, { metadata: { finalizers: null } });
          await waitFor(
            'namespace gone',
            60,
            async () => (await cluster.get(namespace)) === undefined,
            (gone) => gone,
          );
          for (const object of DOOMED) await cluster.apply(object, 'site');
        };
      },
      ids: ['AICC-VER-003'],
      says: /Namespace doomed: is being deleted/,
    },
    {
      name: 'the cluster of another phase',
      plant: patched(
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'declared-capacity', namespace: 'kube-public' },
        },
        { data: { phase: 'phase-300p' } },
        { data: { phase: 'phase-100p' } },
      ),
      ids: ['AICC-VER-002', 'AICC-VER-004'],
      says: /kube-public\/declared-capacity: names phase-300p/,
    },
    {
      name: 'model without a ready pod',
      plant: unready(MODELS, `${model}-`),
      ids: ['AICC-VER-005', 'AICC-VER-006'],
      says: new RegExp(
        `Deployment ${MODELS}/${model}: ${replicas - 1} available and ${replicas} updated of ${replicas}`,
      ),
    },
    {
      name: 'component that fails on a server',
      plant: unready('mindx-dl', 'noded-'),
      ids: ['AICC-VER-005', 'AICC-VER-006'],
      says: /DaemonSet mindx-dl\/noded: 39 ready and 40 updated on 40 nodes/,
    },
    {
      name: 'model scaled down by hand',
      plant: patched(
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: model, namespace: MODELS },
        },
        { spec: { replicas: replicas - 1 } },
        { spec: { replicas } },
      ),
      ids: ['AICC-VER-002', 'AICC-VER-005', 'AICC-VER-008'],
      says: new RegExp(
        `Deployment ${MODELS}/${model}: .spec.replicas is ${replicas - 1}, declared ${replicas}`,
      ),
    },
    {
      name: 'NPUs gone',
      plant: told(NODE, { allocatable: { [NPU]: '6' } }, { allocatable: { [NPU]: '8' } }),
      ids: ['AICC-VER-007'],
      says: /pool npu: 318 of 320 huawei.com\/Ascend910 on ready nodes; look at tj-1-npu-001/,
    },
    {
      name: 'quota raised by hand',
      plant: patched(
        {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: 'tenant', namespace: 'tianda-zhitu' },
        },
        { spec: { hard: { [`requests.${NPU}`]: '80' } } },
        { spec: { hard: { [`requests.${NPU}`]: '40' } } },
      ),
      ids: ['AICC-VER-002', 'AICC-VER-008'],
      says: /ResourceQuota tianda-zhitu\/tenant: enforces 80 of requests.huawei.com\/Ascend910, and the ceiling is 40/,
    },
    {
      name: 'queue closed',
      plant: told(
        {
          apiVersion: 'scheduling.volcano.sh/v1beta1',
          kind: 'Queue',
          metadata: { name: 'tianda-zhitu' },
        },
        { state: 'Closed' },
        { state: 'Open' },
      ),
      ids: ['AICC-VER-009'],
      says: /Queue tianda-zhitu: is Closed/,
    },
    {
      name: 'route that no gateway serves',
      plant: told(
        { apiVersion: GATEWAY, kind: 'HTTPRoute', metadata: { name: 'chat', namespace: MODELS } },
        routeStatus([PARENT], 'False', 'service not found'),
        routeStatus([PARENT], 'True', ''),
      ),
      ids: ['AICC-VER-010'],
      says: /HTTPRoute model-services\/chat: ResolvedRefs is False: service not found/,
    },
    {
      name: 'policy that this Kubernetes does not understand',
      plant: told(
        {
          apiVersion: 'admissionregistration.k8s.io/v1',
          kind: 'ValidatingAdmissionPolicy',
          metadata: { name: 'image-tag.aicc.internal' },
        },
        {
          typeChecking: {
            expressionWarnings: [
              { fieldRef: 'spec.validations[0].expression', warning: 'undefined field' },
            ],
          },
        },
        { typeChecking: { expressionWarnings: null } },
      ),
      ids: ['AICC-VER-011'],
      says: /ValidatingAdmissionPolicy image-tag.aicc.internal: spec.validations\[0\].expression: undefined field/,
    },
    {
      name: 'weights that are not bound',
      plant: told(
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'weights', namespace: MODELS },
        },
        { phase: 'Lost' },
        { phase: 'Bound' },
      ),
      ids: ['AICC-VER-012'],
      says: /PersistentVolumeClaim model-services\/weights: is Lost/,
    },
    {
      name: 'Prometheus gone',
      plant: async (cluster) => {
        const ref = {
          apiVersion: 'monitoring.coreos.com/v1',
          kind: 'Prometheus',
          metadata: { name: 'site', namespace: 'monitoring' },
        };
        const there = await cluster.get<KubernetesObject>(ref);
        await cluster.remove(ref);
        return () => cluster.create({ ...ref, spec: there?.spec });
      },
      ids: ['AICC-VER-013'],
      says: /PrometheusRule monitoring\/\S+: there is no Prometheus/,
    },
  ];
}
