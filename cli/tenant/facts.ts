import {
  formatNumber,
  type PhaseLedger,
  type PoolEntry,
  petaflops,
  phaseLedgers,
  type ServingEntry,
  type TenantEntry,
  type TenantInfo,
} from '../../core/capacity';
import { findModel } from '../../core/catalogue';
import { lookup } from '../../core/lookup';
import { TENANT_ANNOTATIONS } from '../../core/names';
import { clientPolicyName, serviceUrl, servingEndpoint } from '../../core/serving/endpoint';
import { UserError } from '../errors';
import { readOutput } from '../manifests/read-output';
import { type KubernetesObject, renderStack } from '../manifests/render';
import { readCapacity } from '../read-capacity';
import { exampleJobs, type JobProps } from './jobs';

/** NPUs (schedulable devices) and their dense FP16 peak. */
export interface Amount {
  readonly npus: number;
  readonly petaflops: number;
}

export interface Endpoint {
  readonly model: string;
  readonly url: string;
  /** Whether pods of the tenant call it themselves, or through the gateway of the cluster. */
  readonly reach: 'direct' | 'gateway';
}

/** What a tenant has on the cluster of one phase. */
export interface ClusterShare {
  readonly phase: string;
  readonly cluster: string;
  readonly state: string;
  readonly expiry?: string;
  readonly resourceName: string;
  readonly guarantee: Amount;
  readonly ceiling: Amount;
  /** Guarantees of this phase and all before it. */
  readonly cumulative: Amount;
  readonly queue: string;
  readonly podSecurity: string;
  /** All where there is none. */
  readonly imagePrefixes?: readonly string[];
  readonly priorityClasses: readonly string[];
  readonly roles: readonly { readonly role: string; readonly subjects: readonly string[] }[];
  readonly endpoints: readonly Endpoint[];
  /** `spec.hard` of the quota, without the NPU resource names that are zero. */
  readonly quota: Readonly<Record<string, string>>;
  /** What a container gets that asks for nothing. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Names of the NetworkPolicies. */
  readonly network: readonly string[];
  /** A first job, as a Kubernetes Job and as a Volcano Job. */
  readonly jobs: readonly KubernetesObject[];
}

/** Everything that a tenant has been promised. */
export interface TenantFacts extends TenantInfo {
  readonly total: Amount;
  readonly clusters: readonly ClusterShare[];
}

/** @throws UserError for a tenant that is not there, with those that are */
export function tenantFacts(output: string, name: string): TenantFacts {
  const ledger = readCapacity(output);
  const info = ledger.tenants.find((tenant) => tenant.name === name);
  if (!info) {
    const names = ledger.tenants.map((tenant) => tenant.name).join(', ');
    throw new UserError([`no such tenant; use one of ${names}, got: '${name}'`]);
  }
  const shared = ledger.tenants.filter((tenant) => tenant.shared).map((tenant) => tenant.name);
  const clusters: ClusterShare[] = [];
  let sum: Amount = { npus: 0, petaflops: 0 };
  for (const phase of phaseLedgers(ledger)) {
    const entry = phase.cluster.tenants.find((tenant) => tenant.namespace === name);
    if (!entry) continue;
    const share = clusterShare(output, phase, entry, shared);
    sum = add(sum, share.guarantee);
    clusters.push({ ...share, cumulative: sum });
  }
  return { ...info, total: sum, clusters };
}

export function add(a: Amount, b: Amount): Amount {
  return {
    npus: a.npus + b.npus,
    petaflops: petaflops([a.petaflops * 1000, b.petaflops * 1000]),
  };
}

/** Amount of NPUs behind the resource name of a pool. */
export function amountOf(npus: number, pool: PoolEntry | undefined): Amount {
  return { npus, petaflops: petaflops([npus * (pool?.tflopsPerNpu ?? 0)]) };
}

/** `32 NPUs (10.02 PF)`. */
export function describe({ npus, petaflops: peak }: Amount): string {
  return `${formatNumber(npus)} NPUs (${formatNumber(peak)} PF)`;
}

type Labelled = {
  readonly annotations?: Record<string, string>;
  readonly labels?: Record<string, string>;
};

function clusterShare(
  output: string,
  { id, cluster }: PhaseLedger,
  entry: TenantEntry,
  shared: readonly string[],
): Omit<ClusterShare, 'cumulative'> {
  const { namespace, resourceName } = entry;
  const all = (stack: string) =>
    readOutput(output, [`${id}-${stack}`])
      .flatMap(({ name, json }) => renderStack(name, json))
      .map(({ object }) => object);
  const objects = all('tenants').filter(({ kind, metadata }) =>
    kind === 'Namespace' ? metadata.name === namespace : metadata.namespace === namespace,
  );
  // Servings that name the tenant as a client open its namespace towards themselves.
  const opened = new Set(
    all('models')
      .filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.namespace === namespace)
      .map(({ metadata }) => metadata.name),
  );
  const pool = cluster.pools.find((candidate) => candidate.resourceName === resourceName);
  const own = find(objects, 'Namespace', namespace);
  const labels = (own?.metadata as Labelled | undefined)?.labels;
  const { queue, classes, prefixes } = tenantNotes(own, namespace);
  return {
    phase: id,
    cluster: cluster.name,
    state: entry.state,
    ...(entry.expiry ? { expiry: entry.expiry } : {}),
    resourceName,
    guarantee: amountOf(entry.guarantee, pool),
    ceiling: amountOf(entry.ceiling, pool),
    queue,
    podSecurity: labels?.['pod-security.kubernetes.io/enforce'] ?? '',
    ...(prefixes ? { imagePrefixes: prefixes } : {}),
    priorityClasses: classes,
    roles: roles(objects),
    endpoints: cluster.servings
      .filter((serving) => [namespace, ...shared].includes(serving.namespace))
      .map((serving) => ({
        model: serving.model,
        url: addressOf(serving),
        reach:
          serving.namespace === namespace ||
          opened.has(clientPolicyName(serving.namespace, serving.name))
            ? 'direct'
            : 'gateway',
      })),
    quota: quota(objects),
    defaults: defaults(objects),
    network: objects
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ metadata }) => metadata.name),
    jobs: exampleJobs({ namespace, queue, resourceName, pool, classes, prefixes }),
  };
}

/** The API of vLLM has a path of its own; what containers of the site answer is not known. */
function addressOf({ name, namespace, model }: ServingEntry): string {
  const found = findModel(model);
  return found?.access === 'weights' && found.runtime === 'container'
    ? serviceUrl(name, namespace)
    : servingEndpoint(name, namespace);
}

/** What the namespace of a tenant says to the admission policies. */
export function tenantNotes(
  own: KubernetesObject | undefined,
  namespace: string,
): Pick<JobProps, 'queue' | 'classes' | 'prefixes'> {
  const { annotations } = (own?.metadata ?? {}) as Labelled;
  const note = (key: keyof typeof TENANT_ANNOTATIONS) =>
    lookup(annotations ?? {}, TENANT_ANNOTATIONS[key]);
  return {
    queue: note('queue') ?? namespace,
    classes: note('priorityClasses')?.split(',') ?? [],
    prefixes: note('imagePrefixes')?.split(','),
  };
}

function find(objects: readonly KubernetesObject[], kind: string, name: string) {
  return objects.find((object) => object.kind === kind && object.metadata.name === name);
}

function roles(objects: readonly KubernetesObject[]) {
  return objects
    .filter(({ kind }) => kind === 'RoleBinding')
    .map(({ roleRef, subjects }) => ({
      role: (roleRef as { name: string }).name,
      subjects: (subjects as { kind: string; name: string }[]).map(
        ({ kind, name }) => `${kind} ${name}`,
      ),
    }));
}

function quota(objects: readonly KubernetesObject[]): Record<string, string> {
  const spec = find(objects, 'ResourceQuota', 'tenant')?.spec as { hard: Record<string, string> };
  return Object.fromEntries(
    Object.entries(spec?.hard ?? {}).filter(
      ([key, amount]) => !(key.startsWith('requests.huawei.com/') && amount === '0'),
    ),
  );
}

function defaults(objects: readonly KubernetesObject[]): Record<string, string> {
  const spec = find(objects, 'LimitRange', 'defaults')?.spec as
    | { limits: readonly { default?: Record<string, string> }[] }
    | undefined;
  return spec?.limits[0]?.default ?? {};
}
