import {
  domesticShare,
  type EvidenceKind,
  type LatencyMeasure,
  STAGES,
  type Stage,
  stageIndex,
} from './capacity';
import type { Task } from './catalogue';
import type { Day, DnsLabel, Month, Ratio } from './schema/types';
import { mistakes } from './validate';

/** What is planned and what was done about one alias: what reports show of a replacement. */
export interface ReplacementPlan {
  /** Name that clients call, unique in the centre. It stays whatever stands behind it. */
  readonly alias: DnsLabel;
  readonly task: Task;
  /** Phase on whose cluster the alias is at home: both models run there. */
  readonly phase: string;
  /** Tenant in whose namespace both run. */
  readonly tenant: string;
  /** Tenant or sector that it is done for. */
  readonly owner: string;
  /** What its steps rest on; reports show it beside every figure. */
  readonly evidence: EvidenceKind;
  /** What the domestic model is held to. */
  readonly thresholds: RolloutThresholds;
  /** Steps that were taken, in order; the first is `foreign`, the last is what runs. */
  readonly history: readonly StageStep[];
  /** The step that is aimed at. @default - none: it is done, or waits */
  readonly next?: NextStep;
}

/** A dated step. It changes the `-models` stack of the phase of the alias, and nothing else. */
export interface StageStep {
  readonly stage: Stage;
  /** Day on which it was taken. */
  readonly date: Day;
  /** Percent of requests that the domestic side answers: 1 to 50, for `canary` only. */
  readonly weight?: number;
  /**
   * What the stage before has shown. Needed for a step forward to `canary`, `default` and `retired`, unless the
   * evidence is not public.
   */
  readonly figures?: Figures;
  /** Why a step back. Needed for one to an earlier stage, or to a smaller weight. */
  readonly reason?: string;
}

/** A step that is to come. */
export interface NextStep {
  readonly stage: Stage;
  readonly weight?: number;
  /** Month in which it is wanted. */
  readonly by: Month;
  /** What has been measured for it so far. @default - nothing */
  readonly figures?: Figures;
}

/** Limits on figures of the domestic side, each relative to the foreign side. */
export interface RolloutThresholds {
  /** Quality of the domestic answers divided by that of the foreign ones; more is better. */
  readonly quality: {
    /**
     * What is compared: `accuracy on 500 questions of the district`, `1 − word error rate`.
     * @pattern \S
     * @errorMessage must say what is compared
     */
    readonly measure: string;
    /** @exclusiveMinimum 0 @maximum 2 */
    readonly atLeast: number;
  };
  /** Latency (95 of 100 requests) of the domestic side divided by that of the foreign one. */
  readonly latency: {
    readonly measure: LatencyMeasure;
    /** @exclusiveMinimum 0 @maximum 10 */
    readonly atMost: number;
  };
  /** Share of failed requests, domestic less foreign, while both answer. @default 0.01 */
  readonly errorsAtMost?: Ratio;
}

/** @exclusiveMinimum 0 @errorMessage is a ratio to the foreign side, above 0; correct it */
export type Relative = number;

/** Figures as in `Thresholds`. */
export interface Figures {
  readonly quality: Relative;
  readonly latency: Relative;
  /** Where they are written down. @default - nowhere; required for measured ones */
  readonly source?: string;
}

/** The step of a day: the last one that was taken on it or before. @returns undefined before the first */
export function stepAt(history: readonly StageStep[], date: string): StageStep | undefined {
  return history.findLast((step) => step.date <= date);
}

/** What steps are held to. */
type Held = Pick<ReplacementPlan, 'history' | 'evidence' | 'thresholds'>;

/** What is wrong with the steps of a replacement; each is told from the one before it. */
export function validateHistory(replacement: Held): string[] {
  const { history } = replacement;
  const [first] = history;
  if (!first) return ["history is missing; begin with the stage 'foreign' and its date, got: none"];
  return mistakes(
    first.stage !== 'foreign' &&
      `history begins with the stage 'foreign'; add that step, got: '${first.stage}'`,
    history.flatMap((step, index) => {
      const before = history[index - 1];
      return [
        ...validateWeight(step, step.date),
        ...(before && [before, step].every(({ stage }) => STAGES.includes(stage))
          ? [...validateOrder(before, step), ...validateMove(before, step, replacement)]
          : []),
      ];
    }),
  );
}

function name({ stage, weight }: Pick<StageStep, 'stage' | 'weight'>): string {
  return weight === undefined ? stage : `${stage} ${weight}`;
}

/** What is wrong with the weight of a stage, whatever was before. */
export function validateWeight(
  { stage, weight }: Pick<StageStep, 'stage' | 'weight'>,
  date: string,
): string[] {
  return mistakes(
    stage === 'canary' &&
      !(Number.isInteger(weight) && Number(weight) >= 1 && Number(weight) <= 50) &&
      `weight of a canary must be a whole number of 1 to 50 percent; correct it, got: ${weight ?? 'none'} on ${date}`,
  );
}

function validateOrder(before: StageStep, step: StageStep): string[] {
  return mistakes(
    step.date <= before.date &&
      `steps are in the order of their days, one a day; correct the date of ${name(step)}, got: ${step.date} after ${before.date}`,
  );
}

/** Percent of requests that the domestic side answers, as far as the step says it. */
function shareOf({ stage, weight }: StageStep): number {
  return weight ?? domesticShare(stage, 0);
}

function validateMove(before: StageStep, step: StageStep, held: Held): string[] {
  const steps = stageIndex(step.stage) - stageIndex(before.stage);
  const move = `${name(before)} → ${name(step)} on ${step.date}`;
  if (steps > 0 && shareOf(step) < shareOf(before)) {
    return [
      `the weight falls from ${shareOf(before)} to ${shareOf(step)} while the stage advances; leave weight out or step back, got: ${move}`,
    ];
  }
  if (step.stage !== 'canary' && step.weight !== undefined) {
    return [`only a canary has a weight; leave it out, got: ${step.weight} in ${step.stage}`];
  }
  if (steps > 1) {
    const between = STAGES.slice(stageIndex(before.stage) + 1, stageIndex(step.stage));
    return [
      `a replacement goes forward one stage at a time; add ${between.join(', ')} before, got: ${move}`,
    ];
  }
  if (steps === 0 && step.weight === before.weight) {
    return [`a step changes the stage or the weight; remove it, got: ${move}`];
  }
  if (steps < 0 || shareOf(step) < shareOf(before)) {
    return mistakes(!step.reason?.trim() && `a step back says why; add a reason, got: ${move}`);
  }
  return needsEvidence(before, step.stage)
    ? missing(step.figures, held).map((what) => `${what}, got: ${move}`)
    : [];
}

/** Whether a step forward rests on what the stage before has shown: nobody sees answers before `canary`. */
export function needsEvidence({ stage }: StageStep, to: Stage): boolean {
  return stageIndex(to) > stageIndex(stage) && stageIndex(to) >= stageIndex('canary');
}

/** Why a step is not carried: its figures are not there, or one misses its threshold. */
export function missing(
  figures: Figures | undefined,
  { evidence, thresholds }: Omit<Held, 'history'>,
): string[] {
  if (evidence === 'not public') return [];
  if (figures === undefined) {
    return ['evidence is missing; add figures of what the stage before has shown, or stay there'];
  }
  const { quality, latency } = thresholds;
  return [
    ...(evidence === 'measured' && !figures.source?.trim()
      ? ['measured figures name their source; add it']
      : []),
    ...(figures.quality >= quality.atLeast
      ? []
      : [
          `evidence misses its threshold: quality ${figures.quality} < ${quality.atLeast} of the foreign side (${quality.measure})`,
        ]),
    ...(figures.latency <= latency.atMost
      ? []
      : [
          `evidence misses its threshold: latency ${figures.latency} > ${latency.atMost} times that of the foreign side (${latency.measure})`,
        ]),
  ];
}
