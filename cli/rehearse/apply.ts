import { FIELD_MANAGER } from '../../core/names';
import { describeObject } from '../kubernetes/describe';
import { ApiError, type LiveCluster } from '../live/cluster';
import { waitFor } from '../live/wait-for';
import type { KubernetesObject, RenderedObject } from '../manifests/render';

/** An object that the API server did not take, and its reason. */
export interface Refusal {
  /** `Deployment model-services/qwen3-8b`. */
  readonly object: string;
  readonly reason: string;
}

/**
 * Server-side apply of objects in their order, those of one kind that follow each other at once; patches of
 * objects of others with the field manager that each names.
 * @returns what was refused; the rest is applied
 */
export async function applyObjects(
  cluster: LiveCluster,
  objects: readonly RenderedObject[],
): Promise<Refusal[]> {
  const refused: Refusal[] = [];
  for (const run of runsOfOneKind(objects)) {
    const sent = run.map(({ object, patchBy }) =>
      refusalOf(object, cluster.apply(object, patchBy ?? FIELD_MANAGER)),
    );
    refused.push(...(await Promise.all(sent)).flat());
  }
  return refused;
}

/** Creates objects at once. @returns what was refused */
export async function createObjects(
  cluster: LiveCluster,
  objects: readonly KubernetesObject[],
): Promise<Refusal[]> {
  const sent = objects.map((object) => refusalOf(object, cluster.create(object)));
  return (await Promise.all(sent)).flat();
}

/** In the API server's own words; none where it took the object. @throws what is no refusal */
async function refusalOf(object: KubernetesObject, sent: Promise<unknown>): Promise<Refusal[]> {
  try {
    await sent;
    return [];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return [{ object: describeObject(object), reason: error.message }];
  }
}

/** Namespaces admit no pod before the quota controller has counted: Terraform waits for it, too. */
export async function waitForQuotas(
  cluster: LiveCluster,
  objects: readonly RenderedObject[],
): Promise<void> {
  const wanted = objects.filter(({ object }) => object.kind === 'ResourceQuota').length;
  if (wanted === 0) return;
  await waitFor(
    'quotas counted',
    60,
    async () => {
      const quotas = await cluster.list<{ spec: Hard; status?: Hard }>('v1', 'ResourceQuota');
      const counted = quotas.filter(({ spec, status }) =>
        Object.keys(spec.hard).every((key) => status?.hard?.[key] !== undefined),
      );
      return counted.length;
    },
    (counted) => counted >= wanted,
  );
}

interface Hard {
  readonly hard: Readonly<Record<string, string>>;
}

function runsOfOneKind(objects: readonly RenderedObject[]): RenderedObject[][] {
  const runs: RenderedObject[][] = [];
  for (const entry of objects) {
    const run = runs.at(-1);
    if (run?.[0]?.object.kind === entry.object.kind) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}
