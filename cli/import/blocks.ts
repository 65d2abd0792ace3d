import type { DeclaredPhase } from '../declared/phase';
import type { LiveCluster } from '../live/cluster';
import type { KubernetesObject, RenderedObject } from '../manifests/render';

/** An `import` block of Terraform: the object of this id is that of the resource. */
export interface ImportBlock {
  /** Address of the resource in its stack. */
  readonly to: string;
  readonly id: string;
}

export interface StackImports {
  readonly stack: string;
  readonly imports: readonly ImportBlock[];
  /** Objects that are not there: Terraform creates them. */
  readonly missing: readonly string[];
  /** Patches of objects of others: the provider imports none, and sets them again, which changes nothing. */
  readonly patches: number;
}

/** Import blocks for the objects of a phase that are in the cluster, by stack. */
export async function importBlocks(
  phase: DeclaredPhase,
  cluster: LiveCluster,
): Promise<StackImports[]> {
  return Promise.all(
    phase.stacks.map(async ({ name, objects }) => {
      const importable = objects.filter(({ address }) => !address.startsWith('kubernetes_labels.'));
      const there = await Promise.all(importable.map(({ object }) => cluster.get(object)));
      const found = importable.filter((_, index) => there[index] !== undefined);
      return {
        stack: name,
        imports: found.map((entry) => ({ to: entry.address, id: importId(entry) })),
        missing: importable.filter((entry) => !found.includes(entry)).map(({ address }) => address),
        patches: objects.length - importable.length,
      };
    }),
  );
}

/** Ids of the provider's documentation: `namespace/name` of typed resources, a list of fields of custom ones. */
function importId({ address, object }: RenderedObject): string {
  const { apiVersion, kind, metadata } = object;
  if (!address.startsWith('kubernetes_manifest.')) return namedIn(metadata);
  const namespace = metadata.namespace ? `namespace=${metadata.namespace},` : '';
  return `apiVersion=${apiVersion},kind=${kind},${namespace}name=${metadata.name}`;
}

function namedIn({ namespace, name }: KubernetesObject['metadata']): string {
  return namespace ? `${namespace}/${name}` : name;
}
