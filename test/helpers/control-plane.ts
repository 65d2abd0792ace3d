import { type ControlPlane, startControlPlane } from '../../cli/rehearse/control-plane/start';
import { Kubectl } from './kubectl';

export interface TestPlane extends ControlPlane {
  readonly kubectl: Kubectl;
}

/** A control plane of its own for a test, with kubectl for it. */
export async function startTestPlane(
  ...args: Parameters<typeof startControlPlane>
): Promise<TestPlane> {
  const plane = await startControlPlane(...args);
  const { kubeconfig, context } = plane.target;
  return { ...plane, kubectl: new Kubectl(kubeconfig, context) };
}
