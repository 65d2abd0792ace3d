import type { V1Node, V1Pod } from '@kubernetes/client-node';
import type { DeclaredPhase } from '../../../cli/declared/phase';
import type { LiveCluster } from '../../../cli/live/cluster';
import { isReady } from '../../../cli/live/conditions';
import { npusOf } from '../../../cli/live/pods';
import { LOST_LABEL } from '../../../cli/rehearse/control-plane/configuration';
import { guaranteeJobs } from '../../../cli/rehearse/guarantees';
import { byClass } from '../../../cli/rehearse/observe';
import { REHEARSAL_LABEL } from '../../../cli/rehearse/rehearsal-label';
import { serversInService, sum } from '../../../constructs';
import { ends } from '../pods';

/**
 * How a phase runs, in numbers. Pods that are ending count as `ending` only, and what a lost server
 * said last of its pods counts for nothing.
 */
export interface PhaseState {
  readonly readyNodes: number;
  readonly servings: number;
  readonly jobs: number;
  readonly pending: number;
  readonly ending: number;
  /** NPUs of running pods. */
  readonly npus: number;
}

export async function phaseState(
  cluster: LiveCluster,
  phase: DeclaredPhase,
): Promise<Record<keyof PhaseState, number>> {
  const [pods, nodes] = await Promise.all([
    cluster.list<V1Pod>('v1', 'Pod'),
    cluster.list<V1Node>('v1', 'Node'),
  ]);
  const classes = byClass(phase, pods);
  const work = [...classes.servings, ...classes.jobs];
  const lost = new Set(
    nodes
      .filter(({ metadata }) => metadata?.labels?.[LOST_LABEL] !== undefined)
      .map(({ metadata }) => metadata?.name),
  );
  const there = work.filter((pod) => !ends(pod));
  const running = (some: readonly V1Pod[]) =>
    some.filter((pod) => !ends(pod) && isReady(pod) && !lost.has(pod.spec?.nodeName));
  const resource = phase.cluster.pools[0]?.resourceName ?? '';
  return {
    readyNodes: nodes.filter(isReady).length,
    servings: running(classes.servings).length,
    jobs: running(classes.jobs).length,
    pending: there.filter((pod) => !isReady(pod)).length,
    ending: work.filter(ends).length,
    npus: sum(running(work).map((pod) => npusOf(pod, resource))),
  };
}

/** Whether a pod is of the load that stands for the tenants, and not of a model. */
export function isJob({ metadata }: V1Pod): boolean {
  return metadata?.labels?.[REHEARSAL_LABEL] !== undefined;
}

/** Pods with NPUs by the node that they are on. */
export async function workByNode(
  cluster: LiveCluster,
  phase: DeclaredPhase,
): Promise<Map<string, V1Pod[]>> {
  const classes = byClass(phase, await cluster.list<V1Pod>('v1', 'Pod'));
  const byNode = new Map<string, V1Pod[]>();
  for (const pod of [...classes.servings, ...classes.jobs]) {
    const node = pod.spec?.nodeName ?? '';
    byNode.set(node, [...(byNode.get(node) ?? []), pod]);
  }
  return byNode;
}

/** Servers in service of the first pool, by rack. */
export function racks(phase: DeclaredPhase): Map<string, string[]> {
  const byRack = new Map<string, string[]>();
  for (const { name, rack, inService } of phase.cluster.pools[0]?.hosts ?? []) {
    if (inService) byRack.set(rack, [...(byRack.get(rack) ?? []), name]);
  }
  return byRack;
}

/** A phase that runs as the inventory promises, the guarantees of its tenants as load. */
export function wholeState(phase: DeclaredPhase): PhaseState {
  const { pools, management, servings } = phase.cluster;
  const guarantees = guaranteeJobs(phase);
  return {
    readyNodes: management.hosts.length + sum(pools.map(serversInService)),
    servings: sum(servings.map(({ replicas, podsPerReplica }) => replicas * podsPerReplica)),
    jobs: sum(guarantees.map(({ jobs }) => jobs.length)),
    pending: 0,
    ending: 0,
    npus: sum(guarantees.map(({ servingNpus, jobNpus }) => servingNpus + jobNpus)),
  };
}
