import type { App } from 'cdktf';
import type { Phase } from './centre';
import type { ClusterStack } from './cluster-stack';
import type { ModelsStack } from './models-stack';
import type { TenantsStack } from './tenants-stack';

/** The three stacks of a phase. */
export interface PhaseStacks {
  readonly phase: Phase;
  readonly cluster: ClusterStack;
  readonly tenants: TenantsStack;
  readonly models: ModelsStack;
}

export interface BuiltCentre {
  readonly app: App;
  readonly phases: readonly PhaseStacks[];
}
