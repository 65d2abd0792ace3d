import { mha } from '../architecture';
import { listed, onBoth } from '../assumptions';
import { FULL_DECODE_GRAPH, tensorParallel } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { config, tutorial } from '../sources';
import { computedSize } from '../weights';

const INTERNVL = 'OpenGVLab/InternVL README.md (2410d1d)';
const LLAVA = 'haotian-liu/LLaVA docs/MODEL_ZOO.md (c121f04)';

const internvl = tensorParallel(4, {
  arguments: {
    maxModelLen: 40960,
    maxNumSeqs: 32,
    maxNumBatchedTokens: 16384,
    gpuMemoryUtilization: 0.9,
    trustRemoteCode: true,
    enableChunkedPrefill: true,
    mmProcessorCacheGb: 0,
    safetensorsLoadStrategy: 'prefetch',
    compilationConfig: {
      ...FULL_DECODE_GRAPH,
      cudagraph_capture_sizes: [4, 32, 64, 128, 192, 256, 512],
    },
    additionalConfig: { enable_weight_nz_layout: true, enable_cpu_binding: true },
  },
  environment: {
    HCCL_BUFFSIZE: '1536',
    HCCL_OP_EXPANSION_MODE: 'AIV',
    OMP_NUM_THREADS: '1',
    OMP_PROC_BIND: 'false',
    PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
    TASK_QUEUE_ENABLE: '1',
    VLLM_ASCEND_ENABLE_FUSED_MC2: '1',
  },
  source: tutorial('InternVL3.5'),
});

/** Models that talk about pictures and are not of Qwen or Llama. */
export const VISION_LANGUAGE: readonly WeightsModel[] = [
  {
    id: 'internvl3-5-38b',
    title: 'InternVL3.5-38B',
    task: 'vision-language',
    access: 'weights',
    origin: 'domestic',
    base: {
      name: 'Qwen3-32B and InternViT-6B',
      origin: 'domestic',
      source: `${INTERNVL}: language part of 32.8B`,
    },
    modelScopeId: 'OpenGVLab/InternVL3_5-38B',
    huggingFaceId: 'OpenGVLab/InternVL3_5-38B',
    parametersBillions: { value: 38.4, source: INTERNVL },
    released: { value: '2025-08-26', source: INTERNVL },
    licence: licence(
      'MIT',
      `${INTERNVL}, License`,
      'licence of the project; the card of the weights was not read',
    ),
    runtime: 'vllm-ascend',
    // Its language part is Qwen3-32B.
    attention: mha(64, 64, 8, 128, config('Qwen/Qwen3-32B')),
    contextLength: { value: 40960, source: config('Qwen/Qwen3-32B') },
    repositoryCode: {
      value: 'configuration',
      source:
        'vllm-project/vllm tests/models/registry.py (0008d35), InternVLChatModel; transformers 5.5.4 and vLLM 0.23.0 have no internvl_chat',
    },
    weights: {
      format: 'w8a8',
      hub: 'modelscope',
      repository: 'Eco-Tech/InternVL3_5-38B-w8a8',
      sizeGib: computedSize(38.4, 'w8a8'),
    },
    deployments: {
      A2: {
        ...internvl,
        assumed: 'the tutorial names an A3 server; four NPUs of A2 have the same memory',
      },
      A3: internvl,
    },
  },
  {
    id: 'llava-1-6-mistral-7b',
    title: 'LLaVA-1.6-Mistral-7B',
    task: 'vision-language',
    access: 'weights',
    origin: 'foreign',
    base: { name: 'Mistral-7B', origin: 'foreign', source: LLAVA },
    modelScopeId: 'llava-hf/llava-v1.6-mistral-7b-hf',
    huggingFaceId: 'llava-hf/llava-v1.6-mistral-7b-hf',
    parametersBillions: { value: 7, source: `${LLAVA}: Mistral-7B` },
    released: { value: '2024-01-30', source: 'haotian-liu/LLaVA README.md (c121f04)' },
    licence: licence(
      'Apache-2.0',
      `${LLAVA}: that of the language model`,
      'the card of Mistral-7B was not read',
    ),
    runtime: 'vllm-ascend',
    weights: {
      format: 'fp16',
      hub: 'modelscope',
      repository: 'llava-hf/llava-v1.6-mistral-7b-hf',
      sizeGib: computedSize(7, 'fp16'),
    },
    deployments: onBoth({ ...listed(1), dtype: 'float16' }),
  },
];
