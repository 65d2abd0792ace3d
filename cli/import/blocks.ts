import { capacityMap, type DeclaredPhase, type DeclaredStack } from '../declared/phase';
import { UserError } from '../errors';
import type { LiveCluster } from '../live/cluster';
import { type Managed, otherFieldManagers } from '../live/field-managers';
import type { KubernetesObject, RenderedObject } from '../manifests/render';
import { differences } from '../verify/difference';

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
  /** Objects that are not as they are declared: what Terraform changes when it has adopted them. */
  readonly differing: readonly { readonly to: string; readonly fields: readonly string[] }[];
  /** Objects that somebody else has made, and who. */
  readonly foreign: readonly { readonly to: string; readonly makers: string }[];
  /** Patches of objects of others: the provider imports none, and sets them again, which changes nothing. */
  readonly patches: number;
}

/**
 * Import blocks for the objects of stacks that are in the cluster; it only reads.
 * @throws UserError where there is none, or the cluster says that it is that of another phase
 */
export async function importBlocks(
  phase: DeclaredPhase,
  stacks: readonly DeclaredStack[],
  cluster: LiveCluster,
): Promise<StackImports[]> {
  await refuseOtherPhase(phase, cluster);
  const made = await Promise.all(stacks.map((stack) => ofStack(stack, cluster)));
  if (made.every(({ imports }) => imports.length === 0)) {
    throw new UserError([
      `nothing to import; check the context or deploy instead, got: no object of ${stacks.map(({ name }) => name).join(', ')} on context ${cluster.target.context}`,
    ]);
  }
  return made;
}

async function ofStack({ name, objects }: DeclaredStack, cluster: LiveCluster) {
  const importable = objects.filter(({ address }) => !isPatchOfLabels(address));
  const entries = await Promise.all(
    importable.map(async (entry) => ({
      ...entry,
      to: entry.address,
      live: await cluster.get<KubernetesObject & Managed>(entry.object),
    })),
  );
  const found = entries.flatMap(({ live, ...entry }) => (live ? [{ ...entry, live }] : []));
  return {
    stack: name,
    imports: found.map((entry) => ({ to: entry.to, id: importId(entry) })),
    missing: entries.filter(({ live }) => !live).map(({ to }) => to),
    differing: found
      .map(({ to, object, live }) => ({ to, fields: differences(object, live) }))
      .filter(({ fields }) => fields.length > 0),
    foreign: found.flatMap(({ to, live, patchBy }) => {
      const makers = patchBy === undefined ? otherFieldManagers(live) : undefined;
      return makers === undefined ? [] : [{ to, makers }];
    }),
    patches: objects.length - importable.length,
  };
}

/** The provider documents that creating such a resource is the same as importing it. */
function isPatchOfLabels(address: string): boolean {
  return address.startsWith('kubernetes_labels.');
}

/** Phases have objects of the same names, each on its own cluster. */
async function refuseOtherPhase(phase: DeclaredPhase, cluster: LiveCluster) {
  const own = capacityMap(phase);
  const live = own && (await cluster.get<{ data?: { phase?: string } }>(own));
  const named = live?.data?.phase;
  if (named === undefined || named === phase.id) return;
  throw new UserError([
    `context '${cluster.target.context}' is the cluster of another phase; name that of ${phase.id}, got: '${named}'`,
  ]);
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
