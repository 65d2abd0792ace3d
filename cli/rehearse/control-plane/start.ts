import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../../errors';
import type { Target } from '../../live/cluster';
import { waitFor } from '../../live/wait-for';
import { atEnd } from '../../process/clean-up';
import { type ExtraFlags, kwokConfiguration } from './configuration';

const run = promisify(execFile);

const COMPONENTS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok-controller',
];
const START = ['start', 'cluster', '--wait', '120s'];

function pidOf(folder: string, component: string): number {
  return Number(readFileSync(join(folder, `${component}.pid`), 'utf8'));
}

function isAlive(folder: string, component: string): boolean {
  try {
    // Signal 0 reaches a process without doing anything to it.
    return process.kill(pidOf(folder, component), 0);
  } catch {
    return false;
  }
}

/** A Kubernetes control plane with simulated nodes, of our own. */
export interface ControlPlane {
  readonly target: Target;
  /** Ends etcd, API server, scheduler and controllers at once, and starts them again with what etcd holds. */
  restart(): Promise<void>;
  /** Stops it and removes what it wrote; happens at the end in any case. */
  stop(): Promise<void>;
}

/**
 * Starts a Kubernetes control plane with simulated nodes: real etcd, API server, scheduler and
 * controllers, and KWOK in place of kubelets.
 *
 * It is stopped, and what it wrote removed, by `cleanUp` at the latest.
 *
 * @param programs folder that `buildControlPlane` returned
 * @param flags of components, beside those that KWOK gives
 * @param readyAfter seconds until a pod is ready
 */
export async function startControlPlane(
  programs: string,
  name: string,
  flags: ExtraFlags = {},
  readyAfter = 0,
): Promise<ControlPlane> {
  const configuration = await kwokConfiguration(flags, readyAfter);
  const folder = mkdtempSync(join(tmpdir(), 'aicc-control-plane-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const config = join(folder, 'kwok.yaml');
  writeFileSync(config, configuration);
  const env = { ...process.env, KWOK_WORKDIR: folder, KUBECONFIG: kubeconfig };
  const interruption = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  const kwokctl = (args: readonly string[], signal?: AbortSignal) =>
    run(join(programs, 'kwokctl'), [...args, '--name', name], { env, signal });
  const stop = atEnd(async () => {
    try {
      // What is still being started would be missed.
      interruption.abort();
      await running.catch(() => {});
      await kwokctl(['delete', 'cluster']);
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
  const program = (flag: string, file: string) => [`--${flag}-binary`, join(programs, file)];
  const pids = join(folder, 'clusters', name, 'pids');
  const start = async (args: readonly string[]) => {
    running = kwokctl(args, interruption.signal);
    await running.catch((error: Error & { stderr?: string }) => {
      throw new UserError([`the control plane did not start: ${error.stderr || error.message}`]);
    });
    // A component that came before the API server may have given up; those that run are left alone.
    if (COMPONENTS.some((component) => !isAlive(pids, component))) {
      await kwokctl(START, interruption.signal);
    }
  };
  await start([
    ...['create', 'cluster', '--runtime', 'binary', '--wait', '120s', '--config', config],
    ...program('etcd', 'etcd'),
    ...program('kube-apiserver', 'kube-apiserver'),
    ...program('kube-controller-manager', 'kube-controller-manager'),
    ...program('kube-scheduler', 'kube-scheduler'),
    ...program('kwok-controller', 'kwok'),
    ...['--kube-scheduler-config', join(__dirname, 'scheduler.yaml')],
    ...['--disable-qps-limits', '--kubeconfig', kubeconfig],
  ]);
  return {
    target: { kubeconfig, context: `kwok-${name}` },
    stop,
    restart: async () => {
      // Without KWOK: kubelets go on, and a new KWOK would wait for the leases of the old one to end.
      const ending = COMPONENTS.filter((component) => component !== 'kwok-controller');
      // At once, as when power is lost: an API server that ends in order waits a minute for requests that hang.
      for (const component of ending) process.kill(pidOf(pids, component), 'SIGKILL');
      await waitFor(
        'components ended',
        60,
        async () => ending.filter((component) => isAlive(pids, component)),
        (alive) => alive.length === 0,
      );
      await start(START);
    },
  };
}
