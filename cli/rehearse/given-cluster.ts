import type { DeclaredPhase } from '../declared/phase';
import { UserError } from '../errors';
import { describeObject } from '../kubernetes/describe';
import type { LiveCluster } from '../live/cluster';
import { waitFor } from '../live/wait-for';
import type { KubernetesObject } from '../manifests/render';
import { SIMULATED, simulatedNodes } from './simulated-nodes';

/**
 * A rehearsal is for clusters without servers: work would be placed on real ones, and its objects removed.
 * @throws UserError where a node is not simulated
 */
export async function refuseRealNodes(cluster: LiveCluster): Promise<void> {
  const nodes = await cluster.list('v1', 'Node');
  const real = nodes
    .map(({ metadata }) => metadata as { name: string; annotations?: Record<string, string> })
    .filter(({ annotations }) => annotations?.[SIMULATED] === undefined)
    .map(({ name }) => name);
  if (real.length === 0) return;
  throw new UserError([
    `context '${cluster.target.context}' has real nodes; rehearse on a kwok cluster, whose nodes have the annotation ${SIMULATED}, got: ${few(real)}`,
  ]);
}

/**
 * What is of a phase would be taken over and removed at the end.
 * @throws UserError where an object or a node of the phase is there already
 */
export async function refuseIfTaken(cluster: LiveCluster, phase: DeclaredPhase): Promise<void> {
  const wanted = phaseObjects(phase);
  const there = await Promise.all(wanted.map((object) => cluster.get(object)));
  const taken = wanted.filter((_, index) => there[index]).map(describeObject);
  if (taken.length === 0) return;
  throw new UserError([
    `context '${cluster.target.context}' has objects of ${phase.id} already; use an empty cluster, got: ${few(taken)}`,
  ]);
}

/** Nodes and objects of a phase, in the order in which they are made; patches go with what they change. */
export function phaseObjects(phase: DeclaredPhase): KubernetesObject[] {
  const own = phase.objects.filter(({ patchBy }) => patchBy === undefined);
  return [...simulatedNodes(phase), ...own.map(({ object }) => object)];
}

function few(names: readonly string[]): string {
  const rest = names.length - 5;
  return [...names.slice(0, 5), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

/** Deletes what a rehearsal has made, the last first, until it is gone. */
export async function takeAway(
  cluster: LiveCluster,
  made: readonly KubernetesObject[],
): Promise<void> {
  // Policies would keep protected namespaces from deletion.
  const policies = made.filter(({ kind }) => kind.startsWith('ValidatingAdmissionPolicy'));
  await Promise.all(policies.map((object) => cluster.remove(object)));
  const rest = made.filter((object) => !policies.includes(object)).reverse();
  await waitFor(
    'objects of the rehearsal gone',
    180,
    async () => {
      const there = await Promise.all(rest.map((object) => cluster.get(object)));
      const left = rest.filter((_, index) => there[index]);
      // A policy is remembered for a moment, and a request of before an interruption may come late.
      const removed = await Promise.allSettled(left.map((object) => cluster.remove(object)));
      const refused = removed.find((result) => result.status === 'rejected');
      return {
        left: left.length,
        first: left.slice(0, 5).map(describeObject),
        ...(refused ? { refused: (refused.reason as Error).message } : {}),
      };
    },
    ({ left }) => left === 0,
  );
}
