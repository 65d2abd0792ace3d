import { sum, usableNpus } from '../../inventory';
import type { ServingsProof } from '../../proof';
import { npusOf } from './demand';

export const updatesFitPool: ServingsProof = {
  id: 'AICC-SRV-009',
  level: 'error',
  title: 'replicas and surge fit the pool during an update',
  why:
    'All servings of a pool run at once, and the largest of them can be updated: quotas alone ' +
    'do not say so, because ceilings of tenants overlap.',
  check({ cluster, servings }) {
    return cluster.pools.flatMap((pool) => {
      const own = servings.filter((plan) => plan.pool === pool.name);
      if (own.length === 0) return [];
      const always = sum(own.map((plan) => npusOf(plan, plan.replicas).npus));
      const surge = Math.max(...own.map((plan) => npusOf(plan, plan.rollout.maxSurge).npus));
      const usable = usableNpus(pool);
      const holds = always + surge <= usable;
      return [
        {
          path: cluster.path,
          holds,
          statement: `${own.length} servings of pool ${pool.name} with ${always} NPUs + ${surge} of the largest surge = ${always + surge} ${holds ? '≤' : '>'} ${usable} usable`,
          remedy: `remove replicas or surge for ${Math.max(0, always + surge - usable)} NPUs, or add servers`,
        },
      ];
    });
  },
};
