import type { DeclaredPhase } from '../../../cli/declared/phase';
import type { LiveCluster } from '../../../cli/live/cluster';
import type { KubernetesObject } from '../../../cli/manifests/render';

type Json = Readonly<Record<string, unknown>>;

interface Rule {
  /** Field and all below it; `*` stands for any entry of a list or map. */
  readonly path: readonly string[];
  /** @default - every kind */
  readonly kind?: string;
  readonly because: string;
}

/** What the API server and controllers set, so that two objects that were asked for alike differ in it. */
const SERVER_SET: readonly Rule[] = [
  { path: ['metadata', 'uid'], because: 'new for every object' },
  { path: ['metadata', 'resourceVersion'], because: 'counts writes of the whole store' },
  { path: ['metadata', 'creationTimestamp'], because: 'the time' },
  { path: ['metadata', 'generation'], because: 'counts writes, those of autoscalers among them' },
  { path: ['metadata', 'managedFields'], because: 'says who wrote what, not what was written' },
  { path: ['status'], because: 'written by controllers' },
  { path: ['spec', 'clusterIP'], kind: 'Service', because: 'the next free address' },
  { path: ['spec', 'clusterIPs'], kind: 'Service', because: 'the next free address' },
  ...['controller-uid', 'batch.kubernetes.io/controller-uid'].flatMap((label): Rule[] => [
    { path: ['spec', 'selector', 'matchLabels', label], kind: 'Job', because: 'its uid' },
    { path: ['spec', 'template', 'metadata', 'labels', label], kind: 'Job', because: 'its uid' },
  ]),
];

/** Lists that the provider keeps as sets: their order says nothing. */
const SETS: readonly Rule[] = [
  ...['Role', 'ClusterRole'].flatMap((kind) =>
    ['apiGroups', 'resources', 'verbs'].map((name) => ({
      path: ['rules', '*', name],
      kind,
      because: 'a set in kubernetes/schema_rbac.go',
    })),
  ),
  {
    path: ['spec', 'scopeSelector', 'matchExpressions', '*', 'values'],
    kind: 'ResourceQuota',
    because: 'a set in kubernetes/resource_kubernetes_resource_quota_v1.go',
  },
];

const POD_RESOURCES = ['spec', 'containers', '*', 'resources', '*', '*'];

/** Amounts that Terraform writes as numbers where the schema of a CRD allows both, and manifests as texts. */
const AMOUNTS: readonly Rule[] = [
  ...[
    ['capability', '*'],
    ['deserved', '*'],
    ['guarantee', 'resource', '*'],
  ].map((path) => ({
    path: ['spec', ...path],
    kind: 'Queue',
    because: 'int-or-string',
  })),
  ...['leaderTemplate', 'workerTemplate'].map((template) => ({
    path: ['spec', 'leaderWorkerTemplate', template, ...POD_RESOURCES],
    kind: 'LeaderWorkerSet',
    because: 'int-or-string',
  })),
];

/** Objects of a phase as they are in a cluster, less what the server sets; by stack and address. */
export async function fieldsOf(
  cluster: LiveCluster,
  { objects }: DeclaredPhase,
): Promise<ReadonlyMap<string, Json>> {
  const live = await Promise.all(objects.map(({ object }) => cluster.get(object)));
  return new Map(
    objects.map(({ stack, address, object }, index) => {
      const rules = leftToAutoscaler(object) ? [...SERVER_SET, REPLICAS] : SERVER_SET;
      return [`${stack} ${address}`, comparable(live[index], rules)];
    }),
  );
}

const REPLICAS: Rule = { path: ['spec', 'replicas'], because: 'an autoscaler decides' };

function leftToAutoscaler({ kind, spec }: KubernetesObject): boolean {
  return ['Deployment', 'LeaderWorkerSet'].includes(kind) && (spec as Json).replicas === undefined;
}

function comparable(live: KubernetesObject | undefined, serverSet: readonly Rule[]): Json {
  if (!live) return { missing: true };
  const of = (rules: readonly Rule[]) =>
    rules.filter(({ kind }) => kind === undefined || kind === live.kind);
  let object: unknown = live;
  for (const { path } of of(serverSet)) object = changed(object, path, () => undefined);
  for (const { path } of of(SETS)) object = changed(object, path, (v) => [...(v as [])].sort());
  for (const { path } of of(AMOUNTS)) object = changed(object, path, String);
  return object as Json;
}

/** A copy with another value at a path, where there is one; undefined takes the field away. */
function changed(
  value: unknown,
  [key, ...rest]: readonly string[],
  change: (value: unknown) => unknown,
): unknown {
  if (key === undefined) return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => changed(item, rest, change));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      if (key !== '*' && key !== name) return [[name, item]];
      const after = changed(item, rest, change);
      return after === undefined ? [] : [[name, after]];
    }),
  );
}

/** Every field in which objects differ, one a line. */
export function fieldDifferences(
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) =>
    unlike(before.get(name), after.get(name), name),
  );
}

function unlike(a: unknown, b: unknown, path: string): string[] {
  const both = [a, b].every((value) => typeof value === 'object' && value !== null);
  if (!both || Array.isArray(a) !== Array.isArray(b)) {
    return a === b ? [] : [`${path} is ${JSON.stringify(b)}, not ${JSON.stringify(a)}`];
  }
  const [left, right] = [a as Json, b as Json];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) =>
    unlike(left[key], right[key], `${path}.${key}`),
  );
}
