import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { atEnd } from '../../../cli/process/clean-up';
import { runProgram } from '../../../cli/run-program';

const AICC = join(__dirname, '../../../bin/aicc.js');

/** What a run of `aicc rehearse` has said, and what is left of it. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Files of its own, and processes that were started from there. */
  readonly left: readonly string[];
}

export interface Interference {
  /** Line on standard error at which something happens. */
  readonly at: RegExp;
  /**
   * @param pressCtrlC what a terminal does then
   * @param temporary folder for temporary files of the run
   */
  readonly happens: (pressCtrlC: () => void, temporary: string) => unknown;
}

let runs = 0;

/** Runs it as its users do, with a folder for temporary files of its own. */
export async function aiccRehearse(
  folder: string,
  args: readonly string[],
  interference?: Interference,
): Promise<Outcome> {
  runs += 1;
  const temporary = join(folder, `rehearsal-${runs}`);
  mkdirSync(temporary);
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawn(process.execPath, [AICC, 'rehearse', ...args], {
    env,
    // A group of its own: Ctrl-C reaches everything that was started from a terminal.
    detached: true,
  });
  const stop = atEnd(() => void child.kill('SIGTERM'));
  let stdout = '';
  let stderr = '';
  let happened = false;
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
    if (happened || !interference?.at.test(stderr)) return;
    happened = true;
    interference.happens(() => process.kill(-(child.pid ?? 0), 'SIGINT'), temporary);
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  await stop();
  if (interference && !happened) throw new Error(`nothing like ${interference.at} in: ${stderr}`);
  const { stdout: processes } = await runProgram('ps', ['-A', '-o', 'args']);
  const running = processes.split('\n').filter((line) => line.includes(temporary));
  // Node keeps a cache of compiled code there, too.
  const files = readdirSync(temporary).filter((name) => name.startsWith('aicc-'));
  return { code, stdout, stderr, left: [...files, ...running] };
}
