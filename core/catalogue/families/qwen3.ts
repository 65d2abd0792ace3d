import { mha } from '../architecture';
import { FULL_DECODE_GRAPH, tensorParallel, type VllmArguments } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { config, recipe, tutorial } from '../sources';
import { computedSize, type Weights, type WeightsFormat } from '../weights';

const README = 'QwenLM/Qwen3 README.md (7a2f61f)';
const INTERNVL = 'OpenGVLab/InternVL README.md (2410d1d), language part of InternVL3.5';
const MSMODELING =
  'Ascend/msmodeling tests/assets/model_config/qwen3_dense_14b/config.json (84fec85)';

/** What all Qwen3 for text have. */
const QWEN = {
  task: 'chat',
  access: 'weights',
  origin: 'domestic',
  runtime: 'vllm-ascend',
  licence: licence('Apache-2.0', `${README}, License Agreement`),
  released: { value: '2025-04-29', source: README },
} as const;

function repository(
  name: string,
  billions: number,
): Pick<WeightsModel, 'title' | 'modelScopeId' | 'huggingFaceId' | 'weights'> {
  const id = `Qwen/${name}`;
  return {
    title: name,
    modelScopeId: id,
    huggingFaceId: id,
    weights: weights('bf16', id, billions),
  };
}

function weights(
  format: WeightsFormat,
  name: string,
  billions: number,
  directory?: string,
): Weights {
  return {
    format,
    hub: 'modelscope',
    repository: name,
    ...(directory ? { directory } : {}),
    sizeGib: computedSize(billions, format),
  };
}

const DENSE: VllmArguments = {
  trustRemoteCode: true,
  gpuMemoryUtilization: 0.9,
  compilationConfig: FULL_DECODE_GRAPH,
};
const DENSE_ENVIRONMENT = {
  HCCL_OP_EXPANSION_MODE: 'AIV',
  PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
  TASK_QUEUE_ENABLE: '1',
};

/** BF16 weights on A2 and A3: one NPU where the tutorial names the server only. */
function dense(npus: number, source: string, assumed?: string): WeightsModel['deployments'] {
  const deployment = tensorParallel(npus, {
    arguments: DENSE,
    environment: DENSE_ENVIRONMENT,
    source,
    ...(assumed ? { assumed } : {}),
  });
  return { A2: deployment, A3: deployment };
}

/** Sparse weights in a copy for the number of devices, read shard by shard. */
function duo(
  npus: number,
  billions: number,
  name: string,
  args: VllmArguments,
): WeightsModel['deployments'] {
  return {
    '310P': tensorParallel(npus, {
      dtype: 'float16',
      weights: weights(
        'w8a8sc',
        `Eco-Tech/${name}-w8a8sc-310-vllm`,
        billions,
        `TP${npus}/${name}-w8a8sc-310-vllm-tp${npus}`,
      ),
      arguments: {
        maxModelLen: 20480,
        gpuMemoryUtilization: 0.9,
        enablePrefixCaching: false,
        loadFormat: 'sharded_state',
        additionalConfig: { ascend_compilation_config: { enable_npugraph_ex: false } },
        ...args,
      },
      source: tutorial('Qwen3-Dense'),
    }),
  };
}

function captured(sizes: number[]): VllmArguments['compilationConfig'] {
  return { ...FULL_DECODE_GRAPH, cudagraph_capture_sizes: sizes };
}

const ONE_OF_A_SERVER =
  'the tutorial names the server, not the NPUs; one holds weights and a whole context';

/** Qwen3 for text without experts. */
export const QWEN3: readonly WeightsModel[] = [
  {
    ...QWEN,
    ...repository('Qwen3-8B', 8.2),
    id: 'qwen3-8b',
    parametersBillions: { value: 8.2, source: recipe('Qwen/Qwen3-8B') },
    attention: mha(36, 32, 8, 128, config('Qwen/Qwen3-8B')),
    contextLength: { value: 40960, source: config('Qwen/Qwen3-8B') },
    deployments: {
      ...dense(1, tutorial('Qwen3-Dense'), ONE_OF_A_SERVER),
      ...duo(1, 8.2, 'Qwen3-8B', {
        maxNumSeqs: 32,
        compilationConfig: captured([1, 2, 4, 8, 16, 32]),
      }),
    },
  },
  {
    ...QWEN,
    ...repository('Qwen3-14B', 14.8),
    id: 'qwen3-14b',
    parametersBillions: { value: 14.8, source: INTERNVL },
    attention: mha(40, 40, 8, 128, MSMODELING),
    contextLength: { value: 40960, source: MSMODELING },
    deployments: {
      ...dense(1, tutorial('Qwen3-Dense'), ONE_OF_A_SERVER),
      ...duo(1, 14.8, 'Qwen3-14B', {
        maxNumSeqs: 16,
        compilationConfig: captured([1, 2, 4, 8, 16]),
      }),
    },
  },
  {
    ...QWEN,
    ...repository('Qwen3-32B', 32.8),
    id: 'qwen3-32b',
    parametersBillions: { value: 32.8, source: INTERNVL },
    attention: mha(64, 64, 8, 128, config('Qwen/Qwen3-32B')),
    contextLength: { value: 40960, source: config('Qwen/Qwen3-32B') },
    deployments: {
      ...dense(4, 'vllm-project/vllm-ascend docs/source/faqs.md (182b75e): 4 × 64 GB for BF16'),
      ...duo(4, 32.8, 'Qwen3-32B', { maxNumSeqs: 32, compilationConfig: captured([16, 32]) }),
    },
  },
];
