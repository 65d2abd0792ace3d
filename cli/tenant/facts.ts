import {
  type ClusterCapacity,
  formatNumber,
  NOTHING,
  plus,
  type ServingEntry,
  type TenantInfo,
  type TenantShare,
} from '../../core/capacity';
import { findModel } from '../../core/catalogue';
import { clientPolicyName, serviceUrl, servingEndpoint } from '../../core/serving/endpoint';
import { UserError } from '../errors';
import { readOutput } from '../manifests/read-output';
import { type KubernetesObject, renderStack } from '../manifests/render';
import { readCapacity } from '../read-capacity';
import { exampleJobs } from './jobs';

/** NPUs (schedulable devices) and their dense FP16 peak. */
export interface NpuFigures {
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
  readonly guarantee: NpuFigures;
  readonly ceiling: NpuFigures;
  /** Guarantees of this phase and all before it. */
  readonly cumulative: NpuFigures;
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
  readonly total: NpuFigures;
  readonly clusters: readonly ClusterShare[];
}

/** @throws UserError for a tenant that is not there, with those that are */
export function tenantFacts(output: string, name: string): TenantFacts {
  const report = readCapacity(output);
  const tenant = report.tenants.find((candidate) => candidate.name === name);
  if (!tenant) {
    const names = report.tenants.map((candidate) => candidate.name).join(', ');
    throw new UserError([`no such tenant; use one of ${names}, got: '${name}'`]);
  }
  const shared = report.tenants.filter((other) => other.shared).map((other) => other.name);
  const { shares, ...info } = tenant;
  let total = NOTHING;
  const clusters = report.clusters.flatMap((cluster): ClusterShare[] => {
    const share = shares.find(({ phase }) => phase === cluster.phase);
    if (!share) return [];
    total = plus(total, share.guarantee);
    const cumulative = figures(total);
    return [{ ...clusterShare(output, cluster, name, share, shared), cumulative }];
  });
  return { ...info, total: figures(total), clusters };
}

/** NPUs and FP16 peak alone. */
export function figures({ npus, petaflops }: NpuFigures): NpuFigures {
  return { npus, petaflops };
}

/** `32 NPUs (10.02 PF)`. */
export function describe({ npus, petaflops: peak }: NpuFigures): string {
  return `${formatNumber(npus)} NPUs (${formatNumber(peak)} PF)`;
}

function clusterShare(
  output: string,
  cluster: ClusterCapacity,
  namespace: string,
  share: TenantShare,
  shared: readonly string[],
): Omit<ClusterShare, 'cumulative'> {
  const { phase, resourceName, imagePrefixes, priorityClasses } = share;
  const all = (stack: string) =>
    readOutput(output, [`${phase}-${stack}`])
      .flatMap(({ name, json }) => renderStack(name, json))
      .map(({ object }) => object);
  const objects = all('tenants').filter(({ metadata }) => metadata.namespace === namespace);
  // Servings that name the tenant as a client open its namespace towards themselves.
  const opened = new Set(
    all('models')
      .filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.namespace === namespace)
      .map(({ metadata }) => metadata.name),
  );
  return {
    phase,
    cluster: cluster.name,
    state: share.state,
    ...(share.expiry ? { expiry: share.expiry } : {}),
    resourceName,
    guarantee: figures(share.guarantee),
    ceiling: figures(share.ceiling),
    queue: namespace,
    podSecurity: share.podSecurity,
    ...(imagePrefixes ? { imagePrefixes } : {}),
    priorityClasses,
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
    jobs: exampleJobs(
      { ...share, namespace },
      cluster.pools.find((pool) => pool.resourceName === resourceName),
    ),
  };
}

/** The API of vLLM has a path of its own; what containers of the site answer is not known. */
function addressOf({ name, namespace, model }: ServingEntry): string {
  const found = findModel(model);
  return found?.access === 'weights' && found.runtime === 'container'
    ? serviceUrl(name, namespace)
    : servingEndpoint(name, namespace);
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
