import type { PhasesProof } from '../proof';

export const prioritiesAlike: PhasesProof = {
  id: 'AICC-CAP-008',
  level: 'error',
  title: 'priority classes keep their values over phases',
  why:
    'A priority class means the same on every cluster: work that moves to the cluster of a ' +
    'later phase is not placed before or behind others than it was.',
  check({ phases }) {
    const [last, previous] = [phases.at(-1), phases.at(-2)];
    if (last === undefined || previous === undefined) return [];
    const now = new Map(last.cluster.priorities.map(({ name, value }) => [name, value]));
    const before = previous.cluster.priorities;
    const changed = before
      .filter(({ name, value }) => now.get(name) !== value)
      .map(({ name, value }) => `${name} ${value} → ${now.get(name) ?? 'none'}`);
    return [
      {
        path: last.cluster.path,
        holds: changed.length === 0,
        statement: `${before.length - changed.length} of ${before.length} priority classes of ${previous.id} unchanged in ${last.id}${changed.map((line) => `; ${line}`).join('')}`,
        remedy: `give the classes of ${last.id} the values of ${previous.id}`,
      },
    ];
  },
};
