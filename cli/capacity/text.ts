import Table from 'cli-table3';
import { type CapacityReport, formatNumber, troubleLines } from '../../core/capacity';
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
  const rows = table(
    [
      'phase',
      'cluster',
      'servers',
      'NPUs',
      'PF peak',
      'usable',
      'sold',
      'free',
      'milestone',
      'so far PF',
      'NPUs',
    ],
    2,
  );
  for (const phase of phases) {
    rows.push([
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
  }
  return rows.toString();
}

function poolTable({ clusters }: CapacityReport): string {
  const rows = table(
    ['pool', 'servers', 'NPUs', '− out of service', '− reserved', '− spare', '= usable', 'running'],
    1,
  );
  for (const { name, pools } of clusters) {
    for (const { name: pool, supply } of pools) {
      const { servers, peak, outOfService, reserved, spare, usable, running } = supply;
      rows.push([
        `${name}/${pool}`,
        formatNumber(servers),
        ...[peak, outOfService, reserved, spare, usable, running].map(({ npus }) =>
          formatNumber(npus),
        ),
      ]);
    }
  }
  return rows.toString();
}

function proofTable(report: CapacityReport): string {
  const rows = table(['proof', 'promise', 'result'], 3);
  for (const group of proofGroups(report)) rows.push([group.id, group.title, verdict(group)]);
  return rows.toString();
}

/** @param left columns that hold text; the others hold numbers */
function table(head: readonly string[], left: number) {
  return new Table({
    head: [...head],
    colAligns: head.map((_, index) => (index < left ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
}
