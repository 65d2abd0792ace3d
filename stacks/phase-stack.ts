import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { escapeTemplate } from '../core/kubernetes/templates';
import type { Phase } from './centre';
import { contextOf, type Settings } from './settings';
import { StateBackend } from './state-backend';

/**
 * Provider version that is required, above the 2.38.0 that the bindings were made from: 2.38.0 can
 * poison state when a create times out (hashicorp/terraform-provider-kubernetes#2779, fixed in 3.2.1).
 */
export const PROVIDER_VERSION = '3.2.1';

/** Layers of a phase, in the order in which they are deployed. */
export const LAYERS = ['cluster', 'tenants', 'models'] as const;
export type Layer = (typeof LAYERS)[number];

/** Base of the stacks of a phase: provider with a named context, state apart from the output. */
export abstract class PhaseStack extends TerraformStack {
  constructor(scope: Construct, phase: Phase, layer: Layer, settings: Settings) {
    super(scope, `${phase.id}-${layer}`);
    new StateBackend(this, settings, phase.cluster.name);
    new KubernetesProvider(this, 'kubernetes', {
      configPath: escapeTemplate(settings.kubeconfig),
      configContext: escapeTemplate(contextOf(settings, phase.cluster.name)),
    });
    this.addOverride('terraform.required_providers.kubernetes.version', PROVIDER_VERSION);
  }

  /**
   * The base class resolves every token here once more to find references between stacks. There
   * are none (names are known at synthesis), and it is a quarter of the time of a large centre.
   */
  override prepareStack(): void {}
}
