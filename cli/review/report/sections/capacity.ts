import { formatNumber } from '../../../../core/capacity';
import type { Review } from '../../review';
import {
  type CapacityRow,
  type Figure,
  rowChanged,
  type TenantRow,
} from '../../summary/capacity-change';
import type { Block, Section, Text } from '../blocks';

/** The inventory before and after: chips of clusters that changed, their sum, tenants that changed. */
export function capacitySection({ capacity: change }: Review): Section | undefined {
  if (!change) return undefined;
  const { total, clusters, tenants } = change;
  const rows = clusters.filter(rowChanged);
  if (rows.length + tenants.length === 0) {
    return {
      title: 'Capacity',
      intro: [
        `Unchanged: ${formatNumber(total.npus.after)} NPUs, ${formatNumber(total.petaflops.after)} PF peak, ${formatNumber(total.soldNpus.after)} of ${formatNumber(total.usableNpus.after)} usable NPUs sold.`,
      ],
      blocks: [],
    };
  }
  return {
    title: 'Capacity',
    blocks: [
      ...(rows.length > 0 ? [clusterTable([...rows, total])] : []),
      ...(tenants.length > 0 ? [tenantTable(tenants)] : []),
    ],
  };
}

function figure({ before, after }: Figure, unit = ''): Text {
  const number = (value: number) => `${formatNumber(value)}${unit}`;
  return [before === after ? number(after) : `${number(before)} → ${number(after)}`];
}

function clusterTable(rows: readonly CapacityRow[]): Block {
  return {
    kind: 'table',
    head: ['cluster', 'servers', 'NPUs', 'PF peak', 'usable', 'sold', 'free', 'headroom'],
    numbers: [1, 2, 3, 4, 5, 6, 7],
    rows: rows.map((row) => [
      [row.accelerator ? `${row.cluster}, ${row.accelerator}` : row.cluster],
      figure(row.servers),
      figure(row.npus),
      figure(row.petaflops),
      figure(row.usableNpus),
      figure(row.soldNpus),
      figure(row.freeNpus),
      figure(row.headroom, ' %'),
    ]),
    noun: 'clusters',
  };
}

function tenantTable(tenants: readonly TenantRow[]): Block {
  const sides = (before: string | undefined, after: string | undefined): Text => [
    before === after ? (after ?? '') : `${before ?? 'none'} → ${after ?? 'none'}`,
  ];
  return {
    kind: 'table',
    head: ['tenant', 'cluster', 'NPUs guaranteed', 'at most', 'state', 'last day'],
    numbers: [2, 3],
    rows: tenants.map((row) => [
      [{ code: row.tenant }],
      [row.cluster],
      figure(row.guarantee),
      figure(row.ceiling),
      sides(row.stateBefore, row.stateAfter),
      sides(row.expiryBefore, row.expiryAfter),
    ]),
    noun: 'tenants',
  };
}
