import { mha, routedExperts } from '../architecture';
import {
  type Deployment,
  FULL_DECODE_GRAPH,
  tensorParallel,
  type VllmArguments,
} from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { config, nightly, recipe, tutorial } from '../sources';
import { computedSize } from '../weights';

const README = 'QwenLM/Qwen3 README.md (7a2f61f)';
const CODER_CARD =
  'model card of Qwen3-Coder-30B-A3B-Instruct, as copied in ztxz16/fastllm Qwen3-Coder-30B-A3B-Instruct/README.md';

const QWEN = {
  access: 'weights',
  origin: 'domestic',
  runtime: 'vllm-ascend',
  licence: licence('Apache-2.0', `${README}, License Agreement`),
} as const;

/** 30B-A3B and Coder-30B-A3B, which is one of it. */
const SMALL = {
  ...QWEN,
  parametersBillions: { value: 30.5, source: recipe('Qwen/Qwen3-30B-A3B') },
  activeBillions: { value: 3.3, source: recipe('Qwen/Qwen3-30B-A3B') },
  routedBillions: routedExperts({
    layers: 48,
    experts: 128,
    hiddenSize: 2048,
    innerSize: 768,
    source: config('Qwen/Qwen3-30B-A3B'),
  }),
} as const;

const SMALL_ARGUMENTS: VllmArguments = {
  maxModelLen: 40960,
  maxNumSeqs: 100,
  maxNumBatchedTokens: 16384,
  gpuMemoryUtilization: 0.95,
  trustRemoteCode: true,
  enablePrefixCaching: false,
  distributedExecutorBackend: 'mp',
  compilationConfig: FULL_DECODE_GRAPH,
  additionalConfig: { weight_nz_mode: 2 },
};
const SMALL_ENVIRONMENT = {
  HCCL_BUFFSIZE: '1024',
  OMP_NUM_THREADS: '1',
  OMP_PROC_BIND: 'false',
  PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
};

/** BF16 over four NPUs; the tutorial's command is for W8A8 and runs without `--quantization` for BF16. */
function fourNpus(source: string): WeightsModel['deployments'] {
  const a2 = tensorParallel(4, {
    expertParallel: true,
    arguments: SMALL_ARGUMENTS,
    environment: SMALL_ENVIRONMENT,
    source,
  });
  return {
    A2: a2,
    A3: { ...a2, environment: { ...SMALL_ENVIRONMENT, HCCL_OP_EXPANSION_MODE: 'AIV' } },
  };
}

const LARGE = {
  ...QWEN,
  task: 'chat',
  parametersBillions: {
    value: 235.1,
    source: 'OpenGVLab/InternVL README.md (2410d1d), language part of InternVL3.5-241B-A28B',
  },
  activeBillions: { value: 22, source: recipe('Qwen/Qwen3-235B-A22B-Instruct-2507') },
  routedBillions: routedExperts({
    layers: 94,
    experts: 128,
    hiddenSize: 4096,
    innerSize: 1536,
    source: config('Qwen/Qwen3-235B-A22B'),
  }),
} as const;

/** One A2 server, or half an A3 server. */
function eightNpus(maxModelLen: number): Deployment {
  return tensorParallel(8, {
    expertParallel: true,
    arguments: {
      maxModelLen,
      maxNumSeqs: 32,
      maxNumBatchedTokens: 8096,
      gpuMemoryUtilization: 0.95,
      trustRemoteCode: true,
      compilationConfig: FULL_DECODE_GRAPH,
    },
    environment: {
      HCCL_BUFFSIZE: '512',
      OMP_NUM_THREADS: '1',
      OMP_PROC_BIND: 'false',
      PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
      TASK_QUEUE_ENABLE: '1',
    },
    source: `${tutorial('Qwen3-235B-A22B')}, without its longer context by YaRN`,
  });
}

/** Qwen3 for text with experts. */
export const QWEN3_MOE: readonly WeightsModel[] = [
  {
    ...SMALL,
    id: 'qwen3-30b-a3b',
    title: 'Qwen3-30B-A3B',
    task: 'chat',
    modelScopeId: 'Qwen/Qwen3-30B-A3B',
    huggingFaceId: 'Qwen/Qwen3-30B-A3B',
    released: { value: '2025-04-29', source: README },
    attention: mha(48, 32, 4, 128, config('Qwen/Qwen3-30B-A3B')),
    contextLength: { value: 40960, source: config('Qwen/Qwen3-30B-A3B') },
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'Qwen/Qwen3-30B-A3B',
      sizeGib: computedSize(30.5, 'bf16'),
    },
    deployments: {
      ...fourNpus(tutorial('Qwen3-30B-A3B')),
      '310P': tensorParallel(2, {
        dtype: 'float16',
        weights: {
          format: 'w8a8',
          hub: 'modelscope',
          repository: 'Eco-Tech/Qwen3-30B-A3B-w8a8-QuaRot-310',
          sizeGib: computedSize(30.5, 'w8a8'),
        },
        arguments: {
          maxModelLen: 16384,
          maxNumSeqs: 32,
          enablePrefixCaching: false,
          additionalConfig: {
            ascend_compilation_config: { fuse_norm_quant: false, enable_npu_graph_ex: false },
          },
          compilationConfig: { ...FULL_DECODE_GRAPH, cudagraph_capture_sizes: [1, 32] },
        },
        source: tutorial('Qwen3-30B-A3B'),
      }),
    },
  },
  {
    ...SMALL,
    id: 'qwen3-coder-30b-a3b',
    title: 'Qwen3-Coder-30B-A3B-Instruct',
    task: 'code',
    modelScopeId: 'Qwen/Qwen3-Coder-30B-A3B-Instruct',
    huggingFaceId: 'Qwen/Qwen3-Coder-30B-A3B-Instruct',
    released: { value: '2025-07-31', source: 'QwenLM/Qwen3-Coder, commit 0ae30f5' },
    licence: licence('Apache-2.0', `${CODER_CARD}: license apache-2.0`),
    // The card has layers and heads; the width of a head is that of the model that it is one of.
    attention: mha(48, 32, 4, 128, `${CODER_CARD}; ${config('Qwen/Qwen3-30B-A3B')}`),
    contextLength: { value: 262144, source: CODER_CARD },
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'Qwen/Qwen3-Coder-30B-A3B-Instruct',
      sizeGib: computedSize(30.5, 'bf16'),
    },
    deployments: fourNpus(tutorial('Qwen3-Coder-30B-A3B')),
  },
  {
    ...LARGE,
    id: 'qwen3-235b-a22b',
    title: 'Qwen3-235B-A22B',
    modelScopeId: 'Qwen/Qwen3-235B-A22B',
    huggingFaceId: 'Qwen/Qwen3-235B-A22B',
    released: { value: '2025-04-29', source: README },
    attention: mha(94, 64, 4, 128, config('Qwen/Qwen3-235B-A22B')),
    contextLength: { value: 40960, source: config('Qwen/Qwen3-235B-A22B') },
    weights: {
      format: 'w8a8',
      hub: 'modelscope',
      repository: 'vllm-ascend/Qwen3-235B-A22B-W8A8',
      sizeGib: computedSize(235.1, 'w8a8'),
    },
    deployments: {
      A2: eightNpus(40960),
      A3: {
        servers: 1,
        npus: 16,
        tensorParallel: 4,
        dataParallel: 4,
        expertParallel: true,
        dtype: 'bfloat16',
        arguments: {
          maxModelLen: 40960,
          maxNumSeqs: 12,
          maxNumBatchedTokens: 8192,
          gpuMemoryUtilization: 0.9,
          trustRemoteCode: true,
          compilationConfig: FULL_DECODE_GRAPH,
        },
        environment: {
          HCCL_BUFFSIZE: '1024',
          OMP_NUM_THREADS: '10',
          OMP_PROC_BIND: 'false',
          PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
        },
        source: nightly('Qwen3-235B-A22B-W8A8'),
      },
    },
  },
  {
    ...LARGE,
    id: 'qwen3-235b-a22b-2507',
    title: 'Qwen3-235B-A22B-Instruct-2507',
    modelScopeId: 'Qwen/Qwen3-235B-A22B-Instruct-2507',
    huggingFaceId: 'Qwen/Qwen3-235B-A22B-Instruct-2507',
    released: { value: '2025-07-21', source: README },
    contextLength: { value: 262144, source: recipe('Qwen/Qwen3-235B-A22B-Instruct-2507') },
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'Qwen/Qwen3-235B-A22B-Instruct-2507',
      sizeGib: computedSize(235.1, 'bf16'),
    },
    deployments: {
      A2: {
        ...eightNpus(32768),
        assumed: 'the tutorial names one server for BF16 of the first release; context is ours',
      },
      A3: {
        ...tensorParallel(16, eightNpus(131072)),
        assumed: 'the tutorial names one server for BF16 of the first release; context is ours',
      },
    },
  },
];
