import { formatNumber } from '../inventory';
import type { PhasesProof } from '../proof';

export const milestonesGrow: PhasesProof = {
  id: 'AICC-CAP-002',
  level: 'error',
  title: 'milestones grow',
  why: 'Milestones are cumulative, so each is above the one before it.',
  check({ phases }) {
    const last = phases.at(-1);
    const previous = phases.at(-2);
    if (last === undefined || previous === undefined) return [];
    const holds = last.milestonePetaflops > previous.milestonePetaflops;
    return [
      {
        path: last.cluster.path,
        holds,
        statement: `${formatNumber(last.milestonePetaflops)} PF of ${last.id} ${holds ? '>' : '≤'} ${formatNumber(previous.milestonePetaflops)} PF of ${previous.id}`,
        remedy: `give ${last.id} a cumulative milestone above ${formatNumber(previous.milestonePetaflops)} PF`,
      },
    ];
  },
};
