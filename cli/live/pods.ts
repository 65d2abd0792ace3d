import { makeInformer, type V1Pod } from '@kubernetes/client-node';
import { UserError } from '../errors';
import type { LiveCluster } from './cluster';
import { waitFor } from './wait-for';

/** All pods of a cluster, kept up to date by a watch. */
export class LivePods {
  private changes = 0;
  private lost?: UserError;
  private readonly informer;

  private constructor(cluster: LiveCluster) {
    const list = async () => {
      const path = '/api/v1/pods';
      // A list as it is now, with the version from which to watch on.
      return cluster.call<{ items: V1Pod[]; apiVersion: string; kind: string }>('GET', path);
    };
    this.informer = makeInformer<V1Pod>(cluster.config, '/api/v1/pods', list);
    this.informer.on('change', () => {
      this.changes += 1;
    });
    this.informer.on('error', (error: Error) => {
      const { context } = cluster.target;
      this.lost =
        error instanceof UserError
          ? error
          : new UserError([
              `the watch of pods has ended; check the API server of context '${context}', got: ${error.message}`,
            ]);
    });
  }

  static async watch(cluster: LiveCluster): Promise<LivePods> {
    const pods = new LivePods(cluster);
    await pods.informer.start();
    return pods;
  }

  /** Called after every change of a pod. */
  onChange(listener: () => void): void {
    this.informer.on('change', listener);
  }

  stop(): Promise<void> {
    return this.informer.stop();
  }

  list(): readonly V1Pod[] {
    return this.informer.list();
  }

  /**
   * Waits until `done` says so of all pods.
   * @param seconds without any change of a pod after which waiting ends
   * @returns whether it did
   * @throws UserError where the API server has gone away
   */
  async settled(done: (pods: readonly V1Pod[]) => boolean, seconds: number): Promise<boolean> {
    let seen = this.changes;
    let since = Date.now();
    const state = await waitFor(
      'pods',
      Number.POSITIVE_INFINITY,
      async () => {
        if (this.lost) throw this.lost;
        if (seen !== this.changes) {
          seen = this.changes;
          since = Date.now();
        }
        return done(this.list())
          ? 'done'
          : Date.now() - since > seconds * 1000
            ? 'stuck'
            : 'moving';
      },
      (now) => now !== 'moving',
    );
    return state === 'done';
  }
}

/** NPUs of a pod. */
export function npusOf({ spec }: V1Pod, resourceName: string): number {
  return (spec?.containers ?? []).reduce(
    (total, { resources }) => total + Number(resources?.limits?.[resourceName] ?? 0),
    0,
  );
}
