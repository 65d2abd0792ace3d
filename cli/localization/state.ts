import {
  domesticShare,
  npusAt,
  type Side,
  STAGES,
  type Stage,
  stageIndex,
  sum,
} from '../../core/capacity';
import type { ReplacementFacts } from '../../core/localization-report';
import { missing, needsEvidence, stepAt } from '../../core/stages';

/** A replacement on a day. */
export interface ReplacementState extends ReplacementFacts {
  /** Only on days from the last step on: what was aimed at earlier is the step that followed. */
  readonly next?: ReplacementFacts['next'];
  /** Stage on that day. @default - the alias was not there yet */
  readonly stage?: Stage;
  /** Percent in `canary`. @default - another stage */
  readonly weight?: number;
  /** Day of the step. @default - the alias was not there yet */
  readonly since?: string;
  /** Percent of the requests that the domestic side answers, by the weights of the route. */
  readonly domesticPercent: number;
  /** NPUs of both sides, at the sizes that they have in today's data. */
  readonly npus: Readonly<Record<Side, number>>;
  /** What keeps the next step from being taken; nothing where it can be taken or there is none. */
  readonly blocked: readonly string[];
}

export interface LocalizationTotals {
  /** Aliases that are there. */
  readonly aliases: number;
  readonly byStage: Readonly<Record<Stage, number>>;
  /** Percent of requests answered domestically; each alias counts alike. */
  readonly domesticTraffic: number;
  /** NPUs of the replacements, and percent of them that are of domestic models. */
  readonly npus: number;
  readonly domesticNpus: number;
}

/**
 * Replacements on a day.
 *
 * @param date `2025-06-30`. Without it all steps are taken: what runs
 * @param unfit why the next steps of aliases do not fit into their clusters
 */
export function statesAt(
  replacements: readonly ReplacementFacts[],
  date?: string,
  unfit: ReadonlyMap<string, string> = new Map(),
): ReplacementState[] {
  return replacements.map((facts) => {
    const { history } = facts;
    const step = date === undefined ? history.at(-1) : stepAt(history, date);
    const { next, ...known } = facts;
    if (!step)
      return { ...known, domesticPercent: 0, npus: { foreign: 0, domestic: 0 }, blocked: [] };
    const last = step === history.at(-1);
    return {
      ...known,
      ...(last && next ? { next } : {}),
      stage: step.stage,
      ...(step.weight === undefined ? {} : { weight: step.weight }),
      since: step.date,
      domesticPercent: domesticShare(step.stage, step.weight ?? 0),
      npus: npusAt(step.stage, facts),
      blocked: last ? obstacles(facts, unfit.get(facts.alias)) : [],
    };
  });
}

/** What keeps the next step of a replacement from being taken. */
function obstacles(facts: ReplacementFacts, unfit: string | undefined): string[] {
  const { history, next } = facts;
  const last = history.at(-1);
  if (!last || last.stage === 'retired') return [];
  if (!next) return ['no next step is named'];
  const starts = stageIndex(next.stage) > stageIndex(last.stage) && next.stage === 'shadow';
  return [
    ...(needsEvidence(last, next.stage) ? missing(next.figures, facts) : []),
    ...(starts && unfit !== undefined ? [unfit] : []),
  ];
}

export function totalsOf(states: readonly ReplacementState[]): LocalizationTotals {
  const there = states.filter(({ stage }) => stage !== undefined);
  const domestic = sum(there.map(({ npus }) => npus.domestic));
  const npus = domestic + sum(there.map((state) => state.npus.foreign));
  const percent = (part: number, whole: number) => (whole === 0 ? 0 : (100 * part) / whole);
  return {
    aliases: there.length,
    byStage: Object.fromEntries(
      STAGES.map((stage) => [stage, there.filter((state) => state.stage === stage).length]),
    ) as Record<Stage, number>,
    domesticTraffic: percent(sum(there.map((s) => s.domesticPercent / 100)), there.length),
    npus,
    domesticNpus: percent(domestic, npus),
  };
}

/** Days on which something changed, in order, until one. */
export function stepDays(replacements: readonly ReplacementFacts[], until?: string): string[] {
  const days = replacements.flatMap(({ history }) => history.map(({ date }) => date));
  return [...new Set(days)].filter((day) => until === undefined || day <= until).sort();
}
