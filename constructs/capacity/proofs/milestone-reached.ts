import { clusterTotals, formatNumber, sum } from '../ledger';
import type { Proof } from '../proof';

/** The clusters of all phases so far have the petaflops that the phase was announced with. */
export const milestoneReached: Proof = {
  id: 'AICC-CAP-001',
  level: 'error',
  title: 'milestone reached',
  check(subject) {
    const last = subject.kind === 'phases' ? subject.phases.at(-1) : undefined;
    if (subject.kind !== 'phases' || last === undefined) return [];
    const peaks = subject.phases.map((phase) => clusterTotals(phase.cluster).peakPetaflops);
    const perServer = Math.min(
      ...last.cluster.pools.map((pool) => (pool.npusPerServer * pool.tflopsPerNpu) / 1000),
    );
    const total = Math.round(sum(peaks) * 1e6) / 1e6;
    const holds = total >= last.milestonePetaflops;
    const terms = peaks.map(formatNumber).join(' + ');
    const shown = peaks.length > 1 ? `${terms} = ${formatNumber(total)}` : terms;
    return [
      {
        path: last.cluster.path,
        holds,
        arithmetic: `${shown} PF ${holds ? '≥' : '<'} ${formatNumber(last.milestonePetaflops)} PF of ${last.id}${holds ? overshoot(total - last.milestonePetaflops, perServer) : ''}`,
        remedy: `add servers for ${formatNumber(Math.max(0, last.milestonePetaflops - total))} PF or lower the milestone`,
      },
    ];
  },
};

/** Servers are whole: what is beyond the milestone, and whether a server less would do. */
function overshoot(over: number, perServer: number): string {
  const fewer = Math.floor(over / perServer + 1e-9);
  const spare = fewer > 0 ? `${fewer} servers fewer would do` : 'no server fewer would do';
  return ` (${formatNumber(over)} PF over; a server has ${formatNumber(perServer)} PF, ${spare})`;
}
