import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Kubectl } from './kubectl';

const run = promisify(execFile);

export interface ControlPlane {
  readonly kubectl: Kubectl;
  /** Stops every process and removes what was written. */
  stop(): void;
}

/** Kubernetes clusters that run, so that a signal can stop them. */
const running = new Set<ControlPlane>();

function stopAll(): void {
  for (const controlPlane of running) controlPlane.stop();
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => {
    stopAll();
    process.exit(code);
  });
}
process.on('exit', stopAll);

/**
 * Starts a Kubernetes control plane with simulated nodes: real etcd, API server, scheduler and
 * controllers, and KWOK in place of kubelets.
 *
 * @param programs folder that `buildControlPlane` returned
 */
export async function startControlPlane(programs: string, name: string): Promise<ControlPlane> {
  const folder = mkdtempSync(join(tmpdir(), 'aicc-e2e-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const env = { ...process.env, KWOK_WORKDIR: folder, KUBECONFIG: kubeconfig };
  const kwokctl = join(programs, 'kwokctl');
  const controlPlane: ControlPlane = {
    kubectl: new Kubectl(kubeconfig, `kwok-${name}`),
    stop() {
      if (!running.delete(controlPlane)) return;
      try {
        execFileSync(kwokctl, ['delete', 'cluster', '--name', name], { env, stdio: 'ignore' });
      } finally {
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  };
  running.add(controlPlane);
  const program = (flag: string, file: string) => [`--${flag}-binary`, join(programs, file)];
  try {
    await run(
      kwokctl,
      [
        ...['create', 'cluster', '--name', name, '--runtime', 'binary', '--wait', '120s'],
        ...program('etcd', 'etcd'),
        ...program('kube-apiserver', 'kube-apiserver'),
        ...program('kube-controller-manager', 'kube-controller-manager'),
        ...program('kube-scheduler', 'kube-scheduler'),
        ...program('kwok-controller', 'kwok'),
        ...['--kube-scheduler-config', join(__dirname, 'scheduler.yaml')],
        ...['--disable-qps-limits', '--kubeconfig', kubeconfig],
      ],
      { env },
    );
  } catch (error) {
    controlPlane.stop();
    throw new Error(`the control plane did not start: ${(error as { stderr?: string }).stderr}`);
  }
  return controlPlane;
}
