import type { CapacityReport } from '../../../constructs';
import type { KubernetesLike } from './outputs';

/** Two sides of a change: objects, and capacity where the rule reads that. */
export interface Sides {
  readonly before: readonly KubernetesLike[];
  readonly after: readonly KubernetesLike[];
  readonly capacity?: readonly [before: CapacityReport, after: CapacityReport];
}

/** For each rule, a change that it finds and the nearest one that it does not. */
export interface RiskFixture {
  readonly found: Sides;
  /** What the finding says. */
  readonly what: RegExp;
  readonly none: Sides;
}

const NPU = 'huawei.com/Ascend910';
const ENFORCE = 'pod-security.kubernetes.io/enforce';

function namespace(labels: Record<string, string>, annotations: Record<string, string> = {}) {
  const tenant = { 'aicc.internal/tenant': 'nankai', 'aicc.internal/state': 'active' };
  return {
    kind: 'Namespace',
    metadata: { name: 'nankai', labels: { ...tenant, ...labels }, annotations },
  };
}

function own(kind: string, name: string, content: object, apiVersion = 'v1'): KubernetesLike {
  return { apiVersion, kind, metadata: { name, namespace: 'nankai' }, ...content };
}

function shared(kind: string, name: string, content: object): KubernetesLike {
  return { kind, metadata: { name }, ...content };
}

function deployment(spec: object, container: object = {}, more: object = {}): KubernetesLike {
  const base = { name: 'vllm', image: 'quay.io/ascend/vllm-ascend:v1' };
  return own('Deployment', 'qwen', {
    spec: {
      selector: { matchLabels: { app: 'qwen' } },
      ...more,
      template: { metadata: {}, spec: { containers: [{ ...base, ...container }], ...spec } },
    },
  });
}

function claim(storage: string): KubernetesLike {
  return own('PersistentVolumeClaim', 'weights', {
    spec: { resources: { requests: { storage } } },
  });
}

function mounting(claimName: string): KubernetesLike {
  return deployment({ volumes: [{ name: 'weights', persistentVolumeClaim: { claimName } }] });
}

function policy(spec: object): KubernetesLike {
  return own('NetworkPolicy', 'dns', { spec: { podSelector: {}, ...spec } });
}

function both(before: readonly KubernetesLike[], after: readonly KubernetesLike[]): Sides {
  return { before, after };
}

interface Tenancy {
  readonly guarantee?: number;
  readonly state?: string;
  readonly expiry?: string;
  readonly stage?: string;
  readonly hosts?: readonly string[];
}

/** A cluster with one tenant, one model of four NPUs on `s-1`, and one replacement. */
function capacity(given: Tenancy): CapacityReport {
  const {
    guarantee = 16,
    state = 'active',
    expiry,
    stage = 'shadow',
    hosts = ['s-1', 's-2'],
  } = given;
  const cluster = {
    phase: 'phase-1',
    path: 'phase-1-cluster/c-1',
    name: 'c-1',
    pools: [
      {
        hosts: hosts.map((name) => ({ name, inService: true })),
        resourceName: NPU,
        supply: SUPPLY,
      },
    ],
    tenants: [
      {
        path: 'phase-1-tenants/nankai',
        namespace: 'nankai',
        resourceName: NPU,
        guarantee,
        ceiling: 32,
        state,
        expiry,
      },
    ],
    servings: [
      { namespace: 'nankai', name: 'qwen', resourceName: NPU, replicas: 1, npusPerReplica: 4 },
    ],
    replacements: [{ path: 'phase-1-models/chat', alias: 'chat', stage }],
    placement: { pods: [{ pod: 'nankai/qwen-0', kind: 'serving', server: 's-1' }] },
  };
  return { phases: [], clusters: [cluster], proofs: [], acknowledgements: [] } as never;
}

const NONE = { npus: 0, petaflops: 0 };
const SUPPLY = { servers: 0, peak: NONE, usable: NONE };

function quota(npus: string): KubernetesLike {
  return own('ResourceQuota', 'tenant', { spec: { hard: { [`requests.${NPU}`]: npus } } });
}

const DENY = policy({ policyTypes: ['Ingress', 'Egress'] });
const toDns = { to: [{ namespaceSelector: { matchLabels: { name: 'kube-system' } } }] };
const BUDGET = own('PodDisruptionBudget', 'qwen', { spec: { maxUnavailable: 1 } });
const readPods = { verbs: ['get'], apiGroups: [''], resources: ['pods'] };
const role = (...rules: object[]) => own('Role', 'viewer', { rules });
const binding = (...names: string[]) =>
  own('RoleBinding', 'viewer', {
    roleRef: { kind: 'Role', name: 'viewer' },
    subjects: names.map((name) => ({ kind: 'Group', name })),
  });
const priority = (content: object) => shared('PriorityClass', 'batch', content);
const startup = (failureThreshold: number) => ({
  startupProbe: { httpGet: { path: '/health', port: 8000 }, periodSeconds: 10, failureThreshold },
});
const weights = (server: string) => ({
  command: ['vllm', 'serve', '/models/qwen'],
  volume: { volumes: [{ name: 'weights', nfs: { server, path: '/models' } }] },
});
const plugin = (tag: string) => deployment({}, { image: `hub/ascend-k8sdeviceplugin:${tag}` });
const admission = (spec: object) => shared('ValidatingAdmissionPolicy', 'npu-count', { spec });
const VALIDATION = { expression: 'variables.offenders.size() == 0' };

export const RISK_FIXTURES: Readonly<Record<string, RiskFixture>> = {
  'AICC-RISK-001': {
    found: { ...both([quota('32')], [quota('15')]), capacity: [capacity({}), capacity({})] },
    what: /quota of nankai 32 → 15 NPUs < 16 sold until now$/,
    none: { ...both([quota('32')], [quota('16')]), capacity: [capacity({}), capacity({})] },
  },
  'AICC-RISK-002': {
    found: both([DENY], [policy({ policyTypes: ['Ingress'] })]),
    what: /nankai\/dns does not close Egress any more/,
    none: both([policy({ policyTypes: ['Ingress'] })], [DENY]),
  },
  'AICC-RISK-003': {
    found: both(
      [policy({ policyTypes: ['Egress'], egress: [{ ...toDns, ports: [{ port: 53 }] }] })],
      [
        policy({
          policyTypes: ['Egress'],
          egress: [{ ...toDns, ports: [{ port: 53 }, { port: 80 }] }],
        }),
      ],
    ),
    what: /allows to all pods of namespaces \(name=kube-system\), TCP 80/,
    none: both(
      [
        policy({
          policyTypes: ['Egress'],
          egress: [{ ...toDns, ports: [{ port: 53 }, { port: 80 }] }],
        }),
      ],
      [policy({ policyTypes: ['Egress'], egress: [{ ...toDns, ports: [{ port: 80 }] }] })],
    ),
  },
  'AICC-RISK-004': {
    found: both([DENY], [policy({ policyTypes: ['Ingress', 'Egress'], egress: [{}] })]),
    what: /allows to everywhere, any port/,
    none: both(
      [policy({ policyTypes: ['Egress'], egress: [toDns] })],
      [
        policy({
          policyTypes: ['Egress'],
          egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }],
        }),
      ],
    ),
  },
  'AICC-RISK-005': {
    found: both([namespace({ [ENFORCE]: 'baseline' })], [namespace({})]),
    what: /nankai enforces privileged instead of baseline/,
    none: both([namespace({ [ENFORCE]: 'baseline' })], [namespace({ [ENFORCE]: 'restricted' })]),
  },
  'AICC-RISK-006': {
    found: both([role(readPods)], [role({ ...readPods, verbs: ['get', 'delete'] })]),
    what: /Role viewer may delete pods/,
    none: both(
      [role({ ...readPods, resources: ['*'] })],
      [role(readPods, { ...readPods, resources: ['services'] })],
    ),
  },
  'AICC-RISK-007': {
    found: both([binding('a')], [binding('a', 'b')]),
    what: /Group b gets Role viewer in nankai/,
    none: both([binding('a', 'b')], [binding('b')]),
  },
  'AICC-RISK-008': {
    found: both([BUDGET], []),
    what: /nankai\/qwen is gone, its pods stay/,
    none: both([BUDGET], [own('PodDisruptionBudget', 'qwen', { spec: { minAvailable: 1 } })]),
  },
  'AICC-RISK-009': {
    found: both([priority({ value: 1000 })], [priority({ value: 1001 })]),
    what: /PriorityClass batch 1000 → 1001/,
    none: both([priority({ value: 1000 })], [priority({ value: 999 })]),
  },
  'AICC-RISK-010': {
    found: both([deployment({})], [deployment({ nodeSelector: { pool: 'b' } })]),
    what: /nodeSelector of nankai\/qwen/,
    none: both([deployment({})], [deployment({ hostname: 'b' })]),
  },
  'AICC-RISK-011': {
    found: both([deployment({})], [deployment({}, { image: 'quay.io/ascend/vllm-ascend:v2' })]),
    what: /nankai\/qwen runs quay\.io\/ascend\/vllm-ascend:v2/,
    none: both(
      [deployment({})],
      [deployment({}, { image: `quay.io/ascend/vllm-ascend@sha256:${'0'.repeat(64)}` })],
    ),
  },
  'AICC-RISK-012': {
    found: both([deployment({})], [deployment({}, { image: 'quay.io/other/vllm-ascend:v1' })]),
    what: /nothing came from quay\.io\/other before/,
    none: both([deployment({})], [deployment({}, { image: 'quay.io/ascend/triton:v1' })]),
  },
  'AICC-RISK-013': {
    found: both(
      [deployment({})],
      [deployment({}, {}, { selector: { matchLabels: { app: 'qwen2' } } })],
    ),
    what: /Deployment nankai\/qwen is deleted and started anew: its selector changes/,
    none: both([deployment({})], [deployment({}, {}, { replicas: 3 })]),
  },
  'AICC-RISK-014': {
    found: both([deployment({}, startup(60))], [deployment({}, startup(59))]),
    what: /startupProbe of vllm 600 s → 590 s/,
    none: both([deployment({}, startup(60))], [deployment({}, startup(61))]),
  },
  'AICC-RISK-015': {
    found: both(
      [deployment(weights('a').volume, { command: weights('a').command })],
      [deployment(weights('b').volume, { command: weights('b').command })],
    ),
    what: /nfs a:\/models, \/models\/qwen → nfs b:\/models, \/models\/qwen/,
    none: both([deployment(weights('a').volume)], [deployment(weights('b').volume)]),
  },
  'AICC-RISK-016': {
    found: both([plugin('v26.0.0')], [plugin('v26.2.0')]),
    what: /ascend-k8sdeviceplugin v26\.0\.0 → v26\.2\.0: 1 minor releases are skipped/,
    none: both([plugin('v26.0.0')], [plugin('v26.1.0')]),
  },
  'AICC-RISK-017': {
    found: both([namespace({})], []),
    what: /namespace nankai \(tenant nankai, active\) is deleted/,
    none: both([namespace({ 'aicc.internal/state': 'retired' })], []),
  },
  'AICC-RISK-018': {
    found: { ...both([], []), capacity: [capacity({}), capacity({ hosts: ['s-2'] })] },
    what: /c-1 loses s-1, on which 1 pods are placed/,
    none: { ...both([], []), capacity: [capacity({}), capacity({ hosts: ['s-1'] })] },
  },
  'AICC-RISK-019': {
    found: {
      ...both([], []),
      capacity: [capacity({ stage: 'shadow' }), capacity({ stage: 'default' })],
    },
    what: /chat goes from shadow to default/,
    none: {
      ...both([], []),
      capacity: [capacity({ stage: 'shadow' }), capacity({ stage: 'canary' })],
    },
  },
  'AICC-RISK-020': {
    found: {
      ...both([], []),
      capacity: [capacity({ expiry: '2027-01-01' }), capacity({ expiry: '2027-01-02' })],
    },
    what: /nankai keeps 16 NPUs until 2027-01-02 instead of 2027-01-01/,
    none: {
      ...both([], []),
      capacity: [capacity({ expiry: '2027-01-01' }), capacity({ expiry: '2026-12-31' })],
    },
  },
  'AICC-RISK-021': {
    found: both(
      [admission({ validations: [VALIDATION, VALIDATION] })],
      [admission({ validations: [VALIDATION] })],
    ),
    what: /npu-count has 1 checks less/,
    none: both(
      [admission({ validations: [VALIDATION] })],
      [admission({ validations: [VALIDATION, VALIDATION] })],
    ),
  },
  'AICC-RISK-022': {
    found: both([namespace({ 'aicc.internal/protected': 'true' })], [namespace({})]),
    what: /the API server would delete nankai/,
    none: both(
      [namespace({ 'aicc.internal/protected': 'true' })],
      [namespace({ 'aicc.internal/state': 'retired' })],
    ),
  },
  'AICC-RISK-023': {
    found: both(
      [admission({ variables: [{ name: 'a', expression: '1' }] })],
      [admission({ variables: [{ name: 'a', expression: '2' }] })],
    ),
    what: /variables of npu-count/,
    none: both([admission({ failurePolicy: 'Ignore' })], [admission({ failurePolicy: 'Fail' })]),
  },
  'AICC-RISK-024': {
    found: both([claim('68Gi'), mounting('weights')], [mounting('weights')]),
    what: /nankai\/weights of 68Gi goes, and nothing that mounted it/,
    none: both([claim('68Gi'), mounting('weights')], [mounting('weights-2')]),
  },
};
