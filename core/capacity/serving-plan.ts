import type { DataType, Sourced } from '../accelerator';
import type { ServingEntry } from './inventory';

/** A value that no source gives: proofs that want it say "not proven" instead of guessing. */
export interface Unknown {
  /** Why it is not known. */
  readonly unknown: string;
}

export function isKnown<T extends object>(value: T | Unknown): value is T {
  return !('unknown' in value);
}

/**
 * What decides the size of the KV cache of a token.
 *
 * `mha`: 2 × layers × kvHeads × headDim values, kvHeads shared out over tensor parallel ranks.
 * `mla`: layers × (kvLoraRank + ropeHeadDim + indexHeadDim) values, whole on each rank.
 */
export type Attention =
  | {
      readonly kind: 'mha';
      /** Layers that keep the whole context; others (linear, sliding window) count as these where not told apart. */
      readonly layers: number;
      readonly heads: number;
      readonly kvHeads: number;
      readonly headDim: number;
    }
  | {
      readonly kind: 'mla';
      readonly layers: number;
      readonly heads: number;
      readonly kvLoraRank: number;
      readonly ropeHeadDim: number;
      /** Of the index of sparse attention. @default - it has none */
      readonly indexHeadDim?: number;
    };

/** What proofs want to know about a model. */
export interface ServedModel {
  readonly id: string;
  /** Size of all weights in GiB, as they lie in device memory. */
  readonly weightsGib: Sourced<number> | Unknown;
  /**
   * GiB of these that belong to routed experts, which all devices share out among each other.
   * @default - not known: a replica with data parallelism gets a lower bound only
   */
  readonly expertsGib?: Sourced<number>;
  /** Whether it has routed experts; without them each data-parallel rank holds all weights. */
  readonly mixtureOfExperts: boolean;
  /** Format of the weights, `BF16`, `W8A8`. */
  readonly weightsFormat: string;
  /** What the accelerator must compute with: that of activations, and `FP8` for such weights. */
  readonly dataTypes: readonly DataType[];
  /** From the published configuration only. */
  readonly attention: Sourced<Attention> | Unknown;
  /** Tokens of a request that must fit, prompt and answer (`--max-model-len`). @default - not known: not proven */
  readonly contextTokens?: number;
}

/** How vLLM divides a replica among its devices. */
export interface Parallelism {
  /** `--tensor-parallel-size`. */
  readonly tensor: number;
  /** `--data-parallel-size`. */
  readonly data: number;
  /** `--data-parallel-size-local`: ranks in each pod. @default - `data` where a replica is one pod */
  readonly dataLocal?: number;
  /** `--pipeline-parallel-size`. */
  readonly pipeline: number;
  /** `--prefill-context-parallel-size`. */
  readonly prefillContext: number;
  /** `--enable-expert-parallel`. */
  readonly expert: boolean;
}

/** Pods of a serving that its PodDisruptionBudget keeps or lets go; one of the two. */
export type DisruptionBudget =
  | { readonly minAvailable: number }
  | { readonly maxUnavailable: number };

/**
 * Everything about one serving that decides whether it fits, starts and rolls: plain data that a
 * construct hands to its cluster. Memory is in GiB, NPUs are schedulable devices.
 */
export interface ServingPlan extends Omit<ServingEntry, 'model' | 'npusPerReplica' | 'surge'> {
  readonly model: ServedModel;
  /** @default - not divided by vLLM: a plain container */
  readonly parallelism?: Parallelism;
  /** Share of device memory that vLLM may use (`--gpu-memory-utilization`). @default 1 */
  readonly memoryUtilization?: number;
  /** `HCCL_BUFFSIZE` in MiB. @default 200 */
  readonly hcclBufferMib?: number;
  readonly npusPerPod: number;
  /** Size limit of `/dev/shm`, which counts inside the memory limit. */
  readonly shmGib: number;
  /** Replicas while an update rolls: beyond the wanted ones, and missing from them. */
  readonly rollout: { readonly maxSurge: number; readonly maxUnavailable: number };
  /** @default - none: a drain takes every pod at once */
  readonly disruptionBudget?: DisruptionBudget;
}

/** NPUs of all pods of a replica. */
export function npusPerReplica({ npusPerPod, podsPerReplica }: ServingPlan): number {
  return npusPerPod * podsPerReplica;
}

/** What the plan adds to the inventory of its cluster. */
export function servingEntry(plan: ServingPlan): ServingEntry {
  const { path, name, namespace, resourceName, pool, podsPerReplica } = plan;
  return {
    path,
    name,
    model: plan.model.id,
    namespace,
    resourceName,
    pool,
    npusPerReplica: npusPerReplica(plan),
    podsPerReplica,
    podCpus: plan.podCpus,
    podMemoryGib: plan.podMemoryGib,
    replicas: plan.replicas,
    ...(plan.maxReplicas === undefined ? {} : { maxReplicas: plan.maxReplicas }),
    surge: plan.rollout.maxSurge,
    nodeSelector: plan.nodeSelector,
    tolerations: plan.tolerations,
  };
}
