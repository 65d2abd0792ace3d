import { type CapacityReport, formatNumber, troubleLines } from '../../core/capacity';
import { textTable } from '../text-table';
import { proofGroups, verdict } from './proof-section';

/** The report for a terminal. */
export function capacityText(report: CapacityReport): string {
  const { displayName, phases, clusters, assumptions } = report;
  return [
    `${displayName}: ${phases.length} phases. PF: dense FP16 petaflops of the NPUs at peak. NPU: one schedulable device.`,
    phaseTable(report),
    'Of each phase its own cluster; "so far" is of the environment: this phase and all before it.',
    poolTable(report),
    ...clusters.map(({ name, placement }) => `${name}: ${placement.summary}.`),
    proofTable(report),
    ...troubleLines(report, 'failed'),
    ...troubleLines(report, 'acknowledged'),
    `${assumptions.length} assumptions in the data; --html shows them, tenants by sector and maps of the clusters.`,
  ].join('\n');
}

function phaseTable({ phases }: CapacityReport): string {
  const figures = [
    ...['servers', 'NPUs', 'PF peak', 'usable', 'sold', 'free', 'milestone'],
    ...['so far PF', 'NPUs'],
  ];
  const rows = phases.map((phase) => [
    phase.id,
    phase.cluster,
    ...[
      phase.servers,
      phase.npus,
      phase.peakPetaflops,
      phase.usablePetaflops,
      phase.soldPetaflops,
      phase.capacity.free.petaflops,
      phase.milestonePetaflops,
      phase.cumulativePetaflops,
      phase.cumulativeNpus,
    ].map(formatNumber),
  ]);
  return textTable(['phase', 'cluster', ...figures], rows, [2, 3, 4, 5, 6, 7, 8, 9, 10]);
}

function poolTable({ clusters }: CapacityReport): string {
  const rows = clusters.flatMap(({ name, pools }) =>
    pools.map(({ name: pool, supply }) => {
      const { servers, peak, outOfService, reserved, spare, usable, running } = supply;
      const amounts = [peak, outOfService, reserved, spare, usable, running];
      return [
        `${name}/${pool}`,
        ...[servers, ...amounts.map(({ npus }) => npus)].map(formatNumber),
      ];
    }),
  );
  return textTable(
    ['pool', 'servers', 'NPUs', '− out of service', '− reserved', '− spare', '= usable', 'running'],
    rows,
    [1, 2, 3, 4, 5, 6, 7],
  );
}

function proofTable(report: CapacityReport): string {
  const rows = proofGroups(report).map((group) => [group.id, group.title, verdict(group)]);
  return textTable(['proof', 'promise', 'result'], rows);
}
