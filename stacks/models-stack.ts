import type { Construct } from 'constructs';
import { ModelServing, type ProblemCollector } from '../constructs';
import type { Phase, Serving } from './centre';
import { PhaseStack } from './phase-stack';
import type { Settings } from './settings';
import type { TenantsStack } from './tenants-stack';

/** The models layer of a phase: everything that serves on its cluster. */
export class ModelsStack extends PhaseStack {
  constructor(
    scope: Construct,
    phase: Phase,
    settings: Settings,
    { namespaces }: TenantsStack,
    servings: readonly Serving[],
    collector: ProblemCollector,
  ) {
    super(scope, phase, 'models', settings);
    for (const serving of servings.filter((entry) => entry.phase === phase.id)) {
      const tenant = namespaces.get(serving.tenant);
      // A namespace that could not be made has been reported already.
      if (!tenant) continue;
      collector.attempt(
        () =>
          new ModelServing(this, `${serving.tenant}-${serving.name ?? serving.model}`, {
            tenant,
            model: serving.model,
            servingName: serving.name,
            alias: serving.alias,
            replicas: serving.replicas,
            npus: serving.npus,
            weights: phase.cluster.weights,
          }),
      );
    }
  }
}
