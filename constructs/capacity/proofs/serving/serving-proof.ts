import { findServer, type Server } from '../../../accelerator';
import type { PoolEntry } from '../../ledger';
import type { Finding, Proof, ServingsSubject } from '../../proof';
import type { ServingPlan } from '../../serving-plan';

/** One serving, and what it is proven against. */
export interface ServingContext extends Omit<ServingsSubject, 'kind'> {
  readonly plan: ServingPlan;
  /** The pool that it was made for. */
  readonly pool: PoolEntry;
  /** What that pool consists of. */
  readonly server: Server;
}

/** A promise about each serving of a cluster, one by one. */
export function servingProof(
  proof: Pick<Proof, 'id' | 'title'>,
  check: (context: ServingContext) => Omit<Finding, 'path'> | undefined,
): Proof {
  return {
    ...proof,
    level: 'error',
    check(subject) {
      if (subject.kind !== 'servings') return [];
      return subject.servings.flatMap((plan) => {
        const pool = subject.cluster.pools.find((entry) => entry.name === plan.pool);
        const server = pool && findServer(pool.serverForm, pool.accelerator);
        if (!pool || !server || Array.isArray(server)) return [];
        const finding = check({ ...subject, plan, pool, server });
        return finding ? [{ path: plan.path, ...finding }] : [];
      });
    },
  };
}
