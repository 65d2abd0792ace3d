import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PhaseRehearsal, Rehearsal } from '../cli/rehearse/report';
import { formatNumber, sum } from '../constructs';
import { synthesizeCentre } from '../stacks/build';
import { tianjin } from '../stacks/tianjin';

/** All phases in less than so many seconds, once their control planes are up. */
const MARK = 120;
const CONTROL_PLANE = 'control plane';

/** Rehearses all phases of Tianjin, as `aicc rehearse` does, and prints the time of each step. */
function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'aicc-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  synthesizeCentre(tianjin, { kubeconfig: 'none', contexts: {} }, folder);
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(__dirname, '../bin/aicc.js'), 'rehearse', '--output', folder, '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  if (!stdout) throw new Error('nothing was rehearsed');
  const { phases, result } = JSON.parse(stdout) as Rehearsal;
  for (const line of lines(phases)) console.log(line);
  const seconds = sum(phases.map(loadSeconds));
  console.log(`\n${result} in ${seconds.toFixed(1)} s (mark: ${MARK} s), ${cpus().length} CPUs`);
  process.exitCode = status || seconds > MARK ? 1 : 0;
}

function loadSeconds({ steps }: PhaseRehearsal): number {
  return sum(steps.filter(({ name }) => name !== CONTROL_PLANE).map(({ seconds }) => seconds));
}

/** Rows of a Markdown table: counts, steps, and what was made a second. */
function lines(phases: readonly PhaseRehearsal[]): string[] {
  const row = (what: string, cells: readonly string[]) => `| ${[what, ...cells].join(' | ')} |`;
  const of = (what: string, count: (phase: PhaseRehearsal) => number) => {
    const counts = phases.map(count);
    return row(what, [...counts, sum(counts)].map(formatNumber));
  };
  const seconds = (what: string, count: (phase: PhaseRehearsal) => number) => {
    const counts = phases.map(count);
    return row(
      what,
      [...counts, sum(counts)].map((value) => value.toFixed(1)),
    );
  };
  // Stacks are named after their phase.
  const nameOf = (phase: PhaseRehearsal, name: string) => name.replace(`${phase.phase}-`, 'stack ');
  const names = phases.flatMap((phase) => phase.steps.map(({ name }) => nameOf(phase, name)));
  const step = (name: string) => (phase: PhaseRehearsal) =>
    sum(phase.steps.filter((s) => nameOf(phase, s.name) === name).map((s) => s.seconds));
  const pods = (phase: PhaseRehearsal) =>
    sum(Object.values(phase.pods).map(({ running }) => running));
  const objects = ({ stacks }: PhaseRehearsal) => sum(stacks.map(({ applied }) => applied));
  return [
    row('', [...phases.map(({ phase }) => phase), 'all']),
    row(
      '---',
      [...phases, 'all'].map(() => '---:'),
    ),
    of('servers', ({ servers }) => servers),
    of('objects', objects),
    of('pods running', pods),
    of('NPUs in use', ({ npus }) => npus.inUse),
    ...[...new Set(names)].map((name) => seconds(`${name}, s`, step(name))),
    seconds('without the control plane, s', loadSeconds),
  ];
}

main();
