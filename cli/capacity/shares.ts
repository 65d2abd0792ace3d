import {
  type CapacityReport,
  formatNumber,
  type PhaseCapacity,
  sum,
  type TenantCapacity,
} from '../../core/capacity';
import { type Chart, INK, LINE, MUTED } from '../html/chart';
import { type Html, table } from '../html/html';
import { type Sector, sectorsOf } from './sectors';

/** Petaflops that a sector is guaranteed on the cluster of a phase. */
function soldTo({ tenants }: Sector, phase: PhaseCapacity): number {
  return sum(tenants.map((tenant) => shareOf(tenant, phase)?.guarantee.petaflops ?? 0));
}

function shareOf({ shares }: TenantCapacity, { id }: PhaseCapacity) {
  return shares.find(({ phase }) => phase === id);
}

/** Whose the petaflops of each cluster are: sectors, free, spare, and the rest up to the peak. */
export function shares(report: CapacityReport): Chart {
  const { phases } = report;
  const sectors = sectorsOf(report);
  const clusters = phases.map(({ cluster }) => cluster);
  const rows = [...phases].reverse();
  const percent = (value: number, { peakPetaflops }: PhaseCapacity) =>
    peakPetaflops === 0 ? 0 : Math.round((value / peakPetaflops) * 1000) / 10;
  const kept = ({ capacity: { outOfService, reserved, spare } }: PhaseCapacity) =>
    outOfService.petaflops + reserved.petaflops + spare.petaflops;
  const parts = [
    ...sectors.map((sector) => ({
      name: sector.name,
      colour: sector.colour,
      of: (phase: PhaseCapacity) => soldTo(sector, phase),
    })),
    { name: 'free', colour: 'var(--free)', of: (p: PhaseCapacity) => p.capacity.free.petaflops },
    { name: 'spare, reserved or out of service', colour: 'var(--peak)', of: kept },
  ];
  return {
    title: 'Whose the petaflops of each cluster are, in percent of its peak, by sector',
    description: `One bar a cluster, ${phases.map((phase) => `${phase.cluster} of ${formatNumber(phase.peakPetaflops)} PF with ${formatNumber(phase.soldPetaflops)} sold`).join(', ')}.`,
    legend: parts.map(({ name, colour }) => [name, colour]),
    height: () => phases.length * 52 + 56,
    option: (width) => {
      const narrow = width < 600;
      return {
        grid: { left: narrow ? 48 : 150, right: narrow ? 16 : 32, top: 8, bottom: 40 },
        xAxis: {
          type: 'value',
          max: 100,
          name: '%',
          nameLocation: 'end',
          nameGap: 4,
          nameTextStyle: { color: MUTED },
          axisLabel: { color: MUTED },
          splitLine: { lineStyle: { color: LINE } },
        },
        yAxis: {
          type: 'category',
          data: rows.map((phase) =>
            narrow ? phase.cluster : `${phase.cluster}  ${formatNumber(phase.peakPetaflops)} PF`,
          ),
          axisLabel: { color: INK, fontSize: 13 },
          axisLine: { lineStyle: { color: MUTED } },
          axisTick: { show: false },
        },
        series: parts.map(({ name, colour, of }) => ({
          name,
          type: 'bar' as const,
          stack: 'all',
          barWidth: 30,
          itemStyle: { color: colour, borderColor: 'var(--page)', borderWidth: 1 },
          data: rows.map((phase) => percent(of(phase), phase)),
        })),
      };
    },
    table: table(
      'PF (dense FP16) guaranteed to each sector, by cluster',
      ['sector', ...clusters, 'in all'],
      parts.map(({ name, of }) => [
        name,
        ...[...phases.map(of), sum(phases.map(of))].map(formatNumber),
      ]),
      [...clusters, 'in all'].map((_, index) => index + 1),
    ),
  };
}

/** Every tenant: guaranteed and at most on each cluster, and in all. */
export function tenantTable(report: CapacityReport): Html {
  const { phases, tenants } = report;
  const numbers = [...phases.map(({ cluster }) => cluster), 'NPUs', 'PF'];
  return table(
    'NPUs guaranteed–at most on each cluster; PF (dense FP16) guaranteed in all',
    ['tenant', 'sector', ...numbers],
    tenants.map((tenant) => {
      const { displayName, sector, shared } = tenant;
      const own = phases.map((phase) => shareOf(tenant, phase));
      return [
        shared ? `${displayName} (shared)` : displayName,
        sector,
        ...own.map((share) => (share ? `${share.guarantee.npus}–${share.ceiling.npus}` : '')),
        formatNumber(sum(own.map((share) => share?.guarantee.npus ?? 0))),
        formatNumber(sum(own.map((share) => share?.guarantee.petaflops ?? 0))),
      ];
    }),
    numbers.map((_, index) => index + 2),
  );
}
