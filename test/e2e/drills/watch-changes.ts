import { isDeepStrictEqual } from 'node:util';
import { Watch } from '@kubernetes/client-node';
import { describeObject } from '../../../cli/kubernetes/describe';
import type { LiveCluster } from '../../../cli/live/cluster';
import type { KubernetesObject, RenderedObject } from '../../../cli/manifests/render';

/** What the API server's watch tells of objects from now on. */
export interface Changes {
  /** Objects of a phase whose content is another than before. */
  changed(): string[];
  /** Objects and pods that were deleted. */
  deleted(): string[];
  stop(): void;
}

/** Watches all kinds of the objects, and pods. */
export async function watchChanges(
  cluster: LiveCluster,
  objects: readonly RenderedObject[],
): Promise<Changes> {
  const own = new Set(objects.map(({ object }) => describeObject(object)));
  const kinds = new Map(
    objects.map(({ object: { apiVersion, kind } }) => [
      `${apiVersion} ${kind}`,
      { apiVersion, kind },
    ]),
  );
  kinds.set('v1 Pod', { apiVersion: 'v1', kind: 'Pod' });
  const changed = new Set<string>();
  const deleted = new Set<string>();
  const watches: AbortController[] = [];
  for (const { apiVersion, kind } of kinds.values()) {
    const resource = await cluster.resource(apiVersion, kind);
    const path = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}/${resource?.name}`;
    const list = await cluster.call<List>('GET', path);
    const before = new Map(
      list.items.map((item) => [describeObject({ ...item, apiVersion, kind }), content(item)]),
    );
    const watch = new Watch(cluster.config);
    const { resourceVersion } = list.metadata;
    watches.push(
      await watch.watch(
        path,
        { resourceVersion },
        (type: string, item: KubernetesObject) => {
          const name = describeObject({ ...item, apiVersion, kind });
          if (type === 'DELETED') deleted.add(name);
          if (type !== 'MODIFIED' || kind === 'Pod' || !own.has(name)) return;
          if (!isDeepStrictEqual(before.get(name), content(item))) changed.add(name);
        },
        () => {},
      ),
    );
  }
  return {
    changed: () => [...changed].sort(),
    deleted: () => [...deleted].sort(),
    stop: () => {
      for (const watch of watches) watch.abort();
    },
  };
}

interface List {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly KubernetesObject[];
}

/** What somebody has written: neither what was observed nor the book-keeping of the API server. */
function content(object: KubernetesObject): object {
  // Items of a list come without kind.
  const { status: _, apiVersion, kind, metadata, ...rest } = object;
  const { managedFields, resourceVersion, generation, ...written } = metadata as Record<
    string,
    unknown
  >;
  return { ...rest, metadata: written };
}
