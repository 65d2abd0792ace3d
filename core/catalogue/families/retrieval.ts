import { LICENCE_OF_REPOSITORY, listed, MANY_TIMES, onAll, onBoth } from '../assumptions';
import { type Deployment, type JsonObject, tensorParallel } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { tutorial } from '../sources';
import { computedSize } from '../weights';

const QWEN_README = 'QwenLM/Qwen3-Embedding README.md (f4ad0c4)';
const E5 = 'microsoft/unilm e5/README.md (768a3c8)';
const FLAG = 'FlagOpen/FlagEmbedding README.md (7ed43d6)';

const QWEN_SIZES = { '0.6B': 0.6, '4B': 4, '8B': 8 } as const;

/** An original reranker answers yes or no: vLLM must be told to read scores from that. */
const RERANKER: JsonObject = {
  architectures: ['Qwen3ForSequenceClassification'],
  classifier_from_token: ['no', 'yes'],
  is_original_qwen3_reranker: true,
};

function qwen(
  kind: 'Embedding' | 'Reranker',
  size: keyof typeof QWEN_SIZES,
  licenceOf: WeightsModel['licence'],
): WeightsModel {
  const repository = `Qwen/Qwen3-${kind}-${size}`;
  const billions = QWEN_SIZES[size];
  const hfOverrides = kind === 'Reranker' ? { hfOverrides: RERANKER } : {};
  // The tutorial runs the 0.6B; one NPU holds the others, too.
  const others = size === '0.6B' ? {} : { assumed: 'the tutorial lists it, and runs the 0.6B' };
  const source = tutorial(`Qwen3-${kind}`);
  const deployment = tensorParallel(1, {
    arguments: { maxModelLen: 1024, ...hfOverrides },
    source,
    ...others,
  });
  return {
    id: `qwen3-${kind.toLowerCase()}-${size.toLowerCase().replace('.', '-')}`,
    title: `Qwen3-${kind}-${size}`,
    task: kind === 'Embedding' ? 'embedding' : 'reranker',
    access: 'weights',
    origin: 'domestic',
    runtime: 'vllm-ascend',
    modelScopeId: repository,
    huggingFaceId: repository,
    parametersBillions: { value: billions, source: QWEN_README },
    released: { value: '2025-06-05', source: 'QwenLM/Qwen3-Embedding, first commit (490a766)' },
    licence: licenceOf,
    contextLength: { value: 32768, source: `${QWEN_README}: 32K` },
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository,
      sizeGib: computedSize(billions, 'bf16'),
    },
    deployments: {
      A2: deployment,
      A3: deployment,
      '310P': {
        ...deployment,
        dtype: 'float16',
        arguments: {
          ...deployment.arguments,
          compilationConfig: { cudagraph_capture_sizes: [1024, 512] },
          additionalConfig: { ascend_compilation_config: { fuse_norm_quant: false } },
        },
      },
    },
  };
}

const EMBEDDING = licence('Apache-2.0', 'model card of Qwen3-Embedding-8B (license: apache-2.0)');
const SMALLER = licence(
  'Apache-2.0',
  'chatforest.com/builders-log/qwen3-embedding-8b: all six are Apache 2.0',
);

/** On the matrix as "XLM-RoBERTa-based" or "Bert". vLLM makes FP16 of FP32 to answer with vectors (vllm/config/model.py). */
const encoder: Deployment = { ...listed(1, MANY_TIMES), dtype: 'float16' };

/** Models that find and order documents: vectors and scores. */
export const RETRIEVAL: readonly WeightsModel[] = [
  qwen('Embedding', '0.6B', SMALLER),
  qwen('Embedding', '4B', SMALLER),
  qwen('Embedding', '8B', EMBEDDING),
  qwen('Reranker', '0.6B', SMALLER),
  qwen('Reranker', '4B', SMALLER),
  qwen('Reranker', '8B', SMALLER),
  {
    id: 'bge-m3',
    title: 'BGE-M3',
    task: 'embedding',
    access: 'weights',
    origin: 'domestic',
    base: {
      name: 'XLM-RoBERTa-large',
      origin: 'foreign',
      source: 'FlagOpen/FlagEmbedding docs/source/tutorial/1_Embedding/1.2.4.ipynb (7ed43d6)',
    },
    huggingFaceId: 'BAAI/bge-m3',
    parametersBillions: {
      value: 0.568,
      source: 'FlagOpen/FlagEmbedding docs/source/tutorial/1_Embedding/1.2.1.ipynb (7ed43d6)',
    },
    released: { value: '2024-01-30', source: FLAG },
    licence: licence('MIT', `${FLAG}, License`, LICENCE_OF_REPOSITORY),
    runtime: 'vllm-ascend',
    contextLength: { value: 8192, source: FLAG },
    weights: {
      format: 'fp32',
      hub: 'huggingface',
      repository: 'BAAI/bge-m3',
      sizeGib: {
        value: 2.2,
        source: 'FlagOpen/FlagEmbedding docs/source/tutorial/1_Embedding/1.2.1.ipynb: 2.27 GB',
      },
    },
    deployments: onAll(encoder),
  },
  {
    id: 'bge-reranker-v2-m3',
    title: 'bge-reranker-v2-m3',
    task: 'reranker',
    access: 'weights',
    origin: 'domestic',
    base: {
      name: 'XLM-RoBERTa-large, through BGE-M3',
      origin: 'foreign',
      source: `${FLAG}: built upon M3`,
    },
    modelScopeId: 'BAAI/bge-reranker-v2-m3',
    huggingFaceId: 'BAAI/bge-reranker-v2-m3',
    parametersBillions: {
      value: 0.568,
      source: 'FlagOpen/FlagEmbedding docs/source/bge/bge_reranker_v2.rst (7ed43d6)',
    },
    released: { value: '2024-03-18', source: FLAG },
    licence: licence('MIT', `${FLAG}, License`, LICENCE_OF_REPOSITORY),
    runtime: 'vllm-ascend',
    weights: {
      format: 'fp32',
      hub: 'modelscope',
      repository: 'BAAI/bge-reranker-v2-m3',
      sizeGib: {
        value: 2.2,
        source: 'FlagOpen/FlagEmbedding docs/source/bge/bge_reranker_v2.rst: 2.27 GB',
      },
    },
    deployments: onAll(encoder),
  },
  {
    id: 'multilingual-e5-large',
    title: 'multilingual-e5-large',
    task: 'embedding',
    access: 'weights',
    origin: 'foreign',
    huggingFaceId: 'intfloat/multilingual-e5-large',
    parametersBillions: {
      value: 0.56,
      source: 'facebookresearch/fairseq examples/xlmr/README.md: xlmr.large, 24 layers as in e5',
      assumed: 'that of the model with its shape, XLM-RoBERTa-large',
    },
    released: {
      value: '2023-06-30',
      source: 'microsoft/unilm, commit de4d4e7, the first to name it',
    },
    licence: licence('MIT', `${E5}, License`, LICENCE_OF_REPOSITORY),
    runtime: 'vllm-ascend',
    weights: {
      format: 'fp32',
      hub: 'huggingface',
      repository: 'intfloat/multilingual-e5-large',
      sizeGib: computedSize(0.56, 'fp32'),
    },
    deployments: onAll(encoder),
  },
  {
    id: 'ms-marco-minilm-l6',
    title: 'ms-marco-MiniLM-L6-v2',
    task: 'reranker',
    access: 'weights',
    origin: 'foreign',
    huggingFaceId: 'cross-encoder/ms-marco-MiniLM-L6-v2',
    parametersBillions: {
      value: 0.0227,
      source: 'huggingface.co/cross-encoder/ms-marco-MiniLM-L6-v2',
      assumed: 'the card was not read here',
    },
    released: {
      value: '2021-04-15',
      source: 'UKPLab/sentence-transformers, commit f7f41280, the first to name it',
    },
    licence: licence(
      'Apache-2.0',
      'UKPLab/sentence-transformers LICENSE (85ec6455)',
      LICENCE_OF_REPOSITORY,
    ),
    runtime: 'vllm-ascend',
    weights: {
      format: 'fp32',
      hub: 'huggingface',
      repository: 'cross-encoder/ms-marco-MiniLM-L6-v2',
      sizeGib: computedSize(0.0227, 'fp32'),
    },
    deployments: onBoth(encoder),
  },
];
