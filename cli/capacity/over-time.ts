import { type CapacityReport, formatNumber } from '../../core/capacity';
import { type Chart, INK, LINE, MUTED } from '../html/chart';
import { table } from '../html/html';

/** Part of a phase's width without bars. */
const GAP = 0.3;

/** Peak, usable and sold petaflops of the environment, by phase. */
export function overTime({ phases }: CapacityReport): Chart {
  const ids = phases.map((phase) => phase.id);
  const of = (name: 'peak' | 'usable' | 'sold') =>
    phases.map((phase) => phase.cumulative[name].petaflops);
  const last = phases.at(-1)?.cumulative;
  return {
    title: 'Petaflops (dense FP16) of the environment after each phase: peak, usable, sold',
    description: `Grouped bars for ${ids.length} phases. After the last, ${formatNumber(last?.peak.petaflops ?? 0)} PF are peak, ${formatNumber(last?.usable.petaflops ?? 0)} usable and ${formatNumber(last?.sold.petaflops ?? 0)} sold. A mark shows the milestone of each phase.`,
    legend: [
      ['peak', 'var(--peak)'],
      ['usable', 'var(--usable)'],
      ['sold', 'var(--sold)'],
      ['milestone (▸)', 'var(--mark)'],
    ],
    height: () => 360,
    option: (width) => {
      const narrow = width < 600;
      const size = narrow ? 11 : 13;
      const left = narrow ? 44 : 56;
      const bar = (name: string, values: number[], colour: string) => ({
        name,
        type: 'bar' as const,
        data: values,
        itemStyle: { color: colour },
        barGap: '8%',
        barCategoryGap: `${GAP * 100}%`,
        label: {
          show: true,
          position: 'top' as const,
          ...(narrow
            ? { rotate: 90, align: 'left' as const, verticalAlign: 'middle' as const }
            : {}),
          color: INK,
          fontSize: narrow ? 11 : 12,
          formatter: ({ value }: { value?: unknown }) =>
            formatNumber(Math.round(Number(value) * 10) / 10),
        },
      });
      return {
        grid: { left, right: 8, top: 28, bottom: narrow ? 48 : 44 },
        xAxis: {
          type: 'category',
          data: phases.map(({ id, inService }) => `${id.replace(/^phase-/, '')}\n${inService}`),
          axisLabel: { color: INK, fontSize: size, interval: 0, lineHeight: 17 },
          axisLine: { lineStyle: { color: MUTED } },
          axisTick: { show: false },
        },
        yAxis: {
          type: 'value',
          name: 'PF',
          nameTextStyle: { color: MUTED, align: 'right' },
          axisLabel: { color: MUTED, fontSize: size },
          splitLine: { lineStyle: { color: LINE } },
        },
        series: [
          bar('peak', of('peak'), 'var(--peak)'),
          bar('usable', of('usable'), 'var(--usable)'),
          bar('sold', of('sold'), 'var(--sold)'),
          {
            name: 'milestone',
            type: 'scatter',
            // Beside the bars: it points at the height that was announced.
            symbol: 'triangle',
            symbolRotate: -90,
            symbolSize: narrow ? 7 : 11,
            symbolOffset: [-(((width - left - 8) / phases.length) * (1 - GAP)) / 2 - 5, 0],
            itemStyle: { color: 'var(--mark)' },
            data: phases.map((phase) => phase.milestonePetaflops),
            z: 4,
          },
        ],
      };
    },
    table: table(
      'Of the environment: each phase and all before it. PF: dense FP16 petaflops',
      [
        'phase',
        'in service',
        'milestone PF',
        'servers',
        'NPUs',
        'peak PF',
        'usable PF',
        'sold PF',
        'free PF',
      ],
      phases.map(({ id, inService, milestonePetaflops, cumulative }) => [
        id,
        inService,
        formatNumber(milestonePetaflops),
        formatNumber(cumulative.servers),
        ...[cumulative.peak.npus].map(formatNumber),
        ...[cumulative.peak, cumulative.usable, cumulative.sold, cumulative.free].map((amount) =>
          formatNumber(amount.petaflops),
        ),
      ]),
      [2, 3, 4, 5, 6, 7, 8],
    ),
  };
}
