import { setTimeout as pause } from 'node:timers/promises';
import type { V1Pod } from '@kubernetes/client-node';
import { UserError } from '../../cli/errors';
import { ApiError, type LiveCluster } from '../../cli/live/cluster';
import { isReady } from '../../cli/live/conditions';
import type { KubernetesObject } from '../../cli/manifests/render';
import { type ExpandedGroup, expandGroups } from '../../cli/rehearse/expand-groups';
import { staticVolumes } from '../../cli/rehearse/static-volumes';
import { patchStatus } from './patch-status';
import { ends } from './pods';

const SETS = { apiVersion: 'leaderworkerset.x-k8s.io/v1', kind: 'LeaderWorkerSet' };
const NAME_LABEL = 'leaderworkerset.sigs.k8s.io/name';
const INTERVAL_MS = 300;

/**
 * Stands in for what a site has and a control plane has not, for as long as it runs: storage that makes a volume
 * for each claim, Volcano and a gateway that say of objects that they are well, and the manager of LeaderWorkerSet, which makes groups, and makes one anew as a whole when one
 * of its pods has ended (`RecreateGroupOnPodRestart`).
 */
export class SiteControllers {
  private readonly classes: ReadonlySet<string | undefined>;
  private stopping = false;
  private readonly loop: Promise<void>;

  /** @param declared objects of a phase; claims of the StorageClasses that they name get volumes */
  constructor(
    private readonly cluster: LiveCluster,
    declared: readonly KubernetesObject[],
  ) {
    const claims = declared.filter(({ kind }) => kind === 'PersistentVolumeClaim') as Claim[];
    this.classes = new Set(claims.map(({ spec }) => spec.storageClassName));
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.provideVolumes();
        await this.keepGroups();
        await this.tellStatuses();
      } catch (error) {
        // A controller tries again: after a conflict, and when the API server was away.
        if (!(error instanceof ApiError) && !(error instanceof UserError)) throw error;
      }
      await pause(INTERVAL_MS);
    }
  }

  /** What nobody has looked at yet is well; what somebody has told of it stays. */
  private async tellStatuses(): Promise<void> {
    const { cluster } = this;
    for (const { apiVersion, kind, isTold, tell } of TOLD) {
      for (const object of await cluster.list<Told>(apiVersion, kind)) {
        if (!isTold(object)) await patchStatus(cluster, object, tell(object));
      }
    }
  }

  private async provideVolumes(): Promise<void> {
    const { cluster } = this;
    const claims = await cluster.list<Claim>('v1', 'PersistentVolumeClaim');
    const wanted = staticVolumes(
      claims.filter(({ spec }) => this.classes.has(spec.storageClassName)),
    );
    const there = await cluster.list<Volume>('v1', 'PersistentVolume');
    const names = new Set(there.map(({ metadata }) => metadata.name));
    for (const volume of wanted) {
      if (!names.has(volume.metadata.name)) await cluster.create(volume);
    }
    for (const volume of there) {
      if (['Released', 'Failed'].includes(volume.status?.phase ?? '')) await cluster.remove(volume);
    }
  }

  private async keepGroups(): Promise<void> {
    const { cluster } = this;
    const sets = await cluster.list<LeaderWorkerSet>(SETS.apiVersion, SETS.kind);
    const pods = await cluster.list<V1Pod>('v1', 'Pod', { labels: NAME_LABEL });
    const kept = new Set<V1Pod>();
    for (const set of sets) {
      const groups = expandGroups([set]);
      let ready = 0;
      for (const group of groups) {
        const own = podsOf(group, pods);
        for (const pod of own) kept.add(pod);
        if (await this.keep(group, own)) ready += 1;
      }
      const { readyReplicas, updatedReplicas } = set.status ?? {};
      if (readyReplicas !== ready || updatedReplicas !== groups.length) {
        const replicas = groups.length;
        await patchStatus(cluster, set, {
          replicas,
          readyReplicas: ready,
          updatedReplicas: replicas,
        });
      }
    }
    await this.end(pods.filter((pod) => !kept.has(pod)));
  }

  /** @returns whether the group serves */
  private async keep({ objects }: ExpandedGroup, own: readonly V1Pod[]): Promise<boolean> {
    const { cluster } = this;
    const [podGroup, ...pods] = objects;
    if (own.length === 0) {
      if (podGroup && !(await cluster.get(podGroup))) await cluster.create(podGroup);
      for (const pod of pods) await cluster.create(pod);
      return false;
    }
    const whole = own.length === pods.length && own.every((pod) => !ends(pod));
    if (!whole) await this.end(own);
    return whole && own.every(isReady);
  }

  private async end(pods: readonly V1Pod[]): Promise<void> {
    for (const { metadata } of pods.filter((pod) => !ends(pod))) {
      await this.cluster.remove({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: metadata?.name ?? '', namespace: metadata?.namespace },
      });
    }
  }
}

interface Told extends KubernetesObject {
  readonly status?: {
    readonly state?: string;
    readonly parents?: readonly object[];
    readonly conditions?: readonly { readonly status: string }[];
  };
  readonly spec?: { readonly parentRefs?: readonly object[] };
}

/** What Volcano and a gateway say of objects that they have taken. */
const TOLD: readonly {
  readonly apiVersion: string;
  readonly kind: string;
  readonly isTold: (object: Told) => boolean;
  readonly tell: (object: Told) => object;
}[] = [
  {
    apiVersion: 'scheduling.volcano.sh/v1beta1',
    kind: 'Queue',
    isTold: ({ status }) => status?.state !== undefined,
    tell: () => ({ state: 'Open' }),
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    // A new one says of itself that nothing is known.
    isTold: ({ status }) => status?.conditions?.some((c) => c.status !== 'Unknown') ?? false,
    tell: () => ({ conditions: conditions({ Accepted: 'True', Programmed: 'True' }) }),
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    isTold: ({ status }) => (status?.parents?.length ?? 0) > 0,
    tell: ({ spec }) => routeStatus(spec?.parentRefs ?? [], 'True', ''),
  },
];

/** @param resolved `True` or `False`: whether all that a route names is there */
export function routeStatus(parentRefs: readonly object[], resolved: string, message: string) {
  const told = conditions({ Accepted: 'True', ResolvedRefs: resolved }, message);
  return {
    parents: parentRefs.map((parentRef) => ({
      parentRef,
      controllerName: 'site.example/gateway',
      conditions: told,
    })),
  };
}

function conditions(statuses: Readonly<Record<string, string>>, message = '') {
  return Object.entries(statuses).map(([type, status]) => ({
    type,
    status,
    reason: type,
    message: status === 'True' ? '' : message,
    lastTransitionTime: '2026-01-01T00:00:00Z',
  }));
}

interface Claim extends KubernetesObject {
  readonly spec: { readonly storageClassName?: string };
}

interface Volume extends KubernetesObject {
  readonly status?: { readonly phase?: string };
}

interface LeaderWorkerSet extends KubernetesObject {
  readonly status?: { readonly readyReplicas?: number; readonly updatedReplicas?: number };
}

function podsOf({ objects }: ExpandedGroup, pods: readonly V1Pod[]): V1Pod[] {
  const names = new Set(
    objects
      .filter(({ kind }) => kind === 'Pod')
      .map(({ metadata: { namespace, name } }) => `${namespace}/${name}`),
  );
  return pods.filter(({ metadata }) => names.has(`${metadata?.namespace}/${metadata?.name}`));
}
