import type { V1Node } from '@kubernetes/client-node';
import type { Subject } from '../checks/check';
import type { DeclaredPhase } from '../declared/phase';
import type { LiveCluster } from '../live/cluster';

/** What checks of a cluster look at; lists that several need are fetched once. */
export interface PreflightSubject extends Subject {
  nodes(): Promise<readonly V1Node[]>;
}

export function preflightSubject(phase: DeclaredPhase, cluster: LiveCluster): PreflightSubject {
  let nodes: Promise<V1Node[]> | undefined;
  return {
    phase,
    cluster,
    nodes: () => {
      nodes ??= cluster.list<V1Node>('v1', 'Node');
      return nodes;
    },
  };
}
