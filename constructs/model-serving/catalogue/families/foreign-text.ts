import { mha, routedExperts } from '../architecture';
import { listed, onBoth } from '../assumptions';
import { FULL_DECODE_GRAPH, tensorParallel } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { config, SUPPORT_MATRIX, tutorial } from '../sources';
import { HARMONY } from '../vocabulary';
import { computedSize } from '../weights';

const MISTRAL = 'mistralai/mistral-inference README.md (2557e12)';
const MIXTRAL_8X7B = 'centerconsulting.com/ai-library/milestones/2023-mixtral';
const MIXTRAL_8X22B = 'aimpact.prandi.net/en/events/2024-04-17-mixtral-8x22b';
const GEMMA = 'google/gemma_pytorch (014acb7)';
const GPT_OSS = 'openai/gpt-oss README.md (7b58334)';
const STARCODER = 'huggingface/transformers docs/source/en/model_doc/starcoder2.md';
const APACHE_AT_MISTRAL =
  'its card was not read; the README marks models with another licence, and not this one';

const FOREIGN = { access: 'weights', origin: 'foreign', runtime: 'vllm-ascend' } as const;

/** Models for text from abroad that are not of Meta. */
export const FOREIGN_TEXT: readonly WeightsModel[] = [
  {
    ...FOREIGN,
    id: 'mistral-7b',
    title: 'Mistral-7B-Instruct-v0.2',
    task: 'chat',
    modelScopeId: 'AI-ModelScope/Mistral-7B-Instruct-v0.2',
    huggingFaceId: 'mistralai/Mistral-7B-Instruct-v0.2',
    parametersBillions: { value: 7, source: 'name of mistralai/Mistral-7B-Instruct-v0.2' },
    released: {
      value: '2023-12',
      source: 'huggingface.co/mistralai/Mistral-7B-Instruct-v0.2',
      assumed: 'the card was not read; the first version is of 2023-09-27 (mistral-inference)',
    },
    licence: licence('Apache-2.0', MISTRAL, APACHE_AT_MISTRAL),
    attention: mha(32, 32, 8, 128, 'LMCache/LMCache docs/source/_static/modelconfig.json'),
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'AI-ModelScope/Mistral-7B-Instruct-v0.2',
      sizeGib: computedSize(7, 'bf16'),
    },
    deployments: onBoth(listed(1)),
  },
  {
    ...FOREIGN,
    id: 'mixtral-8x7b',
    title: 'Mixtral-8x7B-Instruct-v0.1',
    task: 'chat',
    modelScopeId: 'AI-ModelScope/Mixtral-8x7B-Instruct-v0.1',
    huggingFaceId: 'mistralai/Mixtral-8x7B-Instruct-v0.1',
    parametersBillions: { value: 46.7, source: MIXTRAL_8X7B },
    activeBillions: { value: 12.9, source: MIXTRAL_8X7B },
    routedBillions: routedExperts({
      layers: 32,
      experts: 8,
      hiddenSize: 4096,
      innerSize: 14336,
      source: config('mistralai/Mixtral-8x7B-v0.1'),
    }),
    released: { value: '2023-12-11', source: MIXTRAL_8X7B },
    licence: licence('Apache-2.0', MIXTRAL_8X7B),
    attention: mha(32, 32, 8, 128, config('mistralai/Mixtral-8x7B-v0.1')),
    contextLength: { value: 32768, source: config('mistralai/Mixtral-8x7B-v0.1') },
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'AI-ModelScope/Mixtral-8x7B-Instruct-v0.1',
      sizeGib: computedSize(46.7, 'bf16'),
    },
    deployments: onBoth(mixtral()),
  },
  {
    ...FOREIGN,
    id: 'mixtral-8x22b',
    title: 'Mixtral-8x22B-Instruct-v0.1',
    task: 'chat',
    huggingFaceId: 'mistralai/Mixtral-8x22B-Instruct-v0.1',
    parametersBillions: { value: 141, source: MIXTRAL_8X22B },
    activeBillions: { value: 39, source: MIXTRAL_8X22B },
    routedBillions: routedExperts({
      layers: 56,
      experts: 8,
      hiddenSize: 6144,
      innerSize: 16384,
      source: config('mistralai/Mixtral-8x22B-v0.1'),
    }),
    released: {
      value: '2024-04-17',
      source: 'anomalyco/models.dev providers/mistral/models/open-mixtral-8x22b.toml (f3fc69229)',
    },
    licence: licence('Apache-2.0', MIXTRAL_8X22B),
    attention: mha(56, 48, 8, 128, config('mistralai/Mixtral-8x22B-v0.1')),
    contextLength: { value: 65536, source: config('mistralai/Mixtral-8x22B-v0.1') },
    weights: {
      format: 'bf16',
      hub: 'huggingface',
      repository: 'mistralai/Mixtral-8x22B-Instruct-v0.1',
      sizeGib: computedSize(141, 'bf16'),
    },
    deployments: onBoth(listed(8, 'the tutorial is for Mixtral-8x7B')),
  },
  {
    ...FOREIGN,
    id: 'gemma-3-27b',
    title: 'gemma-3-27b-it',
    task: 'chat',
    modelScopeId: 'LLM-Research/gemma-3-27b-it',
    huggingFaceId: 'google/gemma-3-27b-it',
    parametersBillions: { value: 27, source: `name in ${GEMMA} gemma/config.py` },
    released: { value: '2025-03-12', source: `${GEMMA} README.md` },
    licence: licence(
      'Gemma Terms of Use',
      'model card of Gemma 3 (license: gemma), ai.google.dev/gemma/prohibited_use_policy',
    ),
    // One layer in six keeps the whole context; counted as if all did.
    attention: mha(62, 32, 16, 128, `${GEMMA} gemma/config.py, get_config_for_27b_v3`),
    contextLength: { value: 131072, source: `${GEMMA} gemma/config.py` },
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'LLM-Research/gemma-3-27b-it',
      sizeGib: computedSize(27, 'bf16'),
    },
    deployments: onBoth(listed(4)),
  },
  {
    ...FOREIGN,
    id: 'gpt-oss-120b',
    title: 'gpt-oss-120b',
    task: 'agent',
    modelScopeId: 'openai-mirror/gpt-oss-120b',
    huggingFaceId: 'openai/gpt-oss-120b',
    parametersBillions: { value: 117, source: GPT_OSS },
    activeBillions: { value: 5.1, source: GPT_OSS },
    routedBillions: routedExperts({
      layers: 36,
      experts: 128,
      hiddenSize: 2880,
      innerSize: 2880,
      source: config('openai/gpt-oss-120b'),
    }),
    released: { value: '2025-08-05', source: 'openai/gpt-oss, first commit (243a1b0)' },
    licence: licence('Apache-2.0', GPT_OSS),
    // Every second layer keeps the whole context; counted as if all did.
    attention: mha(36, 64, 8, 64, config('openai/gpt-oss-120b')),
    contextLength: { value: 131072, source: config('openai/gpt-oss-120b') },
    vocabulary: HARMONY,
    weights: {
      format: 'bf16',
      hub: 'huggingface',
      repository: 'unsloth/gpt-oss-120b-BF16',
      sizeGib: computedSize(117, 'bf16'),
    },
    deployments: onBoth(gptOss()),
  },
  {
    ...FOREIGN,
    id: 'starcoder2-15b',
    title: 'StarCoder2-15B',
    task: 'code',
    huggingFaceId: 'bigcode/starcoder2-15b',
    parametersBillions: { value: 15, source: STARCODER },
    released: { value: '2024-02', source: `arXiv 2402.19173, released with it: ${STARCODER}` },
    licence: licence('BigCode OpenRAIL-M v1', STARCODER),
    contextLength: { value: 16384, source: STARCODER },
    weights: {
      format: 'bf16',
      hub: 'huggingface',
      repository: 'bigcode/starcoder2-15b',
      sizeGib: computedSize(15, 'bf16'),
    },
    deployments: {
      A2: tensorParallel(1, {
        source: SUPPORT_MATRIX,
        assumed: 'not on the matrix; vLLM serves its kind, and one NPU holds it',
      }),
    },
  },
];

function mixtral() {
  return tensorParallel(4, {
    arguments: {
      maxModelLen: 4096,
      trustRemoteCode: true,
      enforceEager: true,
      blockSize: 128,
      gpuMemoryUtilization: 0.7,
    },
    source: tutorial('Mixtral-8x7B-Instruct-v0.1'),
  });
}

function gptOss() {
  return tensorParallel(8, {
    expertParallel: true,
    arguments: {
      maxModelLen: 4096,
      maxNumSeqs: 4,
      maxNumBatchedTokens: 4096,
      gpuMemoryUtilization: 0.9,
      trustRemoteCode: true,
      compilationConfig: { ...FULL_DECODE_GRAPH, cudagraph_capture_sizes: [1, 2, 3, 4] },
    },
    environment: {
      HCCL_BUFFSIZE: '512',
      HCCL_OP_EXPANSION_MODE: 'AIV',
      NPU_MEMORY_FRACTION: '0.95',
      OMP_NUM_THREADS: '1',
      OMP_PROC_BIND: 'false',
      TASK_QUEUE_ENABLE: '1',
    },
    source: tutorial('gpt-oss-120b'),
    assumed: 'the tutorial takes four NPUs; with HCCL they hold the weights and no cache',
  });
}
