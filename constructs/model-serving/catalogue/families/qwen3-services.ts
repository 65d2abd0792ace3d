import { type Deployment, tensorParallel } from '../deployment';
import { licence } from '../licences';
import type { Task, WeightsModel } from '../model';
import { tutorial } from '../sources';
import { computedSize } from '../weights';

interface Service {
  readonly id: string;
  /** Repository after `Qwen/`. */
  readonly name: string;
  readonly task: Task;
  readonly billions: number;
  readonly released: WeightsModel['released'];
  readonly licence: WeightsModel['licence'];
  readonly deployments: WeightsModel['deployments'];
}

function service({ name, billions, ...entry }: Service): WeightsModel {
  const repository = `Qwen/${name}`;
  return {
    ...entry,
    title: name,
    access: 'weights',
    modelScopeId: repository,
    huggingFaceId: repository,
    parametersBillions: { value: billions, source: `name of ${repository}` },
    origin: 'domestic',
    runtime: 'vllm-ascend',
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository,
      sizeGib: computedSize(billions, 'bf16'),
    },
  };
}

function oneNpu(source: string): Deployment {
  return tensorParallel(1, { source });
}

const EMBEDDING = {
  released: { value: '2025-06-05', source: 'QwenLM/Qwen3-Embedding, first commit' },
  licence: licence(
    'Apache-2.0',
    'QwenLM/Qwen3-Embedding README.md (f4ad0c4)',
    'the README names no licence; that of Qwen3, which it is made from',
  ),
};

/** Qwen3 for vectors, scores, pictures and speech. */
export const QWEN3_SERVICES: readonly WeightsModel[] = [
  service({
    ...EMBEDDING,
    id: 'qwen3-embedding-8b',
    name: 'Qwen3-Embedding-8B',
    task: 'embedding',
    billions: 8,
    deployments: {
      A2: oneNpu(tutorial('Qwen3-Embedding')),
      A3: oneNpu(tutorial('Qwen3-Embedding')),
    },
  }),
  service({
    ...EMBEDDING,
    id: 'qwen3-reranker-8b',
    name: 'Qwen3-Reranker-8B',
    task: 'reranker',
    billions: 8,
    deployments: { A2: oneNpu(tutorial('Qwen3-Reranker')), A3: oneNpu(tutorial('Qwen3-Reranker')) },
  }),
  service({
    id: 'qwen3-vl-8b',
    name: 'Qwen3-VL-8B-Instruct',
    task: 'vision-language',
    billions: 8,
    released: { value: '2025-10-15', source: 'QwenLM/Qwen3-VL README.md (9658872)' },
    licence: licence('Apache-2.0', 'QwenLM/Qwen3-VL LICENSE (9658872)'),
    deployments: { A2: oneNpu(tutorial('Qwen-VL-Dense')), A3: oneNpu(tutorial('Qwen-VL-Dense')) },
  }),
  service({
    id: 'qwen3-asr-1-7b',
    name: 'Qwen3-ASR-1.7B',
    task: 'speech-recognition',
    billions: 1.7,
    released: { value: '2026-01-29', source: 'QwenLM/Qwen3-ASR README.md (7c6daf7)' },
    licence: licence('Apache-2.0', 'QwenLM/Qwen3-ASR LICENSE (7c6daf7)'),
    deployments: {
      A2: oneNpu(tutorial('Qwen3-ASR-1.7B')),
      A3: oneNpu(tutorial('Qwen3-ASR-1.7B')),
      '310P': { ...oneNpu(tutorial('Qwen3-ASR-1.7B')), dtype: 'float16' },
    },
  }),
];
