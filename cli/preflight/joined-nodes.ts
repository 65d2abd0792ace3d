import type { V1Node } from '@kubernetes/client-node';
import type { PoolEntry } from '../../core/capacity';
import type { PreflightSubject } from './subject';

/** A server of a pool and the node that it has become. */
export interface Joined {
  readonly pool: PoolEntry;
  readonly rack: string;
  readonly node: V1Node;
}

export const nameOf = (node: V1Node) => node.metadata?.name ?? '';
export const labelOf = (node: V1Node, key: string) => node.metadata?.labels?.[key];
export const npusOf = (node: V1Node, { resourceName }: PoolEntry) =>
  Number(node.status?.allocatable?.[resourceName] ?? 0);

/** Servers in service that have joined. */
export async function joinedNodes({ phase, nodes }: PreflightSubject): Promise<Joined[]> {
  const there = new Map((await nodes()).map((node) => [nameOf(node), node]));
  return phase.cluster.pools.flatMap((pool) =>
    pool.hosts.flatMap(({ name, rack, inService }) => {
      const node = there.get(name);
      return node && inService ? [{ pool, rack, node }] : [];
    }),
  );
}
