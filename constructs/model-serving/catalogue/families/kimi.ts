import { mla, routedExperts } from '../architecture';
import {
  type Deployment,
  FULL_DECODE_GRAPH,
  tensorParallel,
  type VllmArguments,
} from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { config, modelsDev, nightly, recipe, tutorial } from '../sources';
import { computedSize } from '../weights';

const README = 'MoonshotAI/Kimi-K2 README.md (c6157be)';
const LICENCE = 'Kimi K2 Modified MIT License';

const ROUTED = routedExperts({
  layers: 60,
  experts: 384,
  hiddenSize: 7168,
  innerSize: 2048,
  source: config('moonshotai/Kimi-K2-Instruct'),
});

/** What all of K2 have: a trillion parameters, nearly all of them routed experts. */
const K2 = {
  access: 'weights',
  origin: 'domestic',
  runtime: 'vllm-ascend',
  parametersBillions: { value: 1000, source: `${README}: 1T` },
  activeBillions: { value: 32, source: README },
  routedBillions: ROUTED,
  repositoryCode: {
    value: 'tokenizer',
    source:
      'ParagEkbote/hf-model-inspector model_inspection_report.md, of Kimi-K2-Instruct-0905: custom_code, TikTokenTokenizer, which neither transformers 5.5.4 nor vLLM 0.23.0 has',
    assumed: 'read of one release of K2; the others have the same tokenizer',
  },
} as const;

/** Rounded to a trillion, the total is less than its experts: sizes count these and what is active. */
const ALL = Math.ceil(ROUTED.value + 32);
const OF = 'routed experts and active ones';

const ARGUMENTS: VllmArguments = {
  maxModelLen: 32768,
  maxNumBatchedTokens: 16384,
  gpuMemoryUtilization: 0.9,
  trustRemoteCode: true,
  enablePrefixCaching: false,
  mmEncoderTpMode: 'data',
  enableAutoToolChoice: true,
  toolCallParser: 'kimi_k2',
  reasoningParser: 'kimi_k2',
  compilationConfig: FULL_DECODE_GRAPH,
};
const ENVIRONMENT = {
  HCCL_OP_EXPANSION_MODE: 'AIV',
  OMP_NUM_THREADS: '1',
  OMP_PROC_BIND: 'false',
  PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
  TASK_QUEUE_ENABLE: '1',
  VLLM_ASCEND_ENABLE_MLAPO: '1',
};

/** Without the draft model of the tutorials, which is another repository. */
function fourTimesFour(source: string): Omit<Deployment, 'servers'> {
  return {
    npus: 16,
    tensorParallel: 4,
    dataParallel: 4,
    expertParallel: true,
    dtype: 'bfloat16',
    source,
  };
}

function twoServers(source: string, assumed?: string): Deployment {
  return {
    ...fourTimesFour(source),
    servers: 2,
    arguments: { ...ARGUMENTS, maxNumSeqs: 16 },
    environment: {
      ...ENVIRONMENT,
      HCCL_BUFFSIZE: '1024',
      HCCL_INTRA_PCIE_ENABLE: '1',
      HCCL_INTRA_ROCE_ENABLE: '0',
    },
    ...(assumed ? { assumed } : {}),
  };
}

/** Kimi K2 of Moonshot AI. */
export const KIMI: readonly WeightsModel[] = [
  {
    ...K2,
    id: 'kimi-k2',
    title: 'Kimi-K2-Instruct',
    task: 'agent',
    modelScopeId: 'moonshotai/Kimi-K2-Instruct',
    huggingFaceId: 'moonshotai/Kimi-K2-Instruct',
    released: { value: '2025-07-11', source: 'MoonshotAI/Kimi-K2, first commit (d778e27)' },
    licence: licence(LICENCE, `${README}, section 6`),
    attention: mla(61, 64, config('moonshotai/Kimi-K2-Instruct')),
    contextLength: { value: 131072, source: config('moonshotai/Kimi-K2-Instruct') },
    weights: {
      format: 'w8a8',
      hub: 'modelscope',
      repository: 'vllm-ascend/Kimi-K2-Instruct-W8A8',
      sizeGib: computedSize(ALL, 'w8a8', OF),
    },
    deployments: {
      A3: {
        ...fourTimesFour(
          'vllm-project/vllm-ascend docs/source/user_guide/feature_guide/quantization.md (182b75e)',
        ),
        npus: 32,
        tensorParallel: 8,
        servers: 2,
        assumed: 'the guide names the weights only; they need more than one server',
      },
    },
  },
  {
    ...K2,
    id: 'kimi-k2-thinking',
    title: 'Kimi-K2-Thinking',
    task: 'reasoning',
    modelScopeId: 'moonshotai/Kimi-K2-Thinking',
    huggingFaceId: 'moonshotai/Kimi-K2-Thinking',
    released: { value: '2025-11-06', source: modelsDev('moonshotai/kimi-k2-thinking') },
    licence: licence(LICENCE, `${README}, section 6`, 'that of K2; its own card was not read'),
    contextLength: { value: 262144, source: recipe('moonshotai/Kimi-K2-Thinking') },
    weights: {
      format: 'w4a16',
      hub: 'modelscope',
      repository: 'moonshotai/Kimi-K2-Thinking',
      sizeGib: {
        value: 558.8,
        source: `${recipe('moonshotai/Kimi-K2-Thinking')}: 600 GB of device memory`,
        assumed: 'what the recipe asks for in all; the size of the repository was not found',
      },
    },
    deployments: {
      A3: tensorParallel(16, {
        expertParallel: true,
        arguments: {
          maxModelLen: 8192,
          maxNumSeqs: 12,
          maxNumBatchedTokens: 8192,
          gpuMemoryUtilization: 0.9,
          trustRemoteCode: true,
          enablePrefixCaching: false,
        },
        environment: {
          HCCL_BUFFSIZE: '1024',
          HCCL_OP_EXPANSION_MODE: 'AIV',
          OMP_PROC_BIND: 'false',
          PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
          TASK_QUEUE_ENABLE: '1',
        },
        source: `${tutorial('Kimi-K2-Thinking')}; ${nightly('Kimi-K2-Thinking')}`,
      }),
    },
  },
  {
    ...K2,
    id: 'kimi-k2-5',
    title: 'Kimi-K2.5',
    task: 'agent',
    modelScopeId: 'moonshotai/Kimi-K2.5',
    huggingFaceId: 'moonshotai/Kimi-K2.5',
    released: { value: '2026-01', source: modelsDev('moonshotai/kimi-k2.5') },
    licence: licence(LICENCE, 'MoonshotAI/Kimi-K2.5 LICENSE (3e60763)'),
    attention: mla(61, 64, config('moonshotai/Kimi-K2.5')),
    contextLength: { value: 262144, source: config('moonshotai/Kimi-K2.5') },
    weights: {
      format: 'w4a8',
      hub: 'modelscope',
      repository: 'Eco-Tech/Kimi-K2.5-W4A8',
      sizeGib: computedSize(ALL, 'w4a8', OF),
    },
    deployments: {
      A2: twoServers(tutorial('Kimi-K2.5')),
      A3: {
        ...fourTimesFour(tutorial('Kimi-K2.5')),
        servers: 1,
        arguments: { ...ARGUMENTS, maxNumSeqs: 64 },
        environment: { ...ENVIRONMENT, HCCL_BUFFSIZE: '800' },
      },
    },
  },
  {
    ...K2,
    id: 'kimi-k2-6',
    title: 'Kimi-K2.6',
    task: 'agent',
    modelScopeId: 'moonshotai/Kimi-K2.6',
    huggingFaceId: 'moonshotai/Kimi-K2.6',
    released: { value: '2026-04-21', source: modelsDev('moonshotai/kimi-k2.6') },
    licence: licence(LICENCE, `${README}, section 6`, 'that of K2; its own card was not read'),
    contextLength: { value: 262144, source: recipe('moonshotai/Kimi-K2.6') },
    weights: {
      format: 'w4a8',
      hub: 'modelscope',
      repository: 'Eco-Tech/Kimi-K2.6-W4A8',
      sizeGib: computedSize(ALL, 'w4a8', OF),
    },
    deployments: {
      A2: twoServers(
        tutorial('Kimi-K2.6'),
        'the tutorial names two servers; the command is that of Kimi-K2.5',
      ),
      A3: {
        ...fourTimesFour(tutorial('Kimi-K2.6')),
        servers: 1,
        arguments: {
          ...ARGUMENTS,
          maxModelLen: 34816,
          maxNumSeqs: 4,
          gpuMemoryUtilization: 0.87,
          mmProcessorCacheGb: 0,
        },
        environment: {
          ...ENVIRONMENT,
          HCCL_BUFFSIZE: '600',
        },
      },
    },
  },
];
