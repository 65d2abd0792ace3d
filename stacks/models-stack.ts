import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { ModelGateway, ModelReplacement, ModelServing, type ProblemCollector } from '../constructs';
import type { Centre, Phase, Serving } from './centre';
import { PhaseStack } from './phase-stack';
import type { Replacement } from './replacements';
import type { Settings } from './settings';
import type { TenantsStack } from './tenants-stack';

/** The models layer of a phase: everything that serves on its cluster, and the aliases at home there. */
export class ModelsStack extends PhaseStack {
  /** By alias. */
  readonly replacements = new Map<string, ModelReplacement>();
  readonly gateway?: ModelGateway;

  constructor(
    scope: Construct,
    private readonly phase: Phase,
    settings: Settings,
    private readonly tenants: TenantsStack,
    { servings, replacements = [] }: Pick<Centre, 'servings' | 'replacements'>,
    collector: ProblemCollector,
  ) {
    super(scope, phase, 'models', settings);
    for (const serving of servings.filter((entry) => entry.phase === phase.id)) {
      collector.attempt(() => this.serve(serving));
    }
    const own = replacements.filter((entry) => entry.phase === phase.id);
    this.gateway = collector.attempt(() => this.open(own));
    const aliases = new Construct(this, 'aliases');
    for (const replacement of own) collector.attempt(() => this.replace(aliases, replacement));
    const { gateway } = this;
    if (gateway) {
      new TerraformOutput(this, 'hostnames', {
        description: 'Hosts of the aliases, which the DNS of the site leads to the gateway here',
        value: Object.fromEntries(own.map(({ alias }) => [alias, gateway.hostname(alias)])),
      });
    }
  }

  private serve(serving: Serving): void {
    const tenant = this.tenants.namespaces.get(serving.tenant);
    // A namespace that could not be made has been reported already.
    if (!tenant) return;
    new ModelServing(this, `${serving.tenant}-${serving.name ?? serving.model}`, {
      tenant,
      model: serving.model,
      servingName: serving.name,
      alias: serving.alias,
      replicas: serving.replicas,
      npus: serving.npus,
      weights: this.phase.cluster.weights,
    });
  }

  /** Makes the gateway where an alias is at home. Which ones does not depend on their stages. */
  private open(replacements: readonly Replacement[]): ModelGateway | undefined {
    const { gateway } = this.phase.cluster;
    if (!gateway || replacements.length === 0) return undefined;
    return new ModelGateway(this, 'gateway', {
      ...gateway,
      cluster: this.tenants.cluster,
      routeNamespaces: [...new Set(replacements.map(({ tenant }) => tenant))].sort(),
    });
  }

  private replace(scope: Construct, replacement: Replacement): void {
    const { alias, history, thresholds, foreign, domestic, standbyReplicas } = replacement;
    const tenant = this.tenants.namespaces.get(replacement.tenant);
    const last = history.at(-1);
    // What is missing has been reported already.
    if (!tenant || !last || !this.gateway) return;
    const made = new ModelReplacement(scope, alias, {
      ...replacement.route,
      tenant,
      gateway: this.gateway,
      alias,
      stage: last.stage,
      weight: last.weight,
      foreign,
      domestic,
      standbyReplicas,
      weights: this.phase.cluster.weights,
      callers: replacement.callers,
      latency: thresholds.latency.measure,
      budgets: {
        latencyRatio: thresholds.latency.atMost,
        ...(thresholds.errorsAtMost === undefined
          ? {}
          : { errorDifference: thresholds.errorsAtMost }),
      },
    });
    this.replacements.set(alias, made);
  }
}
