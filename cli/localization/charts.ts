import { STAGES } from '../../core/capacity';
import type { ReplacementFacts } from '../../core/localization-report';
import { type Chart, INK, LINE, MUTED } from '../html/chart';
import { table } from '../html/html';
import { evidenceText } from './evidence';
import { statesAt, stepDays, totalsOf } from './state';
import { percent } from './text';

/** Colours of the stages, from foreign to retired, as on the page of the capacity. */
const COLOURS = ['var(--s5)', 'var(--s2)', 'var(--s4)', 'var(--s1)', 'var(--s3)'];
const DAY = 86_400_000;

/** A stage of an alias, from the day of its step to that of the next one. */
interface Span {
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly stage: number;
}

/** A bar an alias, its colours the stages over time. */
export function timeline(replacements: readonly ReplacementFacts[], until?: string): Chart {
  const end = lastDay(replacements, until);
  const spans = replacements.flatMap(({ history }, row) =>
    history
      .filter(({ date }) => Date.parse(date) <= end)
      .map(({ stage, date }, index, shown): Span => {
        const next = shown[index + 1]?.date;
        return {
          row,
          from: Date.parse(date),
          to: next === undefined ? end : Date.parse(next),
          stage: STAGES.indexOf(stage),
        };
      }),
  );
  return {
    title: `Stage of each alias over time (evidence: ${evidenceText(replacements)})`,
    description: `A bar for each of ${replacements.length} aliases from its first day on; its colour is the stage of the time.`,
    legend: STAGES.map((stage, index) => [stage, COLOURS[index] ?? INK]),
    height: () => 40 + 22 * replacements.length,
    option: (width) => ({
      grid: { left: width < 600 ? 112 : 150, right: 12, top: 8, bottom: 28 },
      xAxis: timeAxis(width),
      yAxis: {
        type: 'category',
        inverse: true,
        data: replacements.map(({ alias }) => alias),
        axisLabel: { color: INK, fontSize: width < 600 ? 10 : 12, interval: 0 },
        axisLine: { lineStyle: { color: MUTED } },
        axisTick: { show: false },
      },
      series: [
        {
          type: 'custom',
          data: spans.map(({ row, from, to, stage }) => [row, from, to, stage]),
          encode: { x: [1, 2], y: 0 },
          renderItem: (_params, api) => {
            const [x = 0, y = 0] = api.coord([api.value(1), api.value(0)]);
            const [right = 0] = api.coord([api.value(2), api.value(0)]);
            return {
              type: 'rect',
              shape: { x, y: y - 7, width: Math.max(1, right - x), height: 14 },
              style: { fill: COLOURS[Number(api.value(3))] ?? INK },
            };
          },
        },
      ],
    }),
    table: table(
      'Days on which each alias entered a stage',
      ['alias', 'steps', 'evidence'],
      replacements.map(({ alias, history, evidence }) => [
        alias,
        history
          .filter(({ date }) => Date.parse(date) <= end)
          .map(
            ({ stage, weight, date }) =>
              `${date} ${stage}${weight === undefined ? '' : ` ${weight} %`}`,
          )
          .join(' · '),
        evidence,
      ]),
    ),
  };
}

/** Share of traffic and of NPUs that is domestic, by day. */
export function overTime(replacements: readonly ReplacementFacts[], until?: string): Chart {
  const days = stepDays(replacements, until);
  const points = days.map((day) => ({ day, ...totalsOf(statesAt(replacements, day)) }));
  const last = points.at(-1);
  const end = lastDay(replacements, until);
  const line = (name: string, colour: string, of: 'domesticTraffic' | 'domesticNpus') => ({
    name,
    type: 'line' as const,
    step: 'end' as const,
    symbol: 'none',
    lineStyle: { color: colour, width: 2 },
    data: [
      ...points.map((point) => [Date.parse(point.day), point[of]]),
      ...(last ? [[end, last[of]]] : []),
    ],
  });
  return {
    title: 'Share of traffic and of NPUs of all aliases that is domestic (percent)',
    description: `From ${days[0] ?? 'no day'} to ${days.at(-1) ?? 'no day'}. At the end ${percent(last?.domesticTraffic ?? 0)} of traffic and ${percent(last?.domesticNpus ?? 0)} of NPUs.`,
    legend: [
      ['traffic, by the weights of the routes', 'var(--s1)'],
      ['NPUs', 'var(--s2)'],
    ],
    height: () => 260,
    option: (width) => ({
      grid: { left: 44, right: 12, top: 12, bottom: 28 },
      xAxis: timeAxis(width),
      yAxis: {
        type: 'value',
        min: 0,
        max: 100,
        axisLabel: { color: MUTED, formatter: '{value} %' },
        splitLine: { lineStyle: { color: LINE } },
      },
      series: [
        line('traffic', 'var(--s1)', 'domesticTraffic'),
        line('NPUs', 'var(--s2)', 'domesticNpus'),
      ],
    }),
    table: table(
      'After each step',
      ['day', 'aliases', 'traffic', 'NPUs', 'NPUs domestic'],
      points.map(({ day, aliases, domesticTraffic, npus, domesticNpus }) => [
        day,
        aliases,
        percent(domesticTraffic),
        npus,
        percent(domesticNpus),
      ]),
      [1, 2, 3, 4],
    ),
  };
}

function timeAxis(width: number) {
  return {
    type: 'time' as const,
    splitNumber: width < 600 ? 2 : 8,
    axisLabel: {
      color: INK,
      fontSize: 11,
      hideOverlap: true,
      // Years and months alike: the library would mix sizes.
      formatter: { year: '{yyyy}', month: '{MMM}', day: '{d} {MMM}' },
    },
    axisLine: { lineStyle: { color: MUTED } },
    splitLine: { show: true, lineStyle: { color: LINE } },
  };
}

/** Where bars end: the day asked for, or a month after the last step. */
function lastDay(replacements: readonly ReplacementFacts[], until?: string): number {
  if (until !== undefined) return Date.parse(until);
  return Date.parse(stepDays(replacements).at(-1) ?? '2024-01-01') + 30 * DAY;
}
