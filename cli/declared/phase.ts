import { homedir } from 'node:os';
import { type ClusterInventory, phaseInventories } from '../../core/capacity';
import { unescapeTemplate } from '../../core/kubernetes/templates';
import { DECLARED_CAPACITY } from '../../core/names';
import { mustBeThere } from '../errors';
import type { Target } from '../live/cluster';
import { readOutput, type SynthesizedStack } from '../manifests/read-output';
import {
  asSent,
  type KubernetesObject,
  type RenderedObject,
  renderStack,
} from '../manifests/render';
import { readCapacity } from '../read-capacity';

/** What a phase declares: its part of the inventory, and the objects of its stacks. */
export interface DeclaredPhase {
  readonly id: string;
  /** Cumulative milestone in petaflops (dense FP16 peak). */
  readonly milestonePetaflops: number;
  readonly cluster: ClusterInventory;
  /** In the order in which they are deployed. */
  readonly stacks: readonly DeclaredStack[];
  /** Of all stacks, in the order of application. */
  readonly objects: readonly RenderedObject[];
  /** Where the stacks are deployed to. */
  readonly target: Target;
}

export interface DeclaredStack {
  readonly name: string;
  readonly objects: readonly RenderedObject[];
}

/**
 * Reads phases from a folder that was synthesized into; reports never ask the constructs.
 *
 * @param wanted ids of phases; all where there are none
 * @throws UserError for a phase that is not there, with those that are
 */
export function readPhases(output: string, wanted: readonly string[] = []): DeclaredPhase[] {
  const phases = phaseInventories(readCapacity(output));
  mustBeThere(
    'phase',
    wanted,
    phases.map(({ id }) => id),
  );
  return phases
    .filter(({ id }) => wanted.length === 0 || wanted.includes(id))
    .map(({ id, milestonePetaflops, cluster }) => {
      const synthesized = readOutput(output, [`${id}-*`]);
      const stacks = synthesized.map(({ name, json }) => ({
        name,
        objects: renderStack(name, json).map(asSent),
      }));
      return {
        id,
        milestonePetaflops,
        cluster,
        stacks,
        objects: stacks.flatMap(({ objects }) => objects),
        target: targetOf(synthesized),
      };
    });
}

/** File and context that the provider of the stacks names: one for all stacks of a phase. */
function targetOf([stack]: readonly SynthesizedStack[]): Target {
  const [provider] = stack?.json.provider?.kubernetes ?? [];
  const path = unescapeTemplate(provider?.config_path ?? '');
  return {
    kubeconfig: path.replace(/^~(?=\/)/, homedir()),
    context: unescapeTemplate(provider?.config_context ?? ''),
  };
}

/** Objects of a kind. */
export function objectsOf({ objects }: DeclaredPhase, kind: string): KubernetesObject[] {
  return objects.map(({ object }) => object).filter((object) => object.kind === kind);
}

/** Namespaces that every cluster has. */
const BUILT_IN = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** Namespaces that the objects of a phase are in and that somebody else must make. */
export function foreignNamespaces(phase: DeclaredPhase): string[] {
  const own = objectsOf(phase, 'Namespace').map(({ metadata }) => metadata.name);
  const used = phase.objects.flatMap(({ object }) => object.metadata.namespace ?? []);
  return [...new Set(used)].filter((name) => ![...own, ...BUILT_IN].includes(name)).sort();
}

/** Kinds of the objects of a phase, each once; those of patched objects among them. */
export function kindsOf({
  objects,
}: DeclaredPhase): Pick<KubernetesObject, 'apiVersion' | 'kind'>[] {
  const kinds = new Map(
    objects.map(({ object: { apiVersion, kind } }) => [
      `${apiVersion} ${kind}`,
      { apiVersion, kind },
    ]),
  );
  return [...kinds.values()];
}

/** What the phase writes into `kube-public/declared-capacity`. */
export function declaredCapacity(phase: DeclaredPhase): Readonly<Record<string, string>> {
  return (capacityMap(phase)?.data ?? {}) as Record<string, string>;
}

/** The ConfigMap `kube-public/declared-capacity`, by which a cluster says of which phase it is. */
export function capacityMap(phase: DeclaredPhase): KubernetesObject | undefined {
  return objectsOf(phase, 'ConfigMap').find(({ metadata }) => metadata.name === DECLARED_CAPACITY);
}
