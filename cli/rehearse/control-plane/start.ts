import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { atEnd } from '../clean-up';
import { Kubectl } from './kubectl';

const run = promisify(execFile);

/**
 * Starts a Kubernetes control plane with simulated nodes: real etcd, API server, scheduler and
 * controllers, and KWOK in place of kubelets.
 *
 * It is stopped, and what it wrote removed, by `cleanUp`.
 *
 * @param programs folder that `buildControlPlane` returned
 */
export async function startControlPlane(programs: string, name: string): Promise<Kubectl> {
  const folder = mkdtempSync(join(tmpdir(), 'aicc-e2e-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const env = { ...process.env, KWOK_WORKDIR: folder, KUBECONFIG: kubeconfig };
  const kwokctl = join(programs, 'kwokctl');
  atEnd(async () => {
    try {
      await run(kwokctl, ['delete', 'cluster', '--name', name], { env });
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
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
    throw new Error(`the control plane did not start: ${(error as { stderr?: string }).stderr}`);
  }
  return new Kubectl(kubeconfig, `kwok-${name}`);
}
