import { FIELD_MANAGER } from '../../constructs';
import { readOutput } from '../manifests/read-output';
import { type RenderedObject, renderStack } from '../manifests/render';
import { toYaml } from '../manifests/yaml';
import { type Kubectl, waitFor } from './control-plane/kubectl';

export interface Pod {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly nodeName?: string;
    readonly containers: readonly {
      readonly resources?: { readonly limits?: Record<string, string> };
    }[];
  };
  readonly status: {
    readonly phase: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
  };
}

/** Applies the stacks of a phase in order. @returns number of objects by stack */
export async function applyPhase(
  kubectl: Kubectl,
  output: string,
  phase: string,
): Promise<Map<string, number>> {
  const applied = new Map<string, number>();
  for (const { name, json } of readOutput(output, [`${phase}-*`])) {
    const objects = renderStack(name, json);
    await applyObjects(kubectl, objects);
    applied.set(name, objects.length);
  }
  return applied;
}

/** Everything of a phase, in the order of application. */
export function phaseObjects(output: string, phase: string): RenderedObject[] {
  return readOutput(output, [`${phase}-*`]).flatMap(({ name, json }) => renderStack(name, json));
}

/** Deletes what `applyPhase` made, and the nodes: patches of nodes go with them. */
export async function removePhase(
  kubectl: Kubectl,
  output: string,
  phase: string,
  nodes: readonly string[],
): Promise<void> {
  const objects = phaseObjects(output, phase)
    .filter((entry) => entry.patchBy === undefined)
    .reverse();
  await kubectl.must(['delete', '--ignore-not-found', '-f', '-'], toYaml(objects));
  await kubectl.must(['delete', '--ignore-not-found', 'node', ...nodes]);
}

/** Applies objects as owner, and patches with the field manager that each names. */
async function applyObjects(kubectl: Kubectl, objects: readonly RenderedObject[]): Promise<void> {
  const byManager = new Map<string, RenderedObject[]>();
  for (const object of objects) {
    const manager = object.patchBy ?? FIELD_MANAGER;
    byManager.set(manager, [...(byManager.get(manager) ?? []), object]);
  }
  for (const [manager, group] of byManager) await kubectl.apply(toYaml(group), manager);
}

/** Waits until the wanted number of pods is in the namespaces, and each is ready. */
export async function waitForPods(
  kubectl: Kubectl,
  namespaces: readonly string[],
  wanted: number,
): Promise<Pod[]> {
  const open = (pods: readonly Pod[]) => pods.filter((pod) => !isReady(pod));
  let pods: Pod[] = [];
  await waitFor(
    `${wanted} pods ready`,
    120,
    async () => {
      const all = await kubectl.items<Pod>(['pods', '--all-namespaces']);
      pods = all.filter((pod) => namespaces.includes(pod.metadata.namespace));
      return {
        pods: pods.length,
        notReady: open(pods)
          .slice(0, 3)
          .map((pod) => `${pod.metadata.name}: ${reason(pod)}`),
      };
    },
    (state) => state.pods === wanted && state.notReady.length === 0,
  );
  return pods;
}

export function isReady(pod: Pod): boolean {
  return pod.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ?? false;
}

function reason(pod: Pod): string {
  return pod.status.conditions?.find((c) => c.status === 'False')?.message ?? pod.status.phase;
}

/** NPUs of a pod. */
export function npusOf(pod: Pod, resourceName: string): number {
  return pod.spec.containers.reduce(
    (total, container) => total + Number(container.resources?.limits?.[resourceName] ?? 0),
    0,
  );
}
