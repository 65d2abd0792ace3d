import { type ClusterInventory, clusterTotals, formatNumber, sum } from '../inventory';
import type { PhasesProof } from '../proof';

export const milestoneReached: PhasesProof = {
  id: 'AICC-CAP-001',
  level: 'error',
  title: 'milestone reached',
  why: 'The clusters of all phases so far have the petaflops that the phase was announced with.',
  check({ phases }) {
    const last = phases.at(-1);
    if (last === undefined) return [];
    const peaks = phases.map((phase) => clusterTotals(phase.cluster).peakPetaflops);
    const total = Math.round(sum(peaks) * 1e6) / 1e6;
    const holds = total >= last.milestonePetaflops;
    const pf = (value: number) => exactly(value, total, last.milestonePetaflops);
    const shown = peaks.length > 1 ? `${peaks.map(pf).join(' + ')} = ${pf(total)}` : pf(total);
    const missing = Math.max(0, last.milestonePetaflops - total);
    return [
      {
        path: last.cluster.path,
        holds,
        statement: `${shown} PF ${holds ? '≥' : '<'} ${pf(last.milestonePetaflops)} PF of ${last.id}${holds ? overshoot(total - last.milestonePetaflops, last.cluster) : ''}`,
        remedy: `add servers for ${pf(missing)} PF${holds ? '' : rounded(missing, last.cluster)} or lower the milestone`,
      },
    ];
  },
};

/** Two decimals, or as many as tell two figures apart that are not the same. */
function exactly(value: number, a: number, b: number): string {
  const alike = a !== b && formatNumber(a) === formatNumber(b);
  return alike ? `${Math.round(value * 1e6) / 1e6}` : formatNumber(value);
}

/** Petaflops of each server of a cluster, smallest first. */
function serverPeaks({ pools }: ClusterInventory): number[] {
  return pools
    .flatMap((pool) => pool.hosts.map(() => (pool.npusPerServer * pool.tflopsPerNpu) / 1000))
    .sort((a, b) => a - b);
}

/** Servers are whole: how many of the largest have what is missing. */
function rounded(missing: number, cluster: ClusterInventory): string {
  const largest = serverPeaks(cluster).at(-1);
  return largest ? ` (${Math.ceil(missing / largest - 1e-9)} of ${formatNumber(largest)} PF)` : '';
}

/** What is beyond the milestone, and whether servers fewer would do. */
function overshoot(over: number, cluster: ClusterInventory): string {
  const peaks = serverPeaks(cluster);
  let fewer = 0;
  for (let taken = 0; fewer < peaks.length; fewer++) {
    taken += peaks[fewer] ?? 0;
    if (taken > over + 1e-9) break;
  }
  const spare = fewer > 0 ? `${fewer} servers fewer would do` : 'no server fewer would do';
  return ` (${formatNumber(over)} PF over; a server has ${formatNumber(peaks[0] ?? 0)} PF, ${spare})`;
}
