import { allModels, isDomestic, type Licence, type Model } from '../../core/catalogue';
import {
  type ModelFit,
  modelFit,
  type ReplicaFit,
  serverKinds,
} from '../../core/serving/model-fits';

/** A model of the catalogue, and how it runs on each kind of server. */
export interface ModelRow {
  readonly id: string;
  readonly title: string;
  readonly task: string;
  /** Whether its maker and what it was made from are domestic. */
  readonly domestic: boolean;
  /** `api-only` models run nowhere here. */
  readonly access: Model['access'];
  /** @default - behind the API of its maker */
  readonly licence?: Licence;
  readonly servers: readonly ServerRow[];
}

/** A server form with those of its chips that are the same to models. */
export interface ServerRow {
  readonly serverForm: string;
  readonly accelerators: readonly string[];
  readonly fits: boolean;
  /** Why it does not run there. */
  readonly reasons: readonly string[];
  /** @default - it does not run there */
  readonly replica?: ReplicaRow;
}

/** One replica by the documented deployment. Memory is that of each device. */
export interface ReplicaRow {
  readonly npus: number;
  readonly servers: number;
  readonly npusPerServer: number;
  /** @default - a plain container, not divided by vLLM */
  readonly parallelism?: {
    readonly tensor: number;
    readonly data: number;
    readonly pipeline: number;
    readonly expert: boolean;
  };
  /** Repository of the weights, `owner/name`, and their format. */
  readonly weights: string;
  readonly weightsFormat: string;
  /** Whether the size of the weights was computed from parameters. */
  readonly weightsAssumed: boolean;
  /** @default - not known */
  readonly weightsGib?: number;
  /** Why it may be more. @default - it is not */
  readonly weightsAtLeast?: string;
  /** What the serving may use of a device, and what HCCL takes of that. */
  readonly budgetGib: number;
  readonly communicationGib: number;
  /** Left for KV cache and activations, and what vLLM gives of that to the cache. @default - not known */
  readonly roomGib?: number;
  readonly cacheRoomGib?: number;
  /** Tokens of a request that are asked for, and the cache that they take. @default - not known */
  readonly contextTokens?: number;
  readonly cacheGib?: number;
  /** Tokens in the cache of a data-parallel rank, at most: activations take of it. @default - not proven */
  readonly cacheTokens?: number;
  /** From the start of a container until the model answers, at most, and the sum. */
  readonly startSeconds: number;
  readonly startExplanation: string;
  /** Why it is not half the NPUs. */
  readonly limit: ReplicaFit['limit'];
  /** What no source lets prove. */
  readonly notProven: readonly string[];
  readonly source: string;
  /** Why the deployment is an assumption. @default - it is documented */
  readonly assumed?: string;
}

/** Every model of the catalogue with every kind of server. */
export function modelRows(): ModelRow[] {
  return allModels().map(modelRow);
}

export function modelRow(model: Model): ModelRow {
  const { id, title, task, access } = model;
  const row = { id, title, task, domestic: isDomestic(model), access };
  if (model.access === 'api-only') return { ...row, servers: [] };
  const servers = serverKinds().map((kind) => serverRow(modelFit(model, kind)));
  return { ...row, licence: model.licence, servers };
}

function serverRow({ kind, replica, reasons }: ModelFit): ServerRow {
  return {
    serverForm: kind.form.id,
    accelerators: kind.accelerators,
    fits: replica !== undefined,
    reasons,
    replica: replica && replicaRow(replica),
  };
}

function replicaRow({ plan, memory, deployment, weights, ...fit }: ReplicaFit): ReplicaRow {
  const { model, parallelism, podsPerReplica, npusPerPod } = plan;
  return {
    npus: npusPerPod * podsPerReplica,
    servers: podsPerReplica,
    npusPerServer: npusPerPod,
    parallelism: parallelism && {
      tensor: parallelism.tensor,
      data: parallelism.data,
      pipeline: parallelism.pipeline,
      expert: parallelism.expert,
    },
    weights: weights.repository,
    weightsFormat: model.weightsFormat,
    weightsAssumed: 'assumed' in model.weightsGib,
    weightsGib: memory.weights && round(memory.weights.gib),
    weightsAtLeast: memory.weights?.atLeast,
    budgetGib: round(memory.budget.gib),
    communicationGib: round(memory.communication.gib),
    roomGib: memory.roomGib && round(memory.roomGib),
    cacheRoomGib: memory.cacheRoomGib && round(memory.cacheRoomGib),
    contextTokens: model.contextTokens,
    cacheGib: fit.cache && round(fit.cache.gib),
    cacheTokens: fit.cacheTokens,
    startSeconds: fit.start.seconds,
    startExplanation: fit.start.explanation,
    limit: fit.limit,
    notProven: fit.notProven,
    source: deployment.source,
    assumed: deployment.assumed,
  };
}

/** GiB with two decimals. */
function round(gib: number): number {
  return Math.round(gib * 100) / 100;
}
