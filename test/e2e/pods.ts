import type { V1Pod } from '@kubernetes/client-node';
import { isReady } from '../../cli/live/conditions';
import { waitFor } from '../../cli/live/wait-for';
import { LABEL_PREFIX } from '../../constructs';
import type { Kubectl } from '../helpers/kubectl';

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

/** Every pod of a serving has it. */
const MODEL_LABEL = `${LABEL_PREFIX}/model`;

/** Waits until the wanted number of pods of servings is in the namespaces, and each is ready. */
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
      const all = await kubectl.items<Pod>(['pods', '--all-namespaces', '-l', MODEL_LABEL]);
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

export function ends({ metadata }: V1Pod): boolean {
  return metadata?.deletionTimestamp !== undefined;
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
