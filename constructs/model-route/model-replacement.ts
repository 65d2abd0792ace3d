import { Construct } from 'constructs';
import {
  type EvidenceKind,
  type LatencyMeasure,
  type ReplacementSide,
  replicasAt,
  type Side,
  type Stage,
} from '../../core/capacity';
import {
  findModel,
  isDomestic,
  isPooling,
  platformOf,
  type WeightsModel,
} from '../../core/catalogue';
import { ProblemCollector, throwIfAny } from '../../core/errors';
import type { PositiveCount } from '../../core/schema/types';
import { mistakes, validateCount } from '../../core/validate';
import { checkProps, refuseWrong, wrongKeys } from '../check-props';
import { BUDGETS, type Budgets } from '../compute-cluster';
import { ModelServing, type ModelServingProps, type WeightsSource } from '../model-serving';
import type { TenantNamespace } from '../tenant-namespace';
import { addCanaryRules } from './canary-rules';
import { ModelRoute, type ModelRouteProps, REQUEST_TIMEOUT_SECONDS } from './model-route';
import { backendsAt } from './stage-route';

/** One of the two models, as it is served at full size. */
export type ReplacementSideProps = Omit<
  ModelServingProps,
  'tenant' | 'alias' | 'servingName' | 'weights'
>;

/** @title replacement */
export interface ModelReplacementProps
  extends Omit<ModelRouteProps, 'tenant' | 'backends' | 'mirror'> {
  /** Namespace that both models run in. */
  readonly tenant: TenantNamespace;
  /** Where both models find their weights, or each of them: asked for those that are served. */
  readonly weights: WeightsSource | ((model: string) => WeightsSource);
  readonly stage: Stage;
  /**
   * Percent of requests that the domestic side answers in `canary`. @default - none: required there
   * @asType integer
   * @minimum 1
   * @maximum 50
   * @errorMessage of the canary in percent must be a whole number of 1 to 50; correct it
   */
  readonly weight?: number;
  /** A model that is foreign, or made from one. */
  readonly foreign: ReplacementSideProps;
  /** A model that is domestic, as is what it was made from. */
  readonly domestic: ReplacementSideProps;
  /** Replicas of the foreign model in `default`, so that a step back finds it. @default 1 */
  readonly standbyReplicas?: PositiveCount;
  /** What its steps rest on; reports show it. @default - nothing is said */
  readonly evidence?: EvidenceKind;
  /** Stage that is aimed at, for the plan of NPUs. @default 'retired' */
  readonly target?: Stage;
  /** @default - those of `BUDGETS` */
  readonly budgets?: Budgets;
  /** What clients wait for. @default - the first token where models answer with text */
  readonly latency?: LatencyMeasure;
}

/**
 * A foreign model behind an alias, and the domestic one that takes its place step by step: the
 * servings that the stage needs, the route between them and, in `canary`, the figures by which they are
 * compared. Clients call the alias throughout.
 *
 * @throws ValidationError with everything that is wrong with the props
 */
export class ModelReplacement extends Construct {
  readonly route: ModelRoute;
  /** None once it is retired. */
  readonly foreign?: ModelServing;
  /** None before it is shadowed. */
  readonly domestic?: ModelServing;
  /** Whether both sides give the figures by which alerts compare them in `canary`. */
  readonly comparable: boolean;

  constructor(scope: Construct, id: string, props: ModelReplacementProps) {
    super(scope, id);
    const wrong = checkProps(this, 'ModelReplacementProps', props);
    const { tenant, alias, stage, weight, standbyReplicas = 1, target = 'retired' } = props;
    const { cluster } = tenant;
    const path = this.node.path;
    refuseWrong(this, wrong, replacementProblems(props, wrongKeys(wrong)));

    const sizes = {
      foreign: { replicas: props.foreign.replicas ?? 1 },
      domestic: { replicas: props.domestic.replicas ?? 1 },
      standbyReplicas,
    };
    const running = replicasAt(stage, sizes);
    const sides = new ProblemCollector();
    this.foreign = sides.attempt(() => this.serve('foreign', running.foreign, props));
    this.domestic = sides.attempt(() => this.serve('domestic', running.domestic, props));
    throwIfAny(sides.problems);
    const { gateway, callers, tokenLimits, paths, requestTimeoutSeconds } = props;
    this.route = new ModelRoute(this, 'route', {
      ...{ tenant, gateway, alias, callers, tokenLimits, paths, requestTimeoutSeconds },
      ...backendsAt(stage, weight ?? 0, { foreign: this.foreign, domestic: this.domestic }),
    });
    this.comparable = cluster.monitored && bothTold(props);
    if (stage === 'canary' && this.comparable) {
      addCanaryRules(this, cluster, {
        alias,
        namespace: tenant.namespace,
        foreign: servingName(alias, 'foreign'),
        domestic: servingName(alias, 'domestic'),
        latency: props.latency ?? latencyOf(props),
        budgets: { ...BUDGETS, ...props.budgets },
      });
    }
    cluster.registerReplacement({
      path,
      alias,
      namespace: tenant.namespace,
      resourceName: tenant.resourceName,
      stage,
      ...(weight === undefined ? {} : { weight }),
      ...(props.evidence === undefined ? {} : { evidence: props.evidence }),
      target,
      foreign: side('foreign', sizes.foreign.replicas, props),
      domestic: side('domestic', sizes.domestic.replicas, props),
      standbyReplicas,
    });
  }

  private serve(name: Side, replicas: number, props: ModelReplacementProps) {
    const { tenant, alias, weights } = props;
    return replicas === 0
      ? undefined
      : new ModelServing(this, name, {
          // A pod that is stopped finishes what the route waits for.
          requestTimeoutSeconds: props.requestTimeoutSeconds ?? REQUEST_TIMEOUT_SECONDS,
          ...props[name],
          tenant,
          weights: typeof weights === 'function' ? weights(props[name].model) : weights,
          alias,
          servingName: servingName(alias, name),
          replicas,
        });
  }
}

/** Name of the serving of a side: it stays the same through all stages. */
export function servingName(alias: string, name: Side): string {
  return `${alias}-${name}`;
}

function side(name: Side, replicas: number, props: ModelReplacementProps): ReplacementSide {
  const { model, npus } = props[name];
  return {
    serving: servingName(props.alias, name),
    model,
    npusPerReplica: npus ?? documentedNpus(model, props.tenant) ?? 0,
    replicas,
  };
}

/** NPUs of a replica of a model by its documented deployment. @returns undefined where there is none */
function documentedNpus(id: string, { cluster, resourceName }: TenantNamespace) {
  const pool = cluster.poolOf(resourceName);
  const platform = pool && platformOf(pool.server);
  return platform && weightsModel(id)?.deployments[platform]?.npus;
}

function weightsModel(id: string): WeightsModel | undefined {
  const model = findModel(id);
  return model?.access === 'weights' ? model : undefined;
}

/** Whether both sides tell of their requests: a plain container has no metrics of a known shape. */
function bothTold({ foreign, domestic }: ModelReplacementProps): boolean {
  return [foreign, domestic].every(({ model }) => weightsModel(model)?.runtime === 'vllm-ascend');
}

function latencyOf({ domestic }: ModelReplacementProps): LatencyMeasure {
  const model = findModel(domestic.model);
  return model && isPooling(model) ? 'whole-answer' : 'time-to-first-token';
}

function replacementProblems(
  props: ModelReplacementProps,
  wrong: ReadonlySet<string | number>,
): string[] {
  const { alias, tenant, standbyReplicas = 1 } = props;
  return mistakes(
    tenant.cluster.hasReplacement(alias) &&
      `an alias has one replacement on a cluster; rename one, got: '${alias}' twice`,
    wrong.has('stage') || wrong.has('weight') ? [] : validateWeight(props),
    validateSide('foreign', props),
    validateSide('domestic', props),
    wrong.has('standbyReplicas')
      ? []
      : validateCount('standbyReplicas', standbyReplicas, 1, props.foreign.replicas ?? 1),
  );
}

function validateWeight({ stage, weight }: ModelReplacementProps): string[] {
  if ((stage === 'canary') === (weight !== undefined)) return [];
  return weight === undefined
    ? [
        'a canary has a weight; say how many percent of requests the domestic side answers, 1 to 50, got: none',
      ]
    : [
        `only a canary has a weight; remove it or make the stage 'canary', got: ${weight} in '${stage}'`,
      ];
}

function validateSide(name: Side, props: ModelReplacementProps): string[] {
  const { model: id } = props[name];
  const found = findModel(id);
  if (!found)
    return [`${name} model is not in the catalogue; add it there or use another, got: '${id}'`];
  const model = weightsModel(id);
  if (!model) {
    return [
      `${name} model is behind the API of its maker and cannot be served; use one with weights, got: '${id}'`,
    ];
  }
  const base = model.base
    ? `${model.origin}, made from ${model.base.name}, which is ${model.base.origin}`
    : model.origin;
  const domestic = isDomestic(model);
  if (name === 'domestic' && !domestic) {
    return [
      `domestic model must be domestic, and what it was made from, too; use another, got: '${id}' (${base})`,
    ];
  }
  if (name === 'foreign' && domestic) {
    return [
      `foreign model must be foreign, or made from a foreign one; use another, got: '${id}' (${base})`,
    ];
  }
  return mistakes(
    props[name].npus === undefined &&
      documentedNpus(id, props.tenant) === undefined &&
      `no documented deployment of the ${name} model on the NPUs of ${props.tenant.cluster.clusterName}; use another model or set npus, got: '${id}'`,
  );
}
