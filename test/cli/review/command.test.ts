import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp } from '../../../cli/process/clean-up';
import { runReview } from '../../../cli/review/command';
import { temporaryFolder } from '../../helpers/temporary-folder';

const AICC = join(__dirname, '../../../bin/aicc.js');

/** Where worktrees are made: looked at for what is left. */
const scratch = temporaryFolder();

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(cwd: string, args: readonly string[]): ChildProcess {
  const env = { ...process.env, TMPDIR: scratch, AICC_TODAY: '2026-11-24' };
  return spawn(process.execPath, [AICC, 'review', ...args], { cwd, env });
}

function finished(child: ChildProcess): Promise<Run> {
  return new Promise((resolve) => {
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const run = (cwd: string, ...args: string[]) => finished(start(cwd, args));

function git(cwd: string, ...args: string[]): string {
  const own = ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'commit.gpgsign=false'];
  const { status, stdout, stderr } = spawnSync('git', [...own, ...args], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** Writes an output of one stack; says with `LABEL` what is in it, and whose dependencies it found. */
const APP = `
const fs = require('node:fs');
const out = process.env.CDKTF_OUTDIR;
// A proof that fails is for the review to tell.
if (process.env.AICC_FAILED_PROOFS !== 'write') process.exit(1);
const shared = fs.existsSync('node_modules') && fs.lstatSync('node_modules').isSymbolicLink();
const resource = { manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'n' },
  data: { value: LABEL, dependencies: shared ? 'shared' : 'own', today: process.env.AICC_TODAY } } };
fs.mkdirSync(out + '/stacks/s', { recursive: true });
fs.writeFileSync(out + '/stacks/s/cdk.tf.json', JSON.stringify({ resource: { kubernetes_manifest: { a: resource } } }));
fs.writeFileSync(out + '/manifest.json', JSON.stringify({ stacks: { s: { synthesizedStackPath: 'stacks/s/cdk.tf.json', dependencies: [] } } }));
`;

function repository(): string {
  const folder = temporaryFolder();
  const file = (name: string, content: string) => writeFileSync(join(folder, name), content);
  const lock = (version: string) =>
    JSON.stringify({
      name: 'p',
      version,
      lockfileVersion: 3,
      packages: { '': { name: 'p', version } },
    });
  const commit = (name: string) => {
    git(folder, 'add', '-A');
    git(folder, 'commit', '-q', '-m', name);
    git(folder, 'branch', name);
  };
  git(folder, 'init', '-q');
  file('.gitignore', 'node_modules/\n');
  file('cdktf.json', JSON.stringify({ app: 'node app.js' }));
  file('package.json', JSON.stringify({ name: 'p', version: '1.0.0' }));
  file('package-lock.json', lock('1.0.0'));
  file('app.js', APP.replace('LABEL', "'one'"));
  commit('one');
  file('app.js', APP.replace('LABEL', "'two'"));
  commit('two');
  file('package.json', JSON.stringify({ name: 'p', version: '1.0.1' }));
  file('package-lock.json', lock('1.0.1'));
  commit('updated');
  file(
    'app.js',
    'console.error("error: tenants/x: too much\\nerror: tenants/y: too little"); process.exit(1);',
  );
  commit('broken');
  // Started by npm, as many are, and at work until the end.
  file('cdktf.json', JSON.stringify({ app: 'npm start --silent' }));
  file(
    'package.json',
    JSON.stringify({ name: 'p', version: '1.0.1', scripts: { start: 'node app.js' } }),
  );
  file(
    'app.js',
    `const fs = require('node:fs');
     const { CDKTF_OUTDIR: out, STARTED } = process.env;
     setInterval(() => { fs.mkdirSync(out, { recursive: true }); fs.writeFileSync(out + '/x', 'x'); }, 5);
     fs.writeFileSync(STARTED + '.tmp', String(process.pid));
     fs.renameSync(STARTED + '.tmp', STARTED);`,
  );
  commit('endless');
  git(folder, 'checkout', '-q', 'two');
  mkdirSync(join(folder, 'node_modules'));
  return folder;
}

let repo: string;
beforeAll(() => {
  repo = repository();
});

/** Nothing is left of what was made on the way. */
function expectClean(): void {
  expect(readdirSync(scratch).filter((name) => name.startsWith('aicc-review-'))).toEqual([]);
  expect(git(repo, 'worktree', 'list').split('\n')).toHaveLength(1);
  expect(git(repo, 'status', '--porcelain')).toBe('');
}

jest.setTimeout(60_000);

test('two refs are synthesized with the dependencies of the checkout, which stays as it is', async () => {
  const { code, stdout, stderr } = await run(repo, 'one', 'two');
  expect([code, stderr]).toEqual([2, '']);
  expect(stdout).toMatch(/data\.value: one → two/);
  expect(stdout).toMatch(/1 attribute of 1 resource changed/);
  expect(stdout).toMatch(/`one` → `two`/);
  expectClean();
});

test('a ref with another package-lock.json gets dependencies of its own', async () => {
  const { code, stdout } = await run(repo, 'two', 'updated');
  expect(code).toBe(2);
  expect(stdout).toMatch(/data\.dependencies: shared → own/);
  expectClean();
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s leaves nothing behind, and no program at work', async (signal, exit) => {
  const started = join(temporaryFolder(), 'started');
  process.env.STARTED = started;
  const child = start(repo, ['one', 'endless']);
  const ended = finished(child);
  const deadline = Date.now() + 40_000;
  while (!existsSync(started) && Date.now() < deadline)
    await new Promise((go) => setTimeout(go, 50));
  expect(existsSync(started)).toBe(true);
  // Only this process hears of it, as of a CI job that is cancelled.
  child.kill(signal);
  const { code, stdout, stderr } = await ended;
  expect([code, stdout, stderr]).toEqual([exit, '', '']);
  // What has ended and was not asked for yet is a zombie.
  const ps = spawnSync('ps', ['-o', 'stat=', '-p', readFileSync(started, 'utf8')]);
  expect(`${ps.stdout}`.trim()).toMatch(/^(Z.*)?$/);
  expectClean();
});

test('files are written whole, and what is asked for twice is printed once', async () => {
  const out = temporaryFolder();
  const files = ['--markdown', 'r.md', '--json', 'r.json', '--html', 'r.html'];
  const paths = files.map((file) => (file.startsWith('--') ? file : join(out, file)));
  const { code, stdout } = await run(repo, 'one', 'two', ...paths);
  expect([code, stdout]).toEqual([2, '']);
  expect(readdirSync(out).sort()).toEqual(['r.html', 'r.json', 'r.md']);
  expect(JSON.parse(readFileSync(join(out, 'r.json'), 'utf8')).verdict.exitCode).toBe(2);
});

test('a reader that has seen enough does not change the exit code', async () => {
  const child = start(repo, ['one', 'two']);
  child.stdout?.destroy();
  expect((await finished(child)).code).toBe(2);
  expectClean();
});

/** An output of one stack. */
function outputWith(content: string): string {
  const folder = temporaryFolder();
  const stacks = { s: { synthesizedStackPath: 's.json', dependencies: [] } };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ stacks }));
  writeFileSync(join(folder, 's.json'), content);
  return folder;
}

test.each([
  '[]',
  '7',
  'null',
  '{"resource":7}',
  '{"resource":{"kubernetes_manifest":7}}',
  '{"resource":{"kubernetes_manifest":{"a":null}}}',
  '{"moved":[7]}',
])('a stack of %s is not Terraform JSON', async (content) => {
  await expect(runReview(outputWith(content), outputWith('{}'), {})).rejects.toThrow(
    /^\S+: stack s is not Terraform JSON; synthesize again$/,
  );
});

describe('one clear line, exit 1, nothing written', () => {
  const outside = outputWith('{"resource":{"kubernetes_manifest":{"a":{"mani');
  const other = temporaryFolder();
  writeFileSync(join(other, 'manifest.json'), '{"name":"something else"}');

  test.each<[string, string[], RegExp]>([
    [
      'a ref that does not synthesize',
      ['one', 'broken'],
      /^git ref 'broken' \([0-9a-f]{7}\) does not synthesize; got: tenants\/x: too much \(and 1 more\)$/,
    ],
    [
      'neither a folder nor a ref',
      ['one', 'nowhere'],
      /^neither a folder that was synthesized into nor a git ref; name one, got: 'nowhere'$/,
    ],
    ['a folder that was not synthesized into', ['one', '.'], /^neither a folder .*got: '\.'$/],
    [
      'a stack that was cut in half',
      ['one', outside],
      /^\S+s\.json is not whole JSON; synthesize again$/,
    ],
    [
      'a manifest of something else',
      ['one', other],
      /^\S+manifest\.json is not that of a synthesis by cdktf$/,
    ],
    [
      'one side alone',
      ['one'],
      /^a review needs BASE and HEAD, or plans; name them, got: 'one' alone$/,
    ],
    ['nothing', [], /^a review needs BASE and HEAD, or plans; name them, got: nothing$/],
    [
      'a file where none can be written',
      ['one', 'two', '--json', 'no/such/folder/r.json'],
      /^cannot write no\/such\/folder\/r\.json/,
    ],
    [
      'a folder where a file shall be',
      ['one', 'two', '--json', outside],
      /^cannot write \S+; name a file, got: a folder$/,
    ],
  ])('%s', async (_what, args, message) => {
    const out = join(temporaryFolder(), 'r.html');
    const [base, head, flag, file] = args;
    const options = { html: out, ...(flag === '--json' && file ? { json: file } : {}) };
    const here = process.cwd();
    process.chdir(repo);
    try {
      await expect(runReview(base, head, options)).rejects.toThrow(message);
    } finally {
      await cleanUp();
      process.chdir(here);
    }
    expect(existsSync(out)).toBe(false);
    expectClean();
  });

  test('outside of a repository', async () => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await run(folder, 'main', 'HEAD');
    expect(stdout).toBe('');
    expect([code, stderr]).toEqual([
      1,
      "error: neither a folder that was synthesized into nor a git ref; name one, got: 'main'\n",
    ]);
    rmSync(folder, { recursive: true });
  });
});
