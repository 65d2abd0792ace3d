import type { V1Pod } from '@kubernetes/client-node';
import { petaflops, sum } from '../../core/capacity';
import { type DeclaredPhase, objectsOf } from '../declared/phase';
import type { LiveCluster } from '../live/cluster';
import { isReady } from '../live/conditions';
import { npusOf } from '../live/pods';
import type { KubernetesObject } from '../manifests/render';
import type { ExpandedGroup } from './expand-groups';
import { REHEARSAL_LABEL } from './rehearsal-label';
import type { GroupCounts, PendingPods, PodClass, PodCounts } from './report';

export interface LiveNode extends KubernetesObject {
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly status: { readonly allocatable: Readonly<Record<string, string>> };
}

export const CLASSES: readonly PodClass[] = ['components', 'servings', 'jobs'];

export type Wanted = Readonly<Record<PodClass, number>>;

/** Pods that the objects of a phase and the Jobs ask for. */
export function wantedPods(
  phase: DeclaredPhase,
  nodes: readonly LiveNode[],
  jobPods: number,
): Wanted {
  const tenants = tenantNamespaces(phase);
  const workloads = (kind: string) =>
    objectsOf(phase, kind).filter(({ metadata }) => !tenants.has(metadata.namespace ?? ''));
  const daemons = workloads('DaemonSet').map((object) => {
    const { template } = object.spec as { template: PodTemplate };
    const selector = Object.entries(template.spec.nodeSelector ?? {});
    return nodes.filter(({ metadata }) =>
      selector.every(([key, value]) => metadata.labels[key] === value),
    ).length;
  });
  const replicas = workloads('Deployment').map(
    ({ spec }) => (spec as { replicas?: number }).replicas ?? 1,
  );
  return {
    components: sum([...daemons, ...replicas]),
    servings: sum(phase.cluster.servings.map((entry) => entry.replicas * entry.podsPerReplica)),
    jobs: jobPods,
  };
}

interface PodTemplate {
  readonly spec: { readonly nodeSelector?: Readonly<Record<string, string>> };
}

/** Pods by what they belong to, those left out that have ended. */
export function byClass(
  phase: DeclaredPhase,
  pods: readonly V1Pod[],
): Readonly<Record<PodClass, readonly V1Pod[]>> {
  const tenants = tenantNamespaces(phase);
  const classes: Record<PodClass, V1Pod[]> = { components: [], servings: [], jobs: [] };
  for (const pod of pods) {
    const { labels, namespace = '' } = pod.metadata ?? {};
    if (labels?.[REHEARSAL_LABEL]) classes.jobs.push(pod);
    else if (!['Succeeded', 'Failed'].includes(pod.status?.phase ?? '')) {
      classes[tenants.has(namespace) ? 'servings' : 'components'].push(pod);
    }
  }
  return classes;
}

export function countPods(wanted: number, pods: readonly V1Pod[]): PodCounts {
  return { wanted, admitted: pods.length, running: pods.filter(isReady).length };
}

function tenantNamespaces({ cluster }: DeclaredPhase): Set<string> {
  return new Set(cluster.tenants.map(({ namespace }) => namespace));
}

/** Pods that do not run, by the reason that the scheduler gives. */
export function pendingPods(pods: readonly V1Pod[]): PendingPods[] {
  const byReason = new Map<string, V1Pod[]>();
  for (const pod of pods.filter((entry) => !isReady(entry))) {
    const why = pod.status?.conditions?.find(({ status }) => status === 'False')?.message;
    const reason = why ?? `phase ${pod.status?.phase}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), pod]);
  }
  return [...byReason].map(([reason, found]) => ({
    reason,
    pods: found.length,
    example: `${found[0]?.metadata?.namespace}/${found[0]?.metadata?.name}`,
  }));
}

/** How many groups run whole; one of which a part runs is a problem, because it holds NPUs for nothing. */
export function placedGroups(
  groups: readonly ExpandedGroup[],
  pods: readonly V1Pod[],
): GroupCounts & { readonly problems: readonly string[] } {
  const running = new Set(
    pods.filter(isReady).map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`),
  );
  const counts = groups.map(({ name, objects }) => {
    const own = objects.filter(({ kind }) => kind === 'Pod').map(({ metadata }) => metadata);
    const there = own.filter(({ namespace, name: pod }) => running.has(`${namespace}/${pod}`));
    return { name, size: own.length, there: there.length };
  });
  return {
    wanted: groups.length,
    whole: counts.filter(({ size, there }) => there === size).length,
    problems: counts
      .filter(({ size, there }) => there > 0 && there < size)
      .map(({ name, size, there }) => `group ${name} is not whole: ${there} of ${size} pods run`),
  };
}

/** Why controllers could not make pods: the messages of the API server, each once, with the namespace. */
export async function refusedPods(cluster: LiveCluster): Promise<string[]> {
  const events = await cluster.list<{
    readonly message: string;
    readonly involvedObject: {
      readonly kind: string;
      readonly namespace: string;
      readonly name: string;
    };
  }>('v1', 'Event', { fields: 'reason=FailedCreate' });
  const lines = events.map(({ message, involvedObject: { kind, namespace, name } }) => {
    const [, why = message] = /^Error creating: (.*)$/s.exec(message) ?? [];
    return `${kind} ${namespace}/${name}: ${why.replace(/^pods "[^"]*" is forbidden: /, '')}`;
  });
  return [...new Set(lines)];
}

/** NPUs that nodes offer and pods hold, and their dense FP16 peak; a node with too many is a problem. */
export function placement(
  { cluster }: DeclaredPhase,
  nodes: readonly LiveNode[],
  pods: readonly V1Pod[],
): ObservedPlacement {
  const problems: string[] = [];
  const tflops: number[] = [];
  let allocatable = 0;
  let inUse = 0;
  for (const { metadata, status } of nodes) {
    const pool = cluster.pools.find(({ hosts }) =>
      hosts.some(({ name }) => name === metadata.name),
    );
    if (!pool) continue;
    const here = pods.filter(({ spec }) => spec?.nodeName === metadata.name);
    const held = sum(here.map((pod) => npusOf(pod, pool.resourceName)));
    const offered = Number(status.allocatable[pool.resourceName] ?? 0);
    if (held > offered) problems.push(`${metadata.name} holds ${held} of its ${offered} NPUs`);
    allocatable += offered;
    inUse += held;
    tflops.push(held * pool.tflopsPerNpu);
  }
  return { allocatable, inUse, petaflopsInUse: petaflops(tflops), problems };
}

export interface ObservedPlacement {
  readonly allocatable: number;
  readonly inUse: number;
  readonly petaflopsInUse: number;
  readonly problems: readonly string[];
}
