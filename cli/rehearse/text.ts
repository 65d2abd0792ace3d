import { formatNumber, sum } from '../../core/capacity';
import { textTable } from '../text-table';
import type { PhaseRehearsal, Rehearsal, Step } from './report';

/** The report for a terminal. */
export function rehearsalText({ phases, notShown }: Rehearsal): string {
  const rows = phases.map((phase) => [
    ...[phase.phase, phase.cluster, phase.result, phase.servers],
    appliedText(phase),
    podsText(phase),
    `${formatNumber(phase.npus.inUse)} of ${formatNumber(phase.npus.usable)} usable`,
    loadSeconds(phase.steps).toFixed(1),
  ]);
  const head = ['phase', 'cluster', 'result', 'servers', 'objects', 'pods running', 'NPUs in use'];
  return [
    ...phases.flatMap(phaseText),
    textTable([...head, 's'], rows, [3, 4, 5, 6, 7]),
    `Seconds: without the start of the control planes, ${loadSeconds(phases.flatMap(({ steps }) => steps)).toFixed(1)} s in all.`,
    notShown,
  ].join('\n');
}

function phaseText(report: PhaseRehearsal): string[] {
  const { phase, kubernetes, pods, groups, npus, tenants, problems } = report;
  const { components, servings, jobs } = pods;
  const held = tenants.filter(({ byServings, byJobs }) => byServings + byJobs > 0);
  return [
    `${phase} on Kubernetes ${kubernetes}`,
    `  pods   components ${components.running} of ${components.wanted}, servings ${servings.running} of ${servings.wanted}, jobs ${jobs.running} of ${jobs.wanted}`,
    ...(groups.wanted > 0 ? [`  groups ${groups.whole} of ${groups.wanted} placed whole`] : []),
    `  NPUs   ${formatNumber(npus.inUse)} in use (${formatNumber(npus.petaflopsInUse)} PF), ${formatNumber(npus.guaranteed)} guaranteed, ${formatNumber(npus.usable)} usable (${formatNumber(npus.petaflopsUsable)} PF), ${formatNumber(npus.allocatable)} on nodes`,
    `  quotas ${held.map((t) => `${t.namespace} ${t.quotaUsed} of ${t.quotaHard}`).join(', ')}`,
    ...problems.map((problem) => `  problem: ${problem}`),
    '',
  ];
}

function appliedText({ stacks }: PhaseRehearsal): string {
  const refused = sum(stacks.map((stack) => stack.refused.length));
  const applied = formatNumber(sum(stacks.map((stack) => stack.applied)));
  return refused > 0 ? `${applied}, ${refused} refused` : applied;
}

function podsText({ pods }: PhaseRehearsal): string {
  const total = (key: 'running' | 'wanted') =>
    formatNumber(sum(Object.values(pods).map((count) => count[key])));
  return `${total('running')} of ${total('wanted')}`;
}

/** Time from a cluster that is up to a phase that runs. */
function loadSeconds(steps: readonly Step[]): number {
  return sum(steps.filter(({ name }) => name !== 'control plane').map(({ seconds }) => seconds));
}
