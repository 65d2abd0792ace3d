import {
  type CapacityReport,
  type ClusterInventory,
  type EvidenceKind,
  type LocalizationPlan,
  localizationPlans,
  type PlanStep,
} from '../../core/capacity';
import { textTable } from '../text-table';

/** A step, and what it rests on. */
export interface ClusterStep extends PlanStep {
  readonly evidence?: EvidenceKind;
}

/** The plan of a cluster, with its name. */
export interface ClusterPlan extends LocalizationPlan {
  readonly phase: string;
  readonly cluster: string;
  readonly steps: readonly ClusterStep[];
}

/** Plans of all clusters on which replacements are under way. */
export function clusterPlans({ clusters }: CapacityReport): ClusterPlan[] {
  return clusters.flatMap((cluster) =>
    localizationPlans(cluster).map((plan) => ({
      phase: cluster.phase,
      cluster: cluster.name,
      ...plan,
      steps: plan.steps.map((step) => ({ ...step, ...evidenceOf(step, cluster) })),
    })),
  );
}

function evidenceOf({ alias }: PlanStep, { replacements = [] }: ClusterInventory) {
  const evidence = replacements.find((entry) => entry.alias === alias)?.evidence;
  return evidence === undefined ? {} : { evidence };
}

/** Why steps of aliases do not fit, and what would make them fit. */
export function unfitSteps(plans: readonly ClusterPlan[]): Map<string, string> {
  return new Map(
    plans.flatMap(({ steps, cluster, limit, limitedBy }) =>
      steps
        .filter((step) => !step.fits)
        .map((step) => [
          step.alias,
          `does not fit on ${cluster}: ${step.used} + ${step.started} NPUs > ${limit} (${limitedBy}); make room: ${step.remedy}`,
        ]),
    ),
  );
}

/** Every step in an order that fits, with what it takes and gives back. */
export function planText(plans: readonly ClusterPlan[]): string {
  if (plans.length === 0) return 'No replacement is under way.';
  return [
    ...plans.flatMap(planTable),
    'Steps of one replacement follow each other; each is taken when its evidence is there. NPU: one schedulable device.',
  ].join('\n');
}

function planTable(plan: ClusterPlan): string[] {
  const { cluster, namespace, used, guarantee, limit, limitedBy, steps } = plan;
  const rows = steps.map((step, index) => {
    const { alias, from, to, evidence = '', started, returned, free, borrowed, fits } = step;
    const figures = [started || '', returned || '', step.used, free, borrowed || ''];
    const answer = fits ? 'yes' : `no: ${step.remedy}`;
    return [index + 1, alias, `${from} → ${to}`, evidence, ...figures, answer];
  });
  const figures = ['starts', 'returns', 'used', 'free', 'borrowed'];
  return [
    `${cluster}, namespace ${namespace}: ${used} NPUs used, ${guarantee} guaranteed, ${limit} at most (${limitedBy})`,
    textTable(['', 'alias', 'step', 'evidence', ...figures, 'fits'], rows, [0, 4, 5, 6, 7, 8]),
    summary(steps, used),
    '',
  ];
}

function summary(steps: readonly PlanStep[], used: number): string {
  const stuck = steps.filter((step) => !step.fits).map(({ alias }) => alias);
  const last = steps.findLast((step) => step.fits)?.used ?? used;
  return stuck.length > 0
    ? `Does not fit: ${stuck.join(', ')}.`
    : `All steps fit; ${last} NPUs are used after them, ${used - last >= 0 ? `${used - last} fewer` : `${last - used} more`} than now.`;
}
