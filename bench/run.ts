import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { type Measurement, measure, median } from './measure';

const ROUNDS = 3;
const COUNTS = [10_540, 21_080, 42_160];
const REPORTS = ['markdown', 'json', 'html'];
const folder = mkdtempSync(join(tmpdir(), 'aicc-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const file = (name: string) => join(__dirname, name);
const at = (name: string) => join(folder, name);
const table = new Table({
  head: ['what', 'median s', 'peak MiB', 'mark', ''],
  colAligns: ['left', 'right', 'right', 'left', 'left'],
  style: { head: [], border: [], compact: true },
});

function rounds(run: () => Measurement): Measurement[] {
  return Array.from({ length: ROUNDS }, run);
}

function row(what: string, { seconds, peakMib }: Measurement, mark = '', met?: boolean): void {
  const verdict = met === undefined ? '' : met ? 'met' : 'MISSED';
  const memory = Number.isFinite(peakMib) ? peakMib.toFixed(0) : '';
  table.push([what, seconds.toFixed(2), memory, mark, verdict]);
}

function centre(): void {
  const run = () => measure(join(__dirname, '../main.ts'), [], { CDKTF_OUTDIR: at('centre') });
  const middle = median(rounds(run));
  row('main.ts, whole centre', middle, '≤ 2.0 s', middle.seconds <= 2);
}

function cluster(): void {
  const run = () => measure(file('make-cluster.ts'), ['400', at('cluster')]);
  const middle = median(rounds(run));
  row('cluster of 400 nodes', middle, '≤ 1.5 s', middle.seconds <= 1.5);
}

/** What one more tenant costs must not grow with their number. */
function tenants(): void {
  const run = (count: number) => () =>
    measure(file('make-tenants.ts'), [`${count}`, at('tenants')]);
  const [few, some, many] = [10, 100, 1000].map((count) => median(rounds(run(count))));
  if (!few || !some || !many) throw new Error('nothing was measured');
  row('10 tenants', few);
  row('100 tenants', some);
  const growth = (many.seconds - some.seconds) / 900 / ((some.seconds - few.seconds) / 90);
  const mark = `linear: ${growth.toFixed(2)} × the time a tenant from 10 to 100 (≤ 1.25)`;
  row('1000 tenants', many, mark, growth <= 1.25);
}

/** What proofs and placement add, timed inside the process. */
function capacity(): void {
  const of = (work: string) =>
    median(rounds(() => measure(file('time-capacity.ts'), [work, at('capacity')])));
  const [proofs, many, packer] = [of('centre'), of('tenants'), of('packer')];
  row('proofs and capacity.json, whole centre', proofs, '≤ 0.3 s', proofs.seconds <= 0.3);
  row('proofs, 1000 tenants and 10000 pods', many, '≤ 3 s', many.seconds <= 3);
  row('packer, 280 servers and 2800 pods', packer, '≤ 1 s', packer.seconds <= 1);
}

/** cdktf and cdk8s take turns, so that a busy machine slows both. */
function compare(): void {
  const [smallest = 0] = COUNTS;
  const objects = at('objects.json');
  measure(file('make-cdktf.ts'), [`${smallest}`, at('warm'), objects]);
  const count = JSON.parse(readFileSync(objects, 'utf8')).length;
  if (count !== smallest) throw new Error(`${count} objects instead of ${smallest}`);
  const ours: Measurement[] = [];
  const theirs: Measurement[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(measure(file('make-cdk8s.ts'), [objects, at('cdk8s')]));
    ours.push(measure(file('make-cdktf.ts'), [`${smallest}`, at('cdktf')]));
  }
  const [cdk8s, cdktf] = [median(theirs), median(ours)];
  const ratio = cdktf.seconds / cdk8s.seconds;
  row(`${smallest} objects, cdk8s`, cdk8s);
  row(`${smallest} resources`, cdktf, `≤ 2.5 × cdk8s: ${ratio.toFixed(2)}`, ratio <= 2.5);
  for (const larger of COUNTS.slice(1)) {
    const middle = median(rounds(() => measure(file('make-cdktf.ts'), [`${larger}`, at('more')])));
    const growth = middle.seconds / cdktf.seconds / (larger / smallest);
    const mark = `linear: ${growth.toFixed(2)} × the time a resource (≤ 1.25)`;
    row(`${larger} resources`, middle, mark, growth <= 1.25);
  }
}

/** A change of every resource, with comment, data and page, by the program as it is published. */
function review(): void {
  execFileSync('npm', ['run', '--silent', 'prepack']);
  const [smallest = 0] = COUNTS;
  measure(file('make-cdktf.ts'), [`${smallest}`, at('base')]);
  measure(file('make-change.ts'), [at('base'), at('head')]);
  const args = ['review', at('base'), at('head'), ...REPORTS.flatMap((r) => [`--${r}`, at(r)])];
  // The exit code says that models are replaced, among others.
  const run = () => measure(join(__dirname, '../dist/cli/aicc.js'), args, {}, 4);
  const middle = median(rounds(run));
  const met = middle.seconds <= 2 && middle.peakMib < 500;
  row(`review of ${smallest} resources that change`, middle, '≤ 2 s, < 500 MiB', met);
}

function tests(): void {
  const start = process.hrtime.bigint();
  const { status } = spawnSync('npm', ['test', '--silent'], { stdio: 'ignore' });
  if (status !== 0) throw new Error('npm test failed');
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  row('npm test', { seconds, peakMib: Number.NaN }, '≤ 60 s', seconds <= 60);
}

console.log(`${cpus().length} CPUs (${cpus()[0]?.model}), Node ${process.version}`);
centre();
cluster();
tenants();
capacity();
compare();
review();
tests();
console.log(table.toString());
