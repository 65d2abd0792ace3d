import { routedExperts } from '../architecture';
import { FULL_DECODE_GRAPH, type VllmArguments } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { config, modelsDev, recipe, tutorial } from '../sources';
import { computedSize } from '../weights';

/** The cache is compressed by layer: no field of ours describes it, so `attention` is left out. */
const V4 = { access: 'weights', origin: 'domestic', runtime: 'vllm-ascend' } as const;
const LICENCE = licence('MIT', 'ai-tldr.dev/releases/deepseek-v4: weights under MIT');

const COMMON: VllmArguments = {
  gpuMemoryUtilization: 0.9,
  tokenizerMode: 'deepseek_v4',
  toolCallParser: 'deepseek_v4',
  enableAutoToolChoice: true,
  reasoningParser: 'deepseek_v4',
  speculativeConfig: { method: 'mtp', num_speculative_tokens: 1, enforce_eager: true },
  compilationConfig: FULL_DECODE_GRAPH,
};
const LOADER = { enable_multithread_load: true, num_threads: 128 };
const GRAPH = { enable_npugraph_ex: true, enable_static_kernel: false };
const ENVIRONMENT = {
  HCCL_OP_EXPANSION_MODE: 'AIV',
  OMP_NUM_THREADS: '10',
  OMP_PROC_BIND: 'false',
  PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
  TASK_QUEUE_ENABLE: '1',
};

/** DeepSeek-V4: sparse attention with a compressed cache. */
export const DEEPSEEK_V4: readonly WeightsModel[] = [
  {
    ...V4,
    id: 'deepseek-v4-flash',
    title: 'DeepSeek-V4-Flash',
    task: 'chat',
    modelScopeId: 'deepseek-ai/DeepSeek-V4-Flash',
    huggingFaceId: 'deepseek-ai/DeepSeek-V4-Flash',
    parametersBillions: { value: 284, source: recipe('deepseek-ai/DeepSeek-V4-Flash') },
    activeBillions: { value: 13, source: recipe('deepseek-ai/DeepSeek-V4-Flash') },
    routedBillions: routedExperts({
      layers: 43,
      experts: 256,
      hiddenSize: 4096,
      innerSize: 2048,
      source: config('deepseek-ai/DeepSeek-V4-Flash'),
    }),
    released: { value: '2026-04-24', source: modelsDev('deepseek/deepseek-v4-flash') },
    licence: LICENCE,
    contextLength: { value: 1048576, source: config('deepseek-ai/DeepSeek-V4-Flash') },
    weights: {
      format: 'w8a8',
      hub: 'modelscope',
      repository: 'Eco-Tech/DeepSeek-V4-Flash-w8a8-mtp',
      sizeGib: computedSize(284, 'w8a8'),
    },
    deployments: {
      A2: {
        servers: 1,
        npus: 8,
        tensorParallel: 8,
        expertParallel: true,
        dtype: 'bfloat16',
        arguments: {
          ...COMMON,
          maxModelLen: 133120,
          maxNumBatchedTokens: 8192,
          maxNumSeqs: 32,
          blockSize: 128,
          enablePrefixCaching: false,
          modelLoaderExtraConfig: LOADER,
          additionalConfig: {
            ascend_compilation_config: GRAPH,
            enable_cpu_binding: true,
            enable_dsa_cp: true,
            enable_flashcomm1: true,
            multistream_overlap_shared_expert: true,
          },
        },
        environment: { ...ENVIRONMENT, HCCL_BUFFSIZE: '1024' },
        source: tutorial('DeepSeek-V4-Flash'),
      },
      A3: {
        servers: 1,
        npus: 16,
        tensorParallel: 4,
        dataParallel: 4,
        expertParallel: true,
        dtype: 'bfloat16',
        arguments: {
          ...COMMON,
          maxModelLen: 1048576,
          maxNumBatchedTokens: 10240,
          maxNumSeqs: 64,
          blockSize: 32,
          modelLoaderExtraConfig: LOADER,
          additionalConfig: {
            ascend_compilation_config: GRAPH,
            enable_cpu_binding: true,
            multistream_overlap_shared_expert: true,
          },
        },
        environment: {
          ...ENVIRONMENT,
          HCCL_BUFFSIZE: '1024',
          VLLM_PREFIX_CACHE_RETENTION_INTERVAL: '4096',
        },
        source: tutorial('DeepSeek-V4-Flash'),
      },
    },
  },
  {
    ...V4,
    id: 'deepseek-v4-pro',
    title: 'DeepSeek-V4-Pro',
    task: 'reasoning',
    modelScopeId: 'deepseek-ai/DeepSeek-V4-Pro',
    huggingFaceId: 'deepseek-ai/DeepSeek-V4-Pro',
    parametersBillions: { value: 1600, source: recipe('deepseek-ai/DeepSeek-V4-Pro') },
    activeBillions: { value: 49, source: recipe('deepseek-ai/DeepSeek-V4-Pro') },
    routedBillions: routedExperts({
      layers: 61,
      experts: 384,
      hiddenSize: 7168,
      innerSize: 3072,
      source: config('deepseek-ai/DeepSeek-V4-Pro'),
    }),
    released: { value: '2026-04-24', source: modelsDev('deepseek/deepseek-v4-pro') },
    licence: LICENCE,
    contextLength: { value: 1048576, source: config('deepseek-ai/DeepSeek-V4-Pro') },
    weights: {
      format: 'w4a8',
      hub: 'modelscope',
      repository: 'Eco-Tech/DeepSeek-V4-Pro-w4a8-mtp',
      sizeGib: computedSize(1600, 'w4a8'),
    },
    deployments: {
      A2: {
        servers: 4,
        npus: 32,
        tensorParallel: 8,
        dataParallel: 4,
        expertParallel: true,
        dtype: 'bfloat16',
        arguments: {
          ...COMMON,
          maxModelLen: 135000,
          maxNumBatchedTokens: 4096,
          maxNumSeqs: 16,
          blockSize: 128,
          enablePrefixCaching: false,
          safetensorsLoadStrategy: 'prefetch',
          modelLoaderExtraConfig: LOADER,
          additionalConfig: {
            ascend_compilation_config: GRAPH,
            enable_cpu_binding: true,
            enable_shared_expert_dp: true,
            multistream_overlap_shared_expert: true,
          },
        },
        environment: {
          ...ENVIRONMENT,
          ACL_OP_INIT_MODE: '1',
          ASCEND_CONNECT_TIMEOUT: '10000',
          ASCEND_TRANSFER_TIMEOUT: '10000',
          HCCL_BUFFSIZE: '512',
          HCCL_CONNECT_TIMEOUT: '7200',
          VLLM_RPC_TIMEOUT: '1800000',
        },
        readyTimeoutSeconds: 3600,
        source: tutorial('DeepSeek-V4-Pro'),
      },
      A3: {
        servers: 2,
        npus: 32,
        tensorParallel: 16,
        dataParallel: 2,
        expertParallel: true,
        dtype: 'bfloat16',
        arguments: {
          ...COMMON,
          maxModelLen: 135000,
          maxNumBatchedTokens: 4096,
          maxNumSeqs: 32,
          blockSize: 128,
          safetensorsLoadStrategy: 'prefetch',
          additionalConfig: {
            ascend_compilation_config: GRAPH,
            enable_cpu_binding: true,
            multistream_overlap_shared_expert: true,
          },
        },
        environment: { ...ENVIRONMENT, HCCL_BUFFSIZE: '2048' },
        source: tutorial('DeepSeek-V4-Pro'),
      },
    },
  },
];
