import { formatNumber } from '../ledger';
import type { Proof } from '../proof';

/** Milestones are cumulative, so each is above the one before it. */
export const milestonesGrow: Proof = {
  id: 'AICC-CAP-002',
  level: 'error',
  title: 'milestones grow',
  check(subject) {
    if (subject.kind !== 'phases') return [];
    const last = subject.phases.at(-1);
    const previous = subject.phases.at(-2);
    if (last === undefined || previous === undefined) return [];
    const holds = last.milestonePetaflops > previous.milestonePetaflops;
    return [
      {
        path: last.cluster.path,
        holds,
        arithmetic: `${formatNumber(last.milestonePetaflops)} PF of ${last.id} ${holds ? '>' : '≤'} ${formatNumber(previous.milestonePetaflops)} PF of ${previous.id}`,
        remedy: `give ${last.id} a cumulative milestone above ${formatNumber(previous.milestonePetaflops)} PF`,
      },
    ];
  },
};
