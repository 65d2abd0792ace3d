import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { PROVIDER_VERSION } from '../../../stacks/phase-stack';
import { StateBackend } from '../../../stacks/state-backend';
import type { DeployedByTerraform } from './deployed';

/** Writes a stack of the test's own, with the backend and the provider that a phase has. */
export function synthesizeStack(
  outdir: string,
  name: string,
  { kubeconfig, context }: DeployedByTerraform['cluster']['target'],
  fill: (stack: TerraformStack) => void,
): void {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, name);
  new StateBackend(stack, { kubeconfig, contexts: {} }, context);
  new KubernetesProvider(stack, 'kubernetes', { configPath: kubeconfig, configContext: context });
  stack.addOverride('terraform.required_providers.kubernetes.version', PROVIDER_VERSION);
  fill(stack);
  app.synth();
}
