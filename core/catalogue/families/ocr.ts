import { LICENCE_OF_REPOSITORY, MANY_TIMES, undocumented } from '../assumptions';
import { type Deployment, FULL_DECODE_GRAPH, tensorParallel } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { recipe, tutorial } from '../sources';
import { computedSize } from '../weights';

const UNILM = 'microsoft/unilm trocr/README.md (768a3c8)';
const PADDLE = 'PaddlePaddle/PaddleOCR-VL';

const PADDLE_ENVIRONMENT = {
  PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
  TASK_QUEUE_ENABLE: '1',
};
const paddle = tensorParallel(1, {
  arguments: {
    maxNumBatchedTokens: 16384,
    trustRemoteCode: true,
    enablePrefixCaching: false,
    mmProcessorCacheGb: 0,
    compilationConfig: FULL_DECODE_GRAPH,
    additionalConfig: { enable_cpu_binding: true },
  },
  environment: { ...PADDLE_ENVIRONMENT, CPU_AFFINITY_CONF: '1' },
  source: tutorial('PaddleOCR-VL'),
});

const deepseek: Deployment = tensorParallel(1, {
  arguments: {
    maxModelLen: 8192,
    gpuMemoryUtilization: 0.8,
    trustRemoteCode: true,
    enablePrefixCaching: false,
    mmProcessorCacheGb: 0,
    additionalConfig: {
      enable_cpu_binding: true,
      multistream_overlap_shared_expert: true,
      ascend_compilation_config: { fuse_qknorm_rope: false },
    },
  },
  environment: {
    PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
    TASK_QUEUE_ENABLE: '1',
    TOKENIZERS_PARALLELISM: 'false',
    VLLM_ASCEND_ENABLE_NZ: '0',
  },
  source: tutorial('DeepSeekOCR2'),
});

const DEEPSEEK = {
  task: 'ocr',
  access: 'weights',
  origin: 'domestic',
  runtime: 'vllm-ascend',
} as const;

/** Models that read text in pictures. */
export const OCR: readonly WeightsModel[] = [
  {
    id: 'paddleocr-vl',
    title: 'PaddleOCR-VL',
    task: 'ocr',
    access: 'weights',
    origin: 'domestic',
    base: { name: 'ERNIE-4.5-0.3B', origin: 'domestic', source: 'arXiv 2510.14528' },
    modelScopeId: PADDLE,
    huggingFaceId: PADDLE,
    parametersBillions: { value: 0.9, source: 'arXiv 2510.14528' },
    released: { value: '2025-10-16', source: 'howaiworks.ai/blog/paddleocr-vl-announcement' },
    licence: licence('Apache-2.0', 'PaddlePaddle/PaddleOCR README.md', LICENCE_OF_REPOSITORY),
    runtime: 'vllm-ascend',
    contextLength: { value: 131072, source: recipe(PADDLE) },
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: PADDLE,
      sizeGib: computedSize(0.9, 'bf16'),
    },
    deployments: {
      A2: paddle,
      A3: paddle,
      '310P': {
        ...paddle,
        dtype: 'float16',
        arguments: {
          maxModelLen: 16384,
          trustRemoteCode: true,
          enablePrefixCaching: false,
          mmProcessorCacheGb: 0,
          compilationConfig: FULL_DECODE_GRAPH,
          additionalConfig: { enable_cpu_binding: true },
        },
        environment: PADDLE_ENVIRONMENT,
      },
    },
  },
  {
    ...DEEPSEEK,
    id: 'deepseek-ocr',
    title: 'DeepSeek-OCR',
    modelScopeId: 'deepseek-ai/DeepSeek-OCR',
    huggingFaceId: 'deepseek-ai/DeepSeek-OCR',
    parametersBillions: { value: 3, source: recipe('deepseek-ai/DeepSeek-OCR') },
    released: { value: '2025-10-20', source: 'deepseek-ai/DeepSeek-OCR README.md (e4ac34e)' },
    licence: licence('MIT', 'deepseek-ai/DeepSeek-OCR LICENSE (e4ac34e)'),
    contextLength: { value: 8192, source: recipe('deepseek-ai/DeepSeek-OCR') },
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'deepseek-ai/DeepSeek-OCR',
      sizeGib: computedSize(3, 'bf16'),
    },
    deployments: {
      A2: { ...deepseek, assumed: 'documented for DeepSeek-OCR-2; not for this one' },
    },
  },
  {
    ...DEEPSEEK,
    id: 'deepseek-ocr-2',
    title: 'DeepSeek-OCR-2',
    modelScopeId: 'deepseek-ai/DeepSeek-OCR-2',
    huggingFaceId: 'deepseek-ai/DeepSeek-OCR-2',
    parametersBillions: { value: 3, source: recipe('deepseek-ai/DeepSeek-OCR-2') },
    released: { value: '2026-01-27', source: 'deepseek-ai/DeepSeek-OCR-2, first commit (b5db44d)' },
    licence: licence('Apache-2.0', 'deepseek-ai/DeepSeek-OCR-2 LICENSE.txt (2f3699e)'),
    contextLength: { value: 8192, source: recipe('deepseek-ai/DeepSeek-OCR-2') },
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'deepseek-ai/DeepSeek-OCR-2',
      sizeGib: computedSize(3, 'bf16'),
    },
    deployments: { A2: deepseek },
  },
  {
    id: 'trocr-large',
    title: 'TrOCR-Large',
    task: 'ocr',
    access: 'weights',
    origin: 'foreign',
    huggingFaceId: 'microsoft/trocr-large-printed',
    parametersBillions: { value: 0.558, source: UNILM },
    released: { value: '2021-09', source: 'arXiv 2109.10282' },
    licence: licence('MIT', `${UNILM}, License`, LICENCE_OF_REPOSITORY),
    runtime: 'container',
    weights: {
      format: 'fp32',
      hub: 'huggingface',
      repository: 'microsoft/trocr-large-printed',
      sizeGib: computedSize(0.558, 'fp32'),
    },
    deployments: { A2: undocumented(1, UNILM, MANY_TIMES) },
  },
];
