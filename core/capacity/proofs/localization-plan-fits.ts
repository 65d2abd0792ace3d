import { type LocalizationPlan, localizationPlans, type PlanStep } from '../localization-plan';
import type { ClusterProof } from '../proof';

export const localizationPlanFits: ClusterProof = {
  id: 'AICC-LOC-001',
  level: 'warning',
  title: 'the localization plan fits',
  why:
    'There is an order in which every replacement reaches its target within the NPUs of its ' +
    'namespace. A warning: it is about steps to come. What runs today is held to quotas and ' +
    'guarantees like any serving.',
  check({ cluster }) {
    const { tenants, replacements = [] } = cluster;
    return localizationPlans(cluster).map((plan) => {
      const blocked = plan.steps.find((step) => !step.fits);
      const entry = replacements.find(
        ({ alias, namespace }) => alias === blocked?.alias && namespace === plan.namespace,
      );
      const tenant = tenants.find(({ namespace }) => namespace === plan.namespace);
      return {
        path: entry?.path ?? tenant?.path ?? cluster.path,
        holds: blocked === undefined,
        statement: blocked ? shortage(plan, blocked) : peak(plan),
        remedy: `make room: ${blocked?.remedy ?? 'none is needed'}`,
      };
    });
  },
};

function shortage({ limit, limitedBy }: LocalizationPlan, step: PlanStep): string {
  const { alias, from, to, used, started } = step;
  return `${alias} ${from} → ${to}: ${used} NPUs in use + ${started} = ${used + started} > ${limit} (${limitedBy})`;
}

function peak({ steps, used, limit, limitedBy }: LocalizationPlan): string {
  // While a step is under way, what it gives back is still held.
  const most = Math.max(used, ...steps.map((step) => step.used + step.returned));
  return `${steps.length} steps from ${used} NPUs in use, at most ${most} ≤ ${limit} (${limitedBy})`;
}
