import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../../errors';
import { atEnd } from '../../process/clean-up';

const run = promisify(execFile);

/** The newest release that MindCluster supports (mind-cluster docs, environment dependencies). */
const KUBERNETES = { version: 'v1.34.4', major: '1', minor: '34' };

const VERSION_FLAGS = Object.entries({
  gitVersion: KUBERNETES.version,
  gitMajor: KUBERNETES.major,
  gitMinor: KUBERNETES.minor,
}).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);

const PROGRAMS = [
  { module: 'etcd', packages: { etcd: 'go.etcd.io/etcd/server/v3' } },
  {
    module: 'kwok',
    packages: { kwok: 'sigs.k8s.io/kwok/cmd/kwok', kwokctl: 'sigs.k8s.io/kwok/cmd/kwokctl' },
  },
  {
    module: 'kubernetes',
    packages: {
      'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
      'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
      'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
    },
  },
] as const;

/** Where programs are kept: in a checkout its own `.cache`, else the cache of the user. */
function cacheFolder(): string {
  const checkout = join(__dirname, '../../..');
  return existsSync(join(checkout, 'cli/aicc.ts'))
    ? join(checkout, '.cache')
    : join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'ai-computing-centre');
}

/**
 * Builds etcd, the Kubernetes control plane and KWOK from their Go modules, once: the folder is
 * named after the modules' sums, so a changed version is built anew.
 *
 * @returns folder with the programs
 */
export async function buildControlPlane(log: (line: string) => void): Promise<string> {
  const sums = createHash('sha256');
  for (const { module } of PROGRAMS) {
    for (const file of ['go.mod', 'go.sum'])
      sums.update(readFileSync(join(__dirname, module, file)));
  }
  const cache = join(cacheFolder(), 'control-plane');
  const folder = join(cache, `${KUBERNETES.version}-${sums.digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;

  mkdirSync(cache, { recursive: true });
  // Built aside and renamed at the end: what an interrupted build leaves is never taken for whole.
  const aside = mkdtempSync(join(cache, 'building-'));
  const interruption = new AbortController();
  const removeAside = atEnd(() => {
    interruption.abort();
    rmSync(aside, { recursive: true, force: true });
  });
  try {
    for (const { module, packages } of PROGRAMS) {
      log(`building ${module} (once; minutes)`);
      for (const [name, path] of Object.entries(packages)) {
        await build(join(__dirname, module), path, join(aside, name), interruption.signal);
      }
    }
    renameSync(aside, folder);
  } finally {
    await removeAside();
  }
  return folder;
}

async function build(
  cwd: string,
  path: string,
  output: string,
  signal: AbortSignal,
): Promise<void> {
  const args = ['build', '-trimpath', '-ldflags', VERSION_FLAGS.join(' '), '-o', output, path];
  try {
    await run('go', args, { cwd, signal, maxBuffer: 1 << 26 });
  } catch (error) {
    const failure = error as NodeJS.ErrnoException & { stderr?: string };
    throw new UserError([
      failure.code === 'ENOENT'
        ? 'go is not installed; the control plane is built with Go 1.26'
        : `go build ${path} failed:\n${failure.stderr?.slice(-2000)}`,
    ]);
  }
}
