import { type CapacityReport, type ReplacementEntry, STAGES } from '../../core/capacity';
import { type Chart, figure, INK } from '../html/chart';
import { type Html, html, table } from '../html/html';
import { evidenceText } from '../localization/evidence';

/** Colours of the stages, from foreign to retired. */
const COLOURS = ['var(--s5)', 'var(--s2)', 'var(--s4)', 'var(--s1)', 'var(--s3)'];

/** How far foreign models are replaced by domestic ones. */
export async function localizationSection({ clusters }: CapacityReport): Promise<Html> {
  const entries = clusters.flatMap(({ name, replacements = [] }) =>
    replacements.map((entry) => ({ cluster: name, ...entry })),
  );
  if (entries.length === 0) {
    return html`<p class="muted">No replacement of a foreign model by a domestic one is declared.</p>`;
  }
  const done = entries.filter(({ stage }) => stage === 'retired').length;
  const evidence = evidenceText(entries);
  return html`<p>${done} of ${entries.length} foreign models are retired.${evidence === '' ? '' : ` Evidence: ${evidence}.`}</p>${await figure(progress(entries))}`;
}

function progress(entries: readonly (ReplacementEntry & { readonly cluster: string })[]): Chart {
  const counts = STAGES.map((stage) => entries.filter((entry) => entry.stage === stage).length);
  return {
    title: 'Replacements of foreign models by domestic ones, by stage (number of models)',
    description: STAGES.map((stage, index) => `${counts[index]} ${stage}`).join(', '),
    legend: STAGES.map((stage, index) => [`${stage} ${counts[index]}`, COLOURS[index] ?? INK]),
    height: () => 36,
    option: () => ({
      grid: { left: 0, right: 0, top: 0, bottom: 0 },
      xAxis: { type: 'value', show: false, max: entries.length },
      yAxis: { type: 'category', show: false, data: ['models'] },
      series: STAGES.map((stage, index) => ({
        name: stage,
        type: 'bar' as const,
        stack: 'all',
        barWidth: 34,
        itemStyle: { color: COLOURS[index] ?? INK, borderColor: 'var(--page)', borderWidth: 1 },
        data: [counts[index] ?? 0],
      })),
    }),
    table: table(
      'Replacements by alias',
      ['alias', 'cluster', 'foreign', 'domestic', 'stage', 'evidence'],
      entries.map(({ alias, cluster, foreign, domestic, stage, evidence }) => [
        alias,
        cluster,
        foreign.model,
        domestic.model,
        stage,
        evidence ?? '',
      ]),
    ),
  };
}
