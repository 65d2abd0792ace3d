import { mha } from '../architecture';
import { listed, onBoth } from '../assumptions';
import { type Deployment, tensorParallel } from '../deployment';
import { type LicenceName, licence } from '../licences';
import type { WeightsModel } from '../model';
import { computedSize } from '../weights';

const README = 'deepseek-ai/DeepSeek-R1 README.md (0cf7856)';
const KTHENA = 'volcano-sh/kthena NPU templates: 4 × ascend-1980, TP4';

interface Distill {
  readonly id: string;
  /** Name after `DeepSeek-R1-Distill-`. */
  readonly name: string;
  readonly billions: number;
  readonly base: WeightsModel['base'];
  readonly licence: LicenceName;
  readonly attention?: WeightsModel['attention'];
  readonly contextLength?: WeightsModel['contextLength'];
  readonly deployment: Deployment;
}

function distill({ id, name, billions, base, deployment, ...entry }: Distill): WeightsModel {
  const repository = `deepseek-ai/DeepSeek-R1-Distill-${name}`;
  return {
    ...entry,
    id,
    title: `DeepSeek-R1-Distill-${name}`,
    task: 'reasoning',
    access: 'weights',
    modelScopeId: repository,
    huggingFaceId: repository,
    parametersBillions: { value: billions, source: README },
    origin: 'domestic',
    base,
    released: { value: '2025-01-20', source: 'deepseek-ai/DeepSeek-R1, commit 23807ce' },
    licence: licence(entry.licence, `${README}, section 7`),
    runtime: 'vllm-ascend',
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository,
      sizeGib: computedSize(billions, 'bf16'),
    },
    deployments: onBoth(deployment),
  };
}

function onQwen(name: string): WeightsModel['base'] {
  return { name, origin: 'domestic', source: README };
}

function onLlama(name: string): WeightsModel['base'] {
  return { name, origin: 'foreign', source: README };
}

/** What the configuration of a copy says that names the model as its origin. */
function shape(
  repository: string,
  layers: number,
  heads: number,
  kvHeads: number,
): Pick<Distill, 'attention' | 'contextLength'> {
  const source = `config.json of huggingface.co/${repository}, made from the model`;
  return {
    attention: mha(layers, heads, kvHeads, 128, source),
    contextLength: { value: 131072, source },
  };
}

/** DeepSeek-R1 taught to smaller models; those on Llama keep its licence. */
export const DEEPSEEK_DISTILLS: readonly WeightsModel[] = [
  distill({
    id: 'deepseek-r1-distill-qwen-1-5b',
    name: 'Qwen-1.5B',
    billions: 1.5,
    base: onQwen('Qwen2.5-Math-1.5B'),
    licence: 'MIT',
    deployment: listed(1, 'one holds it many times'),
  }),
  distill({
    id: 'deepseek-r1-distill-qwen-7b',
    name: 'Qwen-7B',
    billions: 7,
    base: onQwen('Qwen2.5-Math-7B'),
    licence: 'MIT',
    ...shape('prithivMLmods/QwQ-R1-Distill-7B-CoT', 28, 28, 4),
    deployment: listed(1, 'those of Qwen3 of the same size'),
  }),
  distill({
    id: 'deepseek-r1-distill-qwen-14b',
    name: 'Qwen-14B',
    billions: 14,
    base: onQwen('Qwen2.5-14B'),
    licence: 'MIT',
    ...shape('osllmai-community/DeepSeek-R1-Distill-Qwen-14B-bnb-4bit', 48, 40, 8),
    deployment: listed(2, 'twice those of the 7B, for context'),
  }),
  distill({
    id: 'deepseek-r1-distill-qwen-32b',
    name: 'Qwen-32B',
    billions: 32,
    base: onQwen('Qwen2.5-32B'),
    licence: 'MIT',
    ...shape('XelotX/DeepSeek-R1-Distill-Qwen-32B', 64, 40, 8),
    deployment: tensorParallel(4, { source: KTHENA }),
  }),
  distill({
    id: 'deepseek-r1-distill-llama-8b',
    name: 'Llama-8B',
    billions: 8,
    base: onLlama('Llama-3.1-8B'),
    licence: 'Llama 3.1 Community License',
    deployment: listed(1, 'those of Qwen3 of the same size'),
  }),
  distill({
    id: 'deepseek-r1-distill-llama-70b',
    name: 'Llama-70B',
    billions: 70,
    base: onLlama('Llama-3.3-70B-Instruct'),
    licence: 'Llama 3.3 Community License',
    deployment: listed(4, 'half their memory is weights, the rest context'),
  }),
];
