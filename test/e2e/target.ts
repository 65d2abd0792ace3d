import type { Kubectl } from '../../cli/rehearse/control-plane/kubectl';

/** A cluster that is there already, given by the user. */
export interface GivenCluster {
  readonly kubeconfig: string;
  readonly context: string;
}

/**
 * `AICC_E2E_KUBECONFIG` and `AICC_E2E_CONTEXT`: a kwok cluster to use instead of one of our own. The
 * context must be named, so that a current context can never be hit by mistake.
 *
 * @returns undefined where none is given
 * @throws Error where only one of the two is set
 */
export function givenCluster(env: NodeJS.ProcessEnv): GivenCluster | undefined {
  const { AICC_E2E_KUBECONFIG: kubeconfig, AICC_E2E_CONTEXT: context } = env;
  if (!kubeconfig && !context) return undefined;
  if (!kubeconfig || !context) {
    throw new Error(
      `set AICC_E2E_KUBECONFIG and AICC_E2E_CONTEXT together, got: '${kubeconfig ?? ''}' and '${context ?? ''}'`,
    );
  }
  return { kubeconfig, context };
}

/** Nodes and namespaces of these names must not be there yet: they would be taken over and removed. */
export async function refuseIfTaken(
  kubectl: Kubectl,
  wanted: { readonly nodes: readonly string[]; readonly namespaces: readonly string[] },
): Promise<void> {
  for (const kind of ['nodes', 'namespaces'] as const) {
    const there = await kubectl.items<{ metadata: { name: string } }>([kind]);
    const taken = there.map((item) => item.metadata.name).filter((n) => wanted[kind].includes(n));
    if (taken.length > 0) {
      throw new Error(
        `context ${kubectl.context} already has ${kind} of the phase; use an empty cluster, got: ${taken.join(', ')}`,
      );
    }
  }
}
