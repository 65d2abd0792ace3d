import type { Target } from '../../cli/live/cluster';

/**
 * `AICC_E2E_KUBECONFIG` and `AICC_E2E_CONTEXT`: a kwok cluster to use instead of one of our own. The
 * context must be named, so that a current context can never be hit by mistake.
 *
 * @returns undefined where none is given
 * @throws Error where only one of the two is set
 */
export function givenCluster(env: NodeJS.ProcessEnv): Target | undefined {
  const { AICC_E2E_KUBECONFIG: kubeconfig, AICC_E2E_CONTEXT: context } = env;
  if (!kubeconfig && !context) return undefined;
  if (!kubeconfig || !context) {
    throw new Error(
      `set AICC_E2E_KUBECONFIG and AICC_E2E_CONTEXT together, got: '${kubeconfig ?? ''}' and '${context ?? ''}'`,
    );
  }
  return { kubeconfig, context };
}
