import { type Deployment, tensorParallel } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { SUPPORT_MATRIX } from '../sources';
import { computedSize } from '../weights';

const CARD = 'deepseek-ai/DeepSeek-R1 README.md (0cf7856)';
const KTHENA = 'volcano-sh/kthena NPU templates: 4 × ascend-1980, TP4';

function distill(size: number, base: string, deployment: Deployment): WeightsModel {
  const repository = `deepseek-ai/DeepSeek-R1-Distill-Qwen-${size}B`;
  return {
    id: `deepseek-r1-distill-qwen-${size}b`,
    title: `DeepSeek-R1-Distill-Qwen-${size}B`,
    task: 'reasoning',
    access: 'weights',
    modelScopeId: repository,
    huggingFaceId: repository,
    parametersBillions: { value: size, source: CARD },
    origin: 'domestic',
    base: { name: base, origin: 'domestic', source: CARD },
    released: { value: '2025-01-20', source: 'deepseek-ai/DeepSeek-R1, commit 23807ce' },
    licence: licence('MIT', `${CARD}, section 7`),
    runtime: 'vllm-ascend',
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository,
      sizeGib: computedSize(size, 'bf16'),
    },
    deployments: { A2: deployment },
  };
}

/** DeepSeek-R1 taught to smaller models. */
export const DEEPSEEK_DISTILLS: readonly WeightsModel[] = [
  distill(
    7,
    'Qwen2.5-Math-7B',
    tensorParallel(1, {
      source: SUPPORT_MATRIX,
      assumed: 'NPUs not documented for this model; taken from Qwen3 of the same size',
    }),
  ),
  distill(
    14,
    'Qwen2.5-14B',
    tensorParallel(2, {
      source: SUPPORT_MATRIX,
      assumed: 'NPUs not documented; twice those of the 7B, for context',
    }),
  ),
  distill(32, 'Qwen2.5-32B', tensorParallel(4, { source: KTHENA })),
];
