import { FIELD_MANAGER } from '../../core/names';
import { describeObject } from '../kubernetes/describe';
import { ApiError, type LiveCluster } from '../live/cluster';
import { waitFor } from '../live/wait-for';
import type { RenderedObject } from '../manifests/render';

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
    await Promise.all(
      run.map(({ object, patchBy }) =>
        cluster.apply(object, patchBy ?? FIELD_MANAGER).catch((error) => {
          refused.push({ object: describeObject(object), reason: reasonOf(error) });
        }),
      ),
    );
  }
  return refused;
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

/** The API server's own words. @throws what is no refusal */
export function reasonOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  throw error;
}
