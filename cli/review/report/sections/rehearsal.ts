import { formatNumber, sum } from '../../../../core/capacity';
import type { PhaseRehearsal, PodCounts } from '../../../rehearse/report';
import type { Review } from '../../review';
import { type Block, listOf, type Section, type Text } from '../blocks';

/** What a rehearsal on simulated nodes has found. */
export function rehearsalSection({ rehearsal }: Review): Section | undefined {
  if (!rehearsal) return undefined;
  const { phases, notShown, result } = rehearsal;
  const problems = phases.flatMap(({ phase, problems: own }) =>
    own.map((problem): Text => [{ code: phase }, `: ${problem}`]),
  );
  const blocks: Block[] = [
    {
      kind: 'table',
      head: ['phase', 'result', 'servers', 'objects', 'pods running', 'NPUs in use', 'seconds'],
      numbers: [2, 3, 4, 5, 6],
      rows: phases.map(row),
      noun: 'phases',
    },
    ...(problems.length > 0 ? [listOf(problems, 'problems')] : []),
  ];
  return { title: `Rehearsal: ${result}`, intro: [notShown], blocks };
}

function row({ phase, result, servers, stacks, pods, npus, steps }: PhaseRehearsal): Text[] {
  const of = (count: number, all: number) => [`${formatNumber(count)} of ${formatNumber(all)}`];
  const total = (count: (pods: PodCounts) => number) => sum(Object.values(pods).map(count));
  const applied = sum(stacks.map((stack) => stack.applied));
  const refused = sum(stacks.map((stack) => stack.refused.length));
  return [
    [{ code: phase }],
    [result],
    [formatNumber(servers)],
    of(applied, applied + refused),
    of(
      total(({ running }) => running),
      total(({ wanted }) => wanted),
    ),
    of(npus.inUse, npus.usable),
    [formatNumber(Math.round(sum(steps.map(({ seconds }) => seconds))))],
  ];
}
