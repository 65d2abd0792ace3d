import { type Deployment, tensorParallel } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { tutorial } from '../sources';
import { computedSize } from '../weights';

const README = 'QwenLM/Qwen3 README.md (7a2f61f)';

interface Qwen3 {
  readonly id: string;
  /** Repository after `Qwen/`. */
  readonly name: string;
  readonly billions: number;
  readonly activeBillions?: number;
  /** @default '2025-04-29' */
  readonly released?: string;
  readonly deployments: WeightsModel['deployments'];
}

function qwen3({ id, name, billions, activeBillions, released, deployments }: Qwen3): WeightsModel {
  const repository = `Qwen/${name}`;
  const named = `name of ${repository}`;
  return {
    id,
    title: name,
    task: 'chat',
    access: 'weights',
    modelScopeId: repository,
    huggingFaceId: repository,
    parametersBillions: { value: billions, source: named },
    ...(activeBillions ? { activeBillions: { value: activeBillions, source: named } } : {}),
    origin: 'domestic',
    released: { value: released ?? '2025-04-29', source: README },
    licence: licence('Apache-2.0', `${README}, License Agreement`),
    runtime: 'vllm-ascend',
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository,
      sizeGib: computedSize(billions, 'bf16'),
    },
    deployments,
  };
}

function onBoth(deployment: Deployment): WeightsModel['deployments'] {
  return { A2: deployment, A3: deployment };
}

const DENSE = { source: tutorial('Qwen3-Dense') };
const ONE_NPU = {
  ...DENSE,
  assumed: 'the tutorial names the server, not the NPUs; one holds the weights and a context',
};

/** Qwen3 for text: dense and mixture of experts. */
export const QWEN3: readonly WeightsModel[] = [
  qwen3({
    id: 'qwen3-8b',
    name: 'Qwen3-8B',
    billions: 8,
    deployments: onBoth(tensorParallel(1, ONE_NPU)),
  }),
  qwen3({
    id: 'qwen3-14b',
    name: 'Qwen3-14B',
    billions: 14,
    deployments: onBoth(tensorParallel(1, ONE_NPU)),
  }),
  qwen3({
    id: 'qwen3-32b',
    name: 'Qwen3-32B',
    billions: 32,
    deployments: onBoth(tensorParallel(4, DENSE)),
  }),
  qwen3({
    id: 'qwen3-30b-a3b',
    name: 'Qwen3-30B-A3B',
    billions: 30,
    activeBillions: 3,
    deployments: onBoth(tensorParallel(4, { source: tutorial('Qwen3-30B-A3B') })),
  }),
  {
    ...qwen3({
      id: 'qwen3-coder-30b-a3b',
      name: 'Qwen3-Coder-30B-A3B-Instruct',
      billions: 30,
      activeBillions: 3,
      deployments: onBoth(tensorParallel(4, { source: tutorial('Qwen3-Coder-30B-A3B') })),
    }),
    task: 'code',
    released: { value: '2025-07-31', source: 'QwenLM/Qwen3-Coder README.md (0ae30f5)' },
  },
  qwen3({
    id: 'qwen3-235b-a22b',
    name: 'Qwen3-235B-A22B-Instruct-2507',
    billions: 235,
    activeBillions: 22,
    released: '2025-07-21',
    deployments: {
      // 0.9 of a device is less than an eighth of the weights and what HCCL takes.
      A2: tensorParallel(8, {
        arguments: { gpuMemoryUtilization: 0.95 },
        source: tutorial('Qwen3-235B-A22B'),
      }),
      A3: {
        servers: 1,
        npus: 16,
        tensorParallel: 4,
        dataParallel: 4,
        dtype: 'bfloat16',
        source: tutorial('Qwen3-235B-A22B'),
      },
    },
  }),
];
