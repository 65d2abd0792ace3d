import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import {
  ModelGateway,
  ModelReplacement,
  ModelServing,
  ModelWeights,
  type TenantNamespace,
  type WeightsSource,
  weightsOfModel,
} from '../constructs';
import { lookup } from '../core/lookup';
import type { Centre, Phase, Serving, WeightsLock } from './centre';
import type { ItemProblems } from './check-data';
import { PhaseStack } from './phase-stack';
import type { Replacement } from './replacements';
import type { Settings } from './settings';
import type { TenantsStack } from './tenants-stack';
import { type ClaimSize, claimSize } from './weights-lock';

/** Stands in where another problem is the one to tell. */
const NO_WEIGHTS: WeightsSource = { server: 'none', path: '/' };

/** The models layer of a phase: everything that serves on its cluster, and the aliases at home there. */
export class ModelsStack extends PhaseStack {
  /** By alias. */
  readonly replacements = new Map<string, ModelReplacement>();
  readonly gateway?: ModelGateway;
  /** Claims of weights by namespace and name, `model-services/weights-qwen3-32b`. */
  readonly claimSizes = new Map<string, ClaimSize>();
  /** Claims by their construct ids. */
  private readonly claims = new Map<string, ModelWeights>();
  /** Sizes of claims as they were last synthesized. */
  private readonly locked: WeightsLock[string];

  constructor(
    scope: Construct,
    private readonly phase: Phase,
    private readonly settings: Settings,
    private readonly tenants: TenantsStack,
    {
      servings,
      replacements = [],
      weightsLock = {},
    }: Pick<Centre, 'servings' | 'replacements' | 'weightsLock'>,
    collector: ItemProblems,
  ) {
    super(scope, phase, 'models', settings);
    this.locked = lookup(weightsLock, phase.id) ?? {};
    for (const serving of servings.filter((entry) => entry.phase === phase.id)) {
      collector.attemptItem('servings', serving, () => this.serve(serving));
    }
    const own = replacements.filter((entry) => entry.phase === phase.id);
    this.gateway = collector.attemptItem('phases', phase, () => this.open(own));
    const aliases = new Construct(this, 'aliases');
    for (const replacement of own) {
      collector.attemptItem('replacements', replacement, () => this.replace(aliases, replacement));
    }
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
    const { phase: _, tenant: name, name: servingName, clients = [], ...options } = serving;
    new ModelServing(this, `${name}-${servingName ?? serving.model}`, {
      ...options,
      tenant,
      servingName,
      clients: clients.flatMap((client) => this.tenants.namespaces.get(client) ?? []),
      weights: this.weights(tenant, serving.model),
    });
  }

  /** Where a model of a namespace finds its weights. */
  private weights(tenant: TenantNamespace, model: string): WeightsSource {
    const { weights } = this.phase.cluster;
    if ('server' in weights) return weights;
    const size = weightsOfModel(tenant, model)?.sizeGib.value;
    const id = `${tenant.namespace}-weights-${model}`;
    // No claim for a model without weights: its serving says that there is no such model.
    if (size === undefined) return NO_WEIGHTS;
    // A claim that could not be made has been reported already.
    if (this.node.tryFindChild(id)) return this.claims.get(id) ?? NO_WEIGHTS;
    const { readGibPerSecond, ...download } = weights;
    const claimName = `weights-${model}`;
    const path = `${tenant.namespace}/${claimName}`;
    const sizeGib = claimSize(size, lookup(this.locked, path));
    const claim = new ModelWeights(this, id, {
      tenant,
      claimName,
      sizeGib,
      download: { ...download, models: [model] },
      readGibPerSecond,
      protect: this.settings.protectTenants,
    });
    this.claims.set(id, claim);
    this.claimSizes.set(path, { weightsGib: size, sizeGib });
    return claim;
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
      evidence: replacement.evidence,
      foreign,
      domestic,
      standbyReplicas,
      weights: (model) => this.weights(tenant, model),
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
