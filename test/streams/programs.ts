import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../cli/run-program';

/** Outside the checkout: gigabytes that several checkouts share. */
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'aicc/streams');
const REQUIREMENTS = join(__dirname, 'requirements.txt');
const PYTHON = 'python3.11';

/** Release of vLLM in `requirements.txt`. */
export const VLLM_VERSION = /^vllm==(\S+)$/m.exec(readFileSync(REQUIREMENTS, 'utf8'))?.[1];

/**
 * Installs vLLM and vllm-ascend with what they need, once: the folder is named after the sum of their list.
 *
 * @returns the interpreter with them
 * @throws Error in one line where Python or a package cannot be had
 */
export async function vllmPython(log: (line: string) => void): Promise<string> {
  const sum = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const folder = join(CACHE, sum);
  const done = join(folder, 'python');
  if (existsSync(done)) return join(done, 'bin/python');

  mkdirSync(folder, { recursive: true });
  // Not moved afterwards, as a virtual environment knows its own path: a link says that it is whole.
  const environment = mkdtempSync(join(folder, 'environment-'));
  try {
    log(`installing vLLM ${VLLM_VERSION} into ${folder} (once; gigabytes)`);
    await must(PYTHON, ['-m', 'venv', environment]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
    await must(join(environment, 'bin/python'), [...pip, '--requirement', REQUIREMENTS]);
    symlinkSync(environment, done);
  } catch (error) {
    rmSync(environment, { recursive: true, force: true });
    throw error;
  }
  return join(done, 'bin/python');
}

async function must(program: string, args: readonly string[]): Promise<void> {
  const result = await runProgram(program, args, {}).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Error(`${PYTHON} is not installed; the packages of vLLM need it on x86-64`);
  });
  if (result.code === 0) return;
  const last = result.stderr.trim().split('\n').pop();
  throw new Error(`the packages of vLLM ${VLLM_VERSION} cannot be had: ${last}`);
}
