import { mha, routedExperts } from '../architecture';
import { onBoth } from '../assumptions';
import { FULL_DECODE_GRAPH, tensorParallel, type VllmArguments } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { config, recipe, tutorial } from '../sources';
import { computedSize } from '../weights';

const README = 'QwenLM/Qwen3-VL README.md (9658872)';

const VISION = {
  task: 'vision-language',
  access: 'weights',
  origin: 'domestic',
  runtime: 'vllm-ascend',
} as const;
const VL = { ...VISION, licence: licence('Apache-2.0', 'QwenLM/Qwen3-VL LICENSE (9658872)') };

const ENVIRONMENT = {
  HCCL_OP_EXPANSION_MODE: 'AIV',
  OMP_NUM_THREADS: '1',
  OMP_PROC_BIND: 'false',
  PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
  TASK_QUEUE_ENABLE: '1',
};

const SMALL: VllmArguments = {
  maxModelLen: 32768,
  maxNumSeqs: 128,
  maxNumBatchedTokens: 16384,
  gpuMemoryUtilization: 0.91,
  trustRemoteCode: true,
  asyncScheduling: true,
  enablePrefixCaching: false,
  mmProcessorCacheGb: 0,
  compilationConfig: { ...FULL_DECODE_GRAPH, cudagraph_capture_sizes: [1, 2, 4, 8, 16, 32] },
};
const small = tensorParallel(1, {
  arguments: SMALL,
  environment: ENVIRONMENT,
  source: tutorial('Qwen-VL-Dense'),
});

/** Experts of the large ones; one picture a prompt, as in the tutorials. */
const EXPERTS: VllmArguments = {
  maxModelLen: 32768,
  maxNumSeqs: 32,
  maxNumBatchedTokens: 16384,
  enablePrefixCaching: false,
  mmProcessorCacheGb: 0,
  limitMmPerPrompt: { image: 1, video: 0 },
  compilationConfig: {
    ...FULL_DECODE_GRAPH,
    cudagraph_capture_sizes: [1, 2, 4, 8, 16, 24, 32],
  },
};
const middle = tensorParallel(2, {
  expertParallel: true,
  arguments: { ...EXPERTS, gpuMemoryUtilization: 0.9 },
  environment: { ...ENVIRONMENT, HCCL_BUFFSIZE: '1024', VLLM_ASCEND_ENABLE_FUSED_MC2: '1' },
  source: tutorial('Qwen3-VL-30B-A3B-Instruct'),
});

/** Qwen that sees: Qwen3-VL, and Qwen3.5, which is one model for both. */
export const QWEN3_VISION: readonly WeightsModel[] = [
  {
    ...VL,
    id: 'qwen3-vl-8b',
    title: 'Qwen3-VL-8B-Instruct',
    modelScopeId: 'Qwen/Qwen3-VL-8B-Instruct',
    huggingFaceId: 'Qwen/Qwen3-VL-8B-Instruct',
    parametersBillions: { value: 8, source: 'name of Qwen/Qwen3-VL-8B-Instruct' },
    released: { value: '2025-10-15', source: README },
    attention: mha(36, 32, 8, 128, config('Qwen/Qwen3-VL-8B-Instruct')),
    contextLength: { value: 262144, source: config('Qwen/Qwen3-VL-8B-Instruct') },
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'Qwen/Qwen3-VL-8B-Instruct',
      sizeGib: computedSize(8, 'bf16'),
    },
    deployments: {
      A2: small,
      A3: small,
      '310P': {
        ...small,
        dtype: 'float16',
        arguments: {
          ...SMALL,
          maxModelLen: 16384,
          additionalConfig: { ascend_compilation_config: { enable_npugraph_ex: false } },
        },
      },
    },
  },
  {
    ...VL,
    id: 'qwen3-vl-30b-a3b',
    title: 'Qwen3-VL-30B-A3B-Instruct',
    modelScopeId: 'Qwen/Qwen3-VL-30B-A3B-Instruct',
    huggingFaceId: 'Qwen/Qwen3-VL-30B-A3B-Instruct',
    parametersBillions: { value: 30, source: 'name of Qwen/Qwen3-VL-30B-A3B-Instruct' },
    activeBillions: { value: 3, source: 'name of Qwen/Qwen3-VL-30B-A3B-Instruct' },
    released: { value: '2025-10-04', source: README },
    attention: mha(48, 32, 4, 128, config('Qwen/Qwen3-VL-30B-A3B-Instruct')),
    contextLength: { value: 262144, source: config('Qwen/Qwen3-VL-30B-A3B-Instruct') },
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'Qwen/Qwen3-VL-30B-A3B-Instruct',
      sizeGib: computedSize(30, 'bf16'),
    },
    deployments: onBoth(middle),
  },
  {
    ...VL,
    id: 'qwen3-vl-235b-a22b',
    title: 'Qwen3-VL-235B-A22B-Instruct',
    modelScopeId: 'Qwen/Qwen3-VL-235B-A22B-Instruct',
    huggingFaceId: 'Qwen/Qwen3-VL-235B-A22B-Instruct',
    parametersBillions: { value: 235, source: recipe('Qwen/Qwen3-VL-235B-A22B-Instruct') },
    activeBillions: { value: 22, source: recipe('Qwen/Qwen3-VL-235B-A22B-Instruct') },
    routedBillions: routedExperts({
      layers: 94,
      experts: 128,
      hiddenSize: 4096,
      innerSize: 1536,
      source: config('Qwen/Qwen3-VL-235B-A22B-Instruct'),
    }),
    released: { value: '2025-09-23', source: README },
    attention: mha(94, 64, 4, 128, config('Qwen/Qwen3-VL-235B-A22B-Instruct')),
    contextLength: { value: 262144, source: config('Qwen/Qwen3-VL-235B-A22B-Instruct') },
    weights: {
      format: 'w8a8',
      hub: 'modelscope',
      repository: 'Eco-Tech/Qwen3-VL-235B-A22B-Instruct-w8a8-QuaRot',
      sizeGib: computedSize(235, 'w8a8'),
    },
    deployments: {
      A2: {
        servers: 2,
        npus: 16,
        tensorParallel: 8,
        dataParallel: 2,
        expertParallel: true,
        dtype: 'bfloat16',
        arguments: {
          ...EXPERTS,
          maxModelLen: 262144,
          maxNumSeqs: 16,
          maxNumBatchedTokens: 4096,
          gpuMemoryUtilization: 0.9,
          trustRemoteCode: true,
          compilationConfig: FULL_DECODE_GRAPH,
          additionalConfig: { enable_cpu_binding: true },
        },
        environment: { ...ENVIRONMENT, HCCL_BUFFSIZE: '1024' },
        source: tutorial('Qwen3-VL-235B-A22B-Instruct'),
      },
      A3: {
        servers: 1,
        npus: 16,
        tensorParallel: 4,
        dataParallel: 4,
        expertParallel: true,
        dtype: 'bfloat16',
        arguments: { ...EXPERTS, gpuMemoryUtilization: 0.92, trustRemoteCode: true },
        environment: {
          ...ENVIRONMENT,
          HCCL_BUFFSIZE: '1536',
          VLLM_ASCEND_ENABLE_FUSED_MC2: '1',
        },
        source: tutorial('Qwen3-VL-235B-A22B-Instruct'),
      },
    },
  },
  {
    ...VISION,
    id: 'qwen3-5-397b-a17b',
    title: 'Qwen3.5-397B-A17B',
    licence: licence('Apache-2.0', 'QwenLM/Qwen3.5 README.md (7e103ae), License Agreement'),
    modelScopeId: 'Qwen/Qwen3.5-397B-A17B',
    huggingFaceId: 'Qwen/Qwen3.5-397B-A17B',
    parametersBillions: { value: 397, source: recipe('Qwen/Qwen3.5-397B-A17B') },
    activeBillions: { value: 17, source: recipe('Qwen/Qwen3.5-397B-A17B') },
    routedBillions: routedExperts({
      layers: 60,
      experts: 512,
      hiddenSize: 4096,
      innerSize: 1024,
      source: config('Qwen/Qwen3.5-397B-A17B'),
    }),
    released: { value: '2026-02-16', source: 'QwenLM/Qwen3.5 README.md (7e103ae)' },
    // 15 of its 60 layers keep the context; the others are linear.
    attention: mha(15, 32, 2, 256, config('Qwen/Qwen3.5-397B-A17B')),
    contextLength: { value: 262144, source: config('Qwen/Qwen3.5-397B-A17B') },
    weights: {
      format: 'w8a8',
      hub: 'modelscope',
      repository: 'Eco-Tech/Qwen3.5-397B-A17B-w8a8-mtp',
      sizeGib: computedSize(397, 'w8a8'),
    },
    deployments: {
      A2: {
        servers: 2,
        npus: 16,
        tensorParallel: 8,
        dataParallel: 2,
        expertParallel: true,
        dtype: 'bfloat16',
        arguments: {
          maxModelLen: 32768,
          maxNumSeqs: 16,
          maxNumBatchedTokens: 4096,
          gpuMemoryUtilization: 0.9,
          trustRemoteCode: true,
          enablePrefixCaching: false,
          speculativeConfig: { method: 'qwen3_5_mtp', num_speculative_tokens: 3 },
          compilationConfig: FULL_DECODE_GRAPH,
          additionalConfig: { enable_cpu_binding: true, multistream_overlap_shared_expert: true },
        },
        environment: {
          HCCL_BUFFSIZE: '1024',
          OMP_NUM_THREADS: '1',
          OMP_PROC_BIND: 'false',
          PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
          TASK_QUEUE_ENABLE: '1',
        },
        source: tutorial('Qwen3.5-397B-A17B'),
      },
      A3: {
        servers: 1,
        npus: 16,
        tensorParallel: 16,
        expertParallel: true,
        dtype: 'bfloat16',
        arguments: {
          maxModelLen: 133000,
          maxNumSeqs: 128,
          maxNumBatchedTokens: 16384,
          gpuMemoryUtilization: 0.9,
          trustRemoteCode: true,
          enablePrefixCaching: true,
          speculativeConfig: {
            method: 'qwen3_5_mtp',
            num_speculative_tokens: 3,
            enforce_eager: true,
          },
          compilationConfig: FULL_DECODE_GRAPH,
          additionalConfig: { enable_cpu_binding: true, enable_fused_mc2: 1 },
        },
        environment: {
          HCCL_BUFFSIZE: '1024',
          HCCL_OP_EXPANSION_MODE: 'AIV',
          OMP_NUM_THREADS: '1',
          PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
          TASK_QUEUE_ENABLE: '1',
        },
        source: tutorial('Qwen3.5-397B-A17B'),
      },
    },
  },
];
