import type { PositiveCount, Ratio } from '../schema/types';
import type { Weights } from './weights';

/** Hardware families that the vllm-ascend documentation speaks of; A2 with 64 GiB a chip. */
export const PLATFORMS = ['A2', 'A3', '310P'] as const;
export type Platform = (typeof PLATFORMS)[number];

/**
 * How a replica of a model runs on a platform. Tensor × data × pipeline parallelism is its number of NPUs.
 */
export interface ModelDeployment {
  /** Servers of a replica; with more than one, each has one pod with the same share of the NPUs. */
  readonly servers: number;
  /** NPUs (schedulable devices) of a replica, over all its servers. */
  readonly npus: number;
  readonly tensorParallel: number;
  /** @default 1 */
  readonly dataParallel?: number;
  /** @default 1 */
  readonly pipelineParallel?: number;
  /** Whether experts are spread over all NPUs (`--enable-expert-parallel`). @default false */
  readonly expertParallel?: boolean;
  /** Number format of activations: the 310P has no BF16. */
  readonly dtype: 'bfloat16' | 'float16' | 'float32';
  /** @default - the weights of the model */
  readonly weights?: Weights;
  /** Arguments of the source's command line that the model needs or that its memory was measured with. */
  readonly arguments?: VllmArguments;
  /** Environment of the source's command line that belongs to this deployment; no network, no paths. */
  readonly environment?: Readonly<Record<string, string>>;
  /** `VLLM_ENGINE_READY_TIMEOUT_S` of the source, in seconds. @default - the source sets none */
  readonly readyTimeoutSeconds?: number;
  readonly source: string;
  /** Why this is an assumption. @default - documented by the source */
  readonly assumed?: string;
}

/** Arguments of `vllm serve`, named like the flags (`maxModelLen` is `--max-model-len`, `enablePrefixCaching: false` is `--no-enable-prefix-caching`). */
export interface VllmArguments {
  /** Tokens of input and output together that a request may have. */
  readonly maxModelLen?: PositiveCount;
  /** Requests in one batch. */
  readonly maxNumSeqs?: PositiveCount;
  /** Tokens in one step. */
  readonly maxNumBatchedTokens?: PositiveCount;
  /** Share of device memory that vLLM may use: 0 to 1. */
  readonly gpuMemoryUtilization?: Ratio;
  /** Tokens of a block of the KV cache. */
  readonly blockSize?: number;
  readonly trustRemoteCode?: boolean;
  readonly asyncScheduling?: boolean;
  readonly enablePrefixCaching?: boolean;
  readonly enableChunkedPrefill?: boolean;
  readonly enforceEager?: boolean;
  readonly distributedExecutorBackend?: 'mp' | 'ray';
  /** How weights are read: `sharded_state` for those of the 310P. */
  readonly loadFormat?: 'sharded_state';
  readonly safetensorsLoadStrategy?: 'prefetch';
  readonly tokenizerMode?: string;
  /** Makes structured tool calls from the text of the model; wants `enableAutoToolChoice`. */
  readonly toolCallParser?: string;
  readonly enableAutoToolChoice?: boolean;
  /** Tells thoughts from answers. */
  readonly reasoningParser?: string;
  /** GiB of host memory for pictures already seen. */
  readonly mmProcessorCacheGb?: number;
  readonly mmEncoderTpMode?: 'data';
  readonly limitMmPerPrompt?: JsonObject;
  readonly compilationConfig?: JsonObject;
  readonly speculativeConfig?: JsonObject;
  readonly additionalConfig?: JsonObject;
  readonly modelLoaderExtraConfig?: JsonObject;
  readonly hfOverrides?: JsonObject;
}

/** A JSON object as vLLM takes it on the command line. */
export type JsonObject = { readonly [key: string]: JsonValue };
export type JsonValue = string | number | boolean | readonly JsonValue[] | JsonObject;
