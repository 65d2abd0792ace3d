import type { Deployment, Model } from './model';

const VA = 'vllm-project/vllm-ascend docs/source/tutorials (182b75e)';
const KTHENA = 'volcano-sh/kthena NPU templates: 4 × ascend-1980, TP4';

/** One server of a replica, tensor parallel over all its NPUs. */
function tp(npus: number, source = VA, assumed?: string): Deployment {
  return { servers: 1, npus, tensorParallel: npus, source, ...(assumed ? { assumed } : {}) };
}

type Entry = Omit<Model, 'quantized' | 'pooling' | 'parametersBillions'> &
  Partial<Pick<Model, 'quantized' | 'pooling'>> & { readonly billions: number };

function model({ billions, quantized = false, pooling = false, ...entry }: Entry): Model {
  return {
    ...entry,
    quantized,
    pooling,
    parametersBillions: { value: billions, source: `model card of ${entry.modelScopeId}` },
  };
}

const domestic = { origin: 'domestic' } as const;
const SAME_SIZE = 'not documented for this model; taken from Qwen3 of the same size';

/** The models that this package can serve, in the order of their families. */
export const MODELS: readonly Model[] = [
  model({
    ...domestic,
    id: 'deepseek-r1-distill-qwen-7b',
    modelScopeId: 'deepseek-ai/DeepSeek-R1-Distill-Qwen-7B',
    billions: 7,
    deployments: { A2: tp(1, VA, SAME_SIZE) },
  }),
  model({
    ...domestic,
    id: 'deepseek-r1-distill-qwen-14b',
    modelScopeId: 'deepseek-ai/DeepSeek-R1-Distill-Qwen-14B',
    billions: 14,
    deployments: { A2: tp(2, VA, 'not documented; twice the NPUs of the 7B for context') },
  }),
  model({
    ...domestic,
    id: 'deepseek-r1-distill-qwen-32b',
    modelScopeId: 'deepseek-ai/DeepSeek-R1-Distill-Qwen-32B',
    billions: 32,
    deployments: { A2: tp(4, KTHENA) },
  }),
  model({
    ...domestic,
    id: 'deepseek-r1',
    modelScopeId: 'vllm-ascend/DeepSeek-R1-W8A8',
    billions: 671,
    quantized: true,
    deployments: {
      A2: {
        servers: 2,
        npus: 16,
        tensorParallel: 4,
        dataParallel: 4,
        expertParallel: true,
        source: VA,
      },
      A3: {
        servers: 1,
        npus: 16,
        tensorParallel: 4,
        dataParallel: 4,
        expertParallel: true,
        source: VA,
      },
    },
  }),
  model({
    ...domestic,
    id: 'qwen3-8b',
    modelScopeId: 'Qwen/Qwen3-8B',
    billions: 8,
    deployments: { A2: tp(1), A3: tp(1) },
  }),
  model({
    ...domestic,
    id: 'qwen3-14b',
    modelScopeId: 'Qwen/Qwen3-14B',
    billions: 14,
    deployments: { A2: tp(1), A3: tp(1) },
  }),
  model({
    ...domestic,
    id: 'qwen3-32b',
    modelScopeId: 'Qwen/Qwen3-32B',
    billions: 32,
    deployments: { A2: tp(4), A3: tp(4) },
  }),
  model({
    ...domestic,
    id: 'qwen3-30b-a3b',
    modelScopeId: 'Qwen/Qwen3-30B-A3B',
    billions: 30,
    deployments: { A2: tp(4), A3: tp(4) },
  }),
  model({
    ...domestic,
    id: 'qwen3-coder-30b-a3b',
    modelScopeId: 'Qwen/Qwen3-Coder-30B-A3B-Instruct',
    billions: 30,
    deployments: { A2: tp(4), A3: tp(4) },
  }),
  model({
    ...domestic,
    id: 'qwen3-235b-a22b',
    modelScopeId: 'Qwen/Qwen3-235B-A22B-Instruct-2507',
    billions: 235,
    deployments: {
      A2: tp(8),
      A3: { servers: 1, npus: 16, tensorParallel: 4, dataParallel: 4, source: VA },
    },
  }),
  model({
    ...domestic,
    id: 'qwen3-embedding-8b',
    modelScopeId: 'Qwen/Qwen3-Embedding-8B',
    billions: 8,
    pooling: true,
    deployments: { A2: tp(1), A3: tp(1) },
  }),
  model({
    ...domestic,
    id: 'qwen3-reranker-8b',
    modelScopeId: 'Qwen/Qwen3-Reranker-8B',
    billions: 8,
    pooling: true,
    deployments: { A2: tp(1), A3: tp(1) },
  }),
  model({
    ...domestic,
    id: 'qwen3-vl-8b',
    modelScopeId: 'Qwen/Qwen3-VL-8B-Instruct',
    billions: 8,
    deployments: { A2: tp(1), A3: tp(1) },
  }),
  model({
    ...domestic,
    id: 'qwen3-asr-1-7b',
    modelScopeId: 'Qwen/Qwen3-ASR-1.7B',
    billions: 1.7,
    deployments: { A2: tp(1), A3: tp(1), '310P': tp(1) },
  }),
  model({
    ...domestic,
    id: 'paddleocr-vl',
    modelScopeId: 'PaddlePaddle/PaddleOCR-VL',
    billions: 0.9,
    deployments: { A2: tp(1), A3: tp(1), '310P': tp(1) },
  }),
];

/** Looks a model up by its id. */
export function findModel(id: string): Model | undefined {
  return MODELS.find((entry) => entry.id === id);
}
