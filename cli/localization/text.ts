import { formatNumber, STAGES, stageIndex } from '../../core/capacity';
import type { ReplacementFacts, SideFacts } from '../../core/localization-report';
import { textTable } from '../text-table';
import { type ReplacementState, totalsOf } from './state';

/** What reports say where nothing is declared. */
export const NONE = 'No replacement of a foreign model by a domestic one is declared.';

/** Progress, licences and what is blocked, for a terminal. */
export function localizationText(states: readonly ReplacementState[], date?: string): string {
  if (states.length === 0) return NONE;
  const when = date === undefined ? 'as it runs' : `on ${date}`;
  return [
    `Replacement of foreign models by domestic ones, ${when}`,
    progress(states),
    ...totals(states),
    accessText(states),
    '',
    licences(states),
    ...blocked(states),
    ...uncompared(states).flatMap((line) => ['', line]),
    ...NOTES,
  ].join('\n');
}

function progress(states: readonly ReplacementState[]): string {
  return textTable(
    ['alias', 'cluster', 'stage', 'since', 'foreign', 'domestic', 'NPUs', 'evidence'],
    states.map((state) => {
      const { alias, cluster, since = '', foreign, domestic, npus, evidence } = state;
      const sides = [foreign.model, domestic.model, `${npus.foreign} + ${npus.domestic}`];
      return [alias, cluster, stageText(state), since, ...sides, evidence];
    }),
  );
}

/** `canary 25 %`; `not yet` before the first step. */
export function stageText({ stage, weight }: ReplacementState): string {
  return stage === undefined ? 'not yet' : weight === undefined ? stage : `${stage} ${weight} %`;
}

function totals(states: readonly ReplacementState[]): string[] {
  const { aliases, byStage, domesticTraffic, npus, domesticNpus } = totalsOf(states);
  const stages = STAGES.filter((stage) => byStage[stage] > 0).map(
    (stage) => `${byStage[stage]} ${stage}`,
  );
  return [
    `${aliases} aliases: ${stages.join(', ') || 'none yet'}`,
    `Domestic: ${percent(domesticTraffic)} of traffic (by the weights of the routes, each alias alike), ${percent(domesticNpus)} of ${npus} NPUs`,
  ];
}

export function percent(value: number): string {
  return `${formatNumber(Math.round(value * 10) / 10)} %`;
}

function licences(states: readonly ReplacementState[]): string {
  return textTable(
    ['alias', 'licence of the foreign model', 'licence of the domestic model'],
    states.map(({ alias, foreign, domestic }) => [
      alias,
      licenceText(foreign),
      licenceText(domestic),
    ]),
  );
}

/** Licence of a model, what it restricts, and whether it was read. */
export function licenceText({ licence }: SideFacts): string {
  const { name, restrictions, assumed } = licence;
  return [name, ...restrictions.map((r) => `· ${r}`), ...(assumed ? ['(assumed)'] : [])].join(' ');
}

function blocked(states: readonly ReplacementState[]): string[] {
  const open = states.filter(({ next, blocked: why }) => next || why.length > 0);
  if (open.length === 0) return [];
  const rows = open.map((state) => {
    const answer = state.blocked.length > 0 ? `blocked: ${state.blocked.join('; ')}` : 'yes';
    return [state.alias, nextText(state), state.next?.by ?? '', answer];
  });
  return ['', textTable(['alias', 'next step', 'by', 'can it be taken'], rows)];
}

/** Whether tenants are kept to the aliases that they may call. */
export function accessText(states: readonly ReplacementState[]): string {
  const open = states.filter(({ access }) => !access.enforced).map(({ alias }) => alias);
  const rest = open.length < states.length ? 'by API keys' : '';
  return `Access by tenant: ${[rest, open.length > 0 ? `not enforced for ${open.join(', ')}` : ''].filter(Boolean).join('; ')}`;
}

/** Aliases with a canary now or to come that no alert looks at. */
export function uncompared(states: readonly ReplacementState[]): string[] {
  const names = states
    .filter(
      ({ stage, comparable }) => stage && stageIndex(stage) < stageIndex('default') && !comparable,
    )
    .map(({ alias }) => alias);
  return names.length === 0
    ? []
    : [
        `No alert compares both sides of ${names.join(', ')}: one gives no metrics that are known. Compare by hand before each step.`,
      ];
}

export function nextText({ next }: ReplacementFacts): string {
  if (!next) return '';
  return next.weight === undefined ? next.stage : `${next.stage} ${next.weight} %`;
}

const NOTES = [
  '',
  "Evidence 'not public': the step was taken; what it rested on, models and days are a proposal.",
  "Evidence 'illustrative': models, days and figures are made up to show how it works.",
  'NPUs: foreign + domestic, at the sizes of today. Requests as they were are in Prometheus.',
];
