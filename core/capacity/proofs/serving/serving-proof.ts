import { findServer, type Server } from '../../../accelerator';
import type { Finding, RuleText } from '../../../rules';
import type { PoolEntry } from '../../inventory';
import type { ServingsProof, ServingsSubject } from '../../proof';
import type { ServingPlan } from '../../serving-plan';
import { type Share, shares } from './demand';

/** One serving, and what it is proven against. */
export interface ServingContext extends Pick<ServingsSubject, 'cluster'> {
  readonly plan: ServingPlan;
  /** The pool that it was made for. */
  readonly pool: PoolEntry;
  /** What that pool consists of. */
  readonly server: Server;
  /** What its namespace has, and what the servings there hold. */
  share(): Share;
}

/** A promise about each serving of a cluster, one by one. */
export function servingProof(
  text: RuleText,
  check: (context: ServingContext) => Omit<Finding, 'path'> | undefined,
): ServingsProof {
  return {
    ...text,
    level: 'error',
    check(subject) {
      const { cluster } = subject;
      let shareOf: ReturnType<typeof shares> | undefined;
      const pools = new Map(
        cluster.pools.map((pool) => [
          pool.name,
          { pool, server: findServer(pool.serverForm, pool.accelerator) },
        ]),
      );
      return subject.servings.flatMap((plan) => {
        const { pool, server } = pools.get(plan.pool) ?? {};
        if (!pool || !server || Array.isArray(server)) return [];
        const share = () => {
          // Few proofs ask, and few servings of theirs.
          shareOf ??= shares(subject);
          return shareOf(plan);
        };
        const finding = check({ cluster, plan, pool, server, share });
        return finding ? [{ path: plan.path, ...finding }] : [];
      });
    },
  };
}
