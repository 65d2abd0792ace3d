import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../errors';
import { atEnd } from '../../process/clean-up';
import { readJson } from '../../read-json';
import { type Result, runProgram } from '../../run-program';

/** A commit of the repository around the current folder. */
export interface GitRef {
  /** What the user called it. */
  readonly name: string;
  readonly commit: string;
}

/** @returns undefined where it names no commit, or where there is no repository */
export async function findRef(name: string): Promise<GitRef | undefined> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const { code, stdout } = await runProgram('git', args);
  return code === 0 ? { name, commit: stdout.trim() } : undefined;
}

/**
 * Synthesizes a commit in a throw-away worktree with dependencies of its own: those of the checkout, where
 * both have the same `package-lock.json`. It is removed by `cleanUp`.
 *
 * @param today day on which it is checked, the same for every side
 * @returns folder that was synthesized into
 * @throws UserError with the first error when it does not synthesize
 */
export async function synthesizeRef({ name, commit }: GitRef, today: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'aicc-review-'));
  const worktree = join(folder, 'worktree');
  // From the last to the first: what is removed must not be written again by a program that still runs.
  atEnd(async () => {
    await runProgram('git', ['worktree', 'prune']);
  });
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const stop = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  atEnd(async () => {
    stop.abort();
    await running.catch(() => {});
  });
  const run = (program: string, args: readonly string[], options = {}): Promise<Result> => {
    const result = runProgram(program, args, { ...options, stop: stop.signal });
    running = result;
    return result;
  };
  const what = `git ref '${name}' (${commit.slice(0, 7)})`;
  const must = async (step: string, running: Promise<Result>) => {
    const result = await running;
    if (result.code !== 0) throw new UserError([`${what} ${step}; ${firstError(result)}`]);
  };
  await must(
    'cannot be checked out',
    run('git', ['worktree', 'add', '--detach', '--quiet', worktree, commit]),
  );
  const { stdout } = await run('git', ['rev-parse', '--show-prefix']);
  const project = join(worktree, stdout.trim());
  if (!existsSync(join(project, 'cdktf.json'))) {
    throw new UserError([
      `${what} has no cdktf.json in '${stdout.trim() || '.'}': nothing to synthesize`,
    ]);
  }
  if (sameDependencies(project))
    symlinkSync(join(process.cwd(), 'node_modules'), join(project, 'node_modules'));
  else
    await must('has dependencies that cannot be installed', run('npm', ['ci'], { cwd: project }));
  const output = join(folder, 'cdktf.out');
  const { app } = readJson<{ app: string }>(join(project, 'cdktf.json'), 'correct it there');
  // A proof that fails is a finding of the review, not the end of it.
  const env = {
    ...process.env,
    CDKTF_OUTDIR: output,
    AICC_TODAY: today,
    AICC_FAILED_PROOFS: 'write',
  };
  await must('does not synthesize', run(app, [], { cwd: project, env, shell: true }));
  return output;
}

/** Whether what is installed here is what the commit asks for. */
function sameDependencies(project: string): boolean {
  const lock = (folder: string) => {
    const file = join(folder, 'package-lock.json');
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  const here = lock(process.cwd());
  return here !== undefined && existsSync('node_modules') && here === lock(project);
}

/** The line that says what is wrong; how many more there are. */
function firstError({ stdout, stderr }: Result): string {
  const lines = `${stderr}\n${stdout}`
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const errors = lines.filter((line) => /^error\b|\bError: /i.test(line));
  const [first = lines[0] ?? 'it says nothing'] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `got: ${first.replace(/^error: /, '')}${more}`;
}
