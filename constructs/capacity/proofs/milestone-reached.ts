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
    const total = Math.round(sum(peaks) * 1e6) / 1e6;
    const holds = total >= last.milestonePetaflops;
    const terms = peaks.map(formatNumber).join(' + ');
    const shown = peaks.length > 1 ? `${terms} = ${formatNumber(total)}` : terms;
    return [
      {
        path: last.cluster.path,
        holds,
        arithmetic: `${shown} PF ${holds ? '≥' : '<'} ${formatNumber(last.milestonePetaflops)} PF of ${last.id}`,
        remedy: `add servers for ${formatNumber(Math.max(0, last.milestonePetaflops - total))} PF or lower the milestone`,
      },
    ];
  },
};
