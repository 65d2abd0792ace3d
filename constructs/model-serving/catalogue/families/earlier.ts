import { LICENCE_OF_REPOSITORY, listed, onBoth } from '../assumptions';
import { type Deployment, tensorParallel } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { SUPPORT_MATRIX } from '../sources';
import { computedSize } from '../weights';

const QWEN = 'QwenLM/Qwen3 README.md (7a2f61f), News';
const QWEN_VL = 'QwenLM/Qwen3-VL README.md (9658872), News';
const QWEN_LICENCE =
  'QwenLM/Qwen2.5 README.md, License Agreement: Apache 2.0 for all but the 3B and the 72B';
const CODER = 'QwenLM/Qwen2.5-Coder README.md (f060c55 of 2024-11-12, which adds the 32B)';
const MTEB = 'embeddings-benchmark/mteb mteb/models/gte_models.py (02277f8)';
const FLAG = 'FlagOpen/FlagEmbedding README.md (7ed43d6)';
const COGVIEW = 'THUDM/CogView4 README.md (1f21551)';
const PADDLE_OCR = 'PaddlePaddle/PaddleOCR docs/update/update.md (137d3b4)';
const PADDLEX = 'PaddlePaddle/PaddleX docs/module_usage/tutorials/ocr_modules (5029b505)';

const DOMESTIC = { access: 'weights', origin: 'domestic' } as const;

interface Qwen25 extends Pick<WeightsModel, 'id' | 'task' | 'released'> {
  readonly name: string;
  readonly billions: number;
  /** What the licence of the series does not say of this model. */
  readonly unread?: string;
  readonly deployment: Deployment;
}

function qwen25({ name, billions, unread, deployment, ...entry }: Qwen25): WeightsModel {
  const repository = `Qwen/${name}`;
  return {
    ...DOMESTIC,
    ...entry,
    title: name,
    runtime: 'vllm-ascend',
    modelScopeId: repository,
    huggingFaceId: repository,
    parametersBillions: { value: billions, source: `huggingface.co/${repository}: by its name` },
    licence: licence('Apache-2.0', QWEN_LICENCE, unread),
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository,
      sizeGib: computedSize(billions, 'bf16'),
    },
    deployments: onBoth(deployment),
  };
}

const SERIES = 'said of the series; the card of the weights was not read';
const ONE = 'one, as for Qwen3 of the same size';
const FOUR = 'four, as for Qwen3-32B';

/** Domestic models of 2023 to early 2025, which took the place of foreign ones before those of today came. */
export const EARLIER: readonly WeightsModel[] = [
  qwen25({
    id: 'qwen2-5-7b',
    name: 'Qwen2.5-7B-Instruct',
    task: 'chat',
    billions: 7,
    released: { value: '2024-09-19', source: QWEN },
    deployment: listed(1, ONE),
  }),
  qwen25({
    id: 'qwen2-5-32b',
    name: 'Qwen2.5-32B-Instruct',
    task: 'chat',
    billions: 32,
    released: { value: '2024-09-19', source: QWEN },
    deployment: listed(4, FOUR),
  }),
  qwen25({
    id: 'qwen2-5-coder-32b',
    name: 'Qwen2.5-Coder-32B-Instruct',
    task: 'code',
    billions: 32,
    released: { value: '2024-11-12', source: CODER },
    unread: SERIES,
    deployment: listed(4, FOUR),
  }),
  qwen25({
    id: 'qwen2-5-vl-7b',
    name: 'Qwen2.5-VL-7B-Instruct',
    task: 'vision-language',
    billions: 7,
    released: { value: '2025-01-28', source: QWEN_VL },
    unread: SERIES,
    deployment: listed(1, 'one, as for Qwen3-VL-8B'),
  }),
  {
    ...DOMESTIC,
    id: 'gte-qwen2-7b',
    title: 'gte-Qwen2-7B-instruct',
    task: 'embedding',
    base: { name: 'Qwen2-7B', origin: 'domestic', source: `${MTEB}: by its name` },
    runtime: 'vllm-ascend',
    huggingFaceId: 'Alibaba-NLP/gte-Qwen2-7B-instruct',
    parametersBillions: { value: 7.6, source: `${MTEB}: 7,613 million` },
    released: { value: '2024-06-15', source: `${MTEB}: first commit of its repository` },
    licence: licence('Apache-2.0', `${MTEB}: apache-2.0`),
    repositoryCode: {
      value: 'tokenizer',
      source:
        'vLLM documentation, pooling models: gte-Qwen2-* need --trust-remote-code for the correct tokenizer (huggingface/transformers issue 34882)',
    },
    weights: {
      format: 'bf16',
      hub: 'huggingface',
      repository: 'Alibaba-NLP/gte-Qwen2-7B-instruct',
      sizeGib: computedSize(7.6, 'bf16'),
    },
    deployments: onBoth(
      tensorParallel(1, {
        source: SUPPORT_MATRIX,
        assumed: 'not listed; one, as for Qwen3-Embedding-8B, which is of the same make',
      }),
    ),
  },
  {
    ...DOMESTIC,
    id: 'bge-reranker-v2-minicpm',
    title: 'bge-reranker-v2-minicpm-layerwise',
    task: 'reranker',
    base: {
      name: 'MiniCPM-2B',
      origin: 'domestic',
      source: 'FlagOpen/FlagEmbedding Tutorials/5_Reranking/5.2_BGE_Reranker.ipynb (7ed43d6)',
    },
    // Its layers are picked by code of its own, which vLLM does not have.
    runtime: 'container',
    huggingFaceId: 'BAAI/bge-reranker-v2-minicpm-layerwise',
    parametersBillions: {
      value: 2.72,
      source: 'FlagOpen/FlagEmbedding docs/source/bge/bge_reranker_v2.rst (7ed43d6)',
    },
    released: { value: '2024-03-18', source: FLAG },
    licence: licence('MIT', `${FLAG}, License`, LICENCE_OF_REPOSITORY),
    weights: {
      format: 'fp32',
      hub: 'huggingface',
      repository: 'BAAI/bge-reranker-v2-minicpm-layerwise',
      sizeGib: {
        value: 10.2,
        source: 'FlagOpen/FlagEmbedding docs/source/bge/bge_reranker_v2.rst (7ed43d6): 10.9 GB',
      },
    },
    deployments: onBoth(
      tensorParallel(1, {
        source: SUPPORT_MATRIX,
        assumed: 'no document of running it on Ascend was found; one holds it many times',
      }),
    ),
  },
  {
    ...DOMESTIC,
    id: 'pp-ocrv4',
    title: 'PP-OCRv4 server',
    task: 'ocr',
    runtime: 'container',
    parametersBillions: {
      value: 0.045,
      source: `${PADDLEX}: detection 109 MB and recognition 71.2 MB, of 4 bytes each`,
      assumed: 'computed from the size of the files',
    },
    released: { value: '2023-08-07', source: PADDLE_OCR },
    licence: licence(
      'Apache-2.0',
      'PaddlePaddle/PaddleOCR LICENSE',
      'licence of the repository, which the weights are part of',
    ),
    weights: {
      format: 'fp32',
      hub: 'web',
      address: 'paddlepaddle.github.io/PaddleX/latest/en/module_usage/tutorials/ocr_modules',
      repository: 'PaddlePaddle/PP-OCRv4_server',
      sizeGib: { value: 0.17, source: `${PADDLEX}: 109 + 71.2 MB` },
    },
    deployments: onBoth(
      tensorParallel(1, {
        dtype: 'float32',
        source: 'PaddlePaddle/PaddleX docs/support_list/model_list_npu_en.md (5029b505)',
        assumed: 'the number of NPUs is not told; one holds it many times',
      }),
    ),
  },
  {
    ...DOMESTIC,
    id: 'cogview4-6b',
    title: 'CogView4-6B',
    task: 'image-generation',
    runtime: 'container',
    modelScopeId: 'ZhipuAI/CogView4-6B',
    huggingFaceId: 'THUDM/CogView4-6B',
    parametersBillions: { value: 6, source: COGVIEW },
    released: { value: '2025-03-04', source: COGVIEW },
    licence: licence(
      'Apache-2.0',
      `${COGVIEW}, License`,
      'said of the code and of CogView3; the card of these weights was not read',
    ),
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'ZhipuAI/CogView4-6B',
      // With GLM-4-9B, which reads the prompt.
      sizeGib: computedSize(15, 'bf16', '6 and 9 of the text encoder'),
    },
    deployments: onBoth(
      tensorParallel(1, {
        source: COGVIEW,
        assumed: 'no document of running it on Ascend was found; one holds the weights twice',
      }),
    ),
  },
];
