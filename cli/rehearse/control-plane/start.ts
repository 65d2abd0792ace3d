import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../../errors';
import { atEnd } from '../clean-up';
import { type ExtraFlags, kwokConfiguration } from './configuration';
import { Kubectl } from './kubectl';

const run = promisify(execFile);

/** A Kubernetes control plane with simulated nodes, of our own. */
export interface ControlPlane {
  readonly kubectl: Kubectl;
  /** Stops all of it and starts it again with what etcd holds; nodes and objects are as they were. */
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
 */
export async function startControlPlane(
  programs: string,
  name: string,
  flags: ExtraFlags = {},
): Promise<ControlPlane> {
  const configuration = await kwokConfiguration(flags);
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
  const start = async (args: readonly string[]) => {
    running = kwokctl(args, interruption.signal);
    await running.catch((error: Error & { stderr?: string }) => {
      throw new UserError([`the control plane did not start: ${error.stderr || error.message}`]);
    });
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
    kubectl: new Kubectl(kubeconfig, `kwok-${name}`),
    stop,
    restart: async () => {
      await kwokctl(['stop', 'cluster']);
      await start(['start', 'cluster', '--wait', '120s']);
    },
  };
}
