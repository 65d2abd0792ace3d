import { mla, routedExperts } from '../architecture';
import { type Deployment, FULL_DECODE_GRAPH, type VllmArguments } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { config, recipe, tutorial } from '../sources';
import { computedSize } from '../weights';

const V3_README = 'deepseek-ai/DeepSeek-V3 README.md (9b4e978)';
const R1_README = 'deepseek-ai/DeepSeek-R1 README.md (0cf7856)';
const WITH_MTP = 'with the 14 billion of the multi-token prediction module';

/** What R1 and all V3 have. */
const V3 = {
  access: 'weights',
  origin: 'domestic',
  runtime: 'vllm-ascend',
  parametersBillions: { value: 671, source: V3_README },
  activeBillions: { value: 37, source: V3_README },
  routedBillions: routedExperts({
    layers: 58,
    experts: 256,
    hiddenSize: 7168,
    innerSize: 2048,
    source: config('deepseek-ai/DeepSeek-V3'),
  }),
  attention: mla(61, 128, config('deepseek-ai/DeepSeek-V3')),
  contextLength: { value: 163840, source: config('deepseek-ai/DeepSeek-V3') },
} as const;

const V3_BASE = { name: 'DeepSeek-V3-Base', origin: 'domestic' } as const;

function w8a8(repository: string): WeightsModel['weights'] {
  return {
    format: 'w8a8',
    hub: 'modelscope',
    repository,
    sizeGib: computedSize(685, 'w8a8', WITH_MTP),
  };
}

const COMMON: VllmArguments = {
  maxNumSeqs: 16,
  maxNumBatchedTokens: 4096,
  trustRemoteCode: true,
  gpuMemoryUtilization: 0.92,
  compilationConfig: FULL_DECODE_GRAPH,
};
const MTP: VllmArguments = {
  ...COMMON,
  maxModelLen: 16384,
  speculativeConfig: { method: 'mtp', num_speculative_tokens: 3 },
};
/** One A3 server. */
const ONE_SERVER = {
  HCCL_OP_EXPANSION_MODE: 'AIV',
  PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
};
/** Two A2 servers: inside a server over PCIe, not over the network. */
const TWO_SERVERS = {
  HCCL_BUFFSIZE: '200',
  HCCL_INTRA_PCIE_ENABLE: '1',
  HCCL_INTRA_ROCE_ENABLE: '0',
  OMP_NUM_THREADS: '1',
  OMP_PROC_BIND: 'false',
  PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
};

/** Four data parallel groups of four NPUs with experts over all of them: two A2 servers, one A3 server. */
function fourTimesFour(source: string, args: VllmArguments): WeightsModel['deployments'] {
  const common: Omit<Deployment, 'servers'> = {
    npus: 16,
    tensorParallel: 4,
    dataParallel: 4,
    expertParallel: true,
    dtype: 'bfloat16',
    arguments: args,
    source,
  };
  return {
    A2: { ...common, servers: 2, environment: TWO_SERVERS },
    A3: { ...common, servers: 1, environment: ONE_SERVER },
  };
}

const V3_2_ARGUMENTS: VllmArguments = {
  ...COMMON,
  maxModelLen: 8192,
  enablePrefixCaching: false,
  speculativeConfig: { method: 'deepseek_mtp', num_speculative_tokens: 3 },
};
const V3_2: Omit<Deployment, 'servers'> = {
  npus: 16,
  tensorParallel: 8,
  dataParallel: 2,
  expertParallel: true,
  dtype: 'bfloat16',
  source: tutorial('DeepSeek-V3.2'),
};
const V3_2_ENVIRONMENT = {
  HCCL_BUFFSIZE: '200',
  HCCL_OP_EXPANSION_MODE: 'AIV',
  OMP_PROC_BIND: 'false',
  PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
  VLLM_ASCEND_ENABLE_MLAPO: '1',
};

/** DeepSeek-R1 and DeepSeek-V3. */
export const DEEPSEEK: readonly WeightsModel[] = [
  {
    ...V3,
    id: 'deepseek-r1',
    title: 'DeepSeek-R1',
    task: 'reasoning',
    modelScopeId: 'deepseek-ai/DeepSeek-R1',
    huggingFaceId: 'deepseek-ai/DeepSeek-R1',
    base: { ...V3_BASE, source: R1_README },
    released: { value: '2025-01-20', source: 'deepseek-ai/DeepSeek-R1, commit 23807ce' },
    licence: licence('MIT', `${R1_README}, section 7`),
    weights: w8a8('vllm-ascend/DeepSeek-R1-W8A8'),
    deployments: fourTimesFour(tutorial('DeepSeek-R1'), MTP),
  },
  {
    ...V3,
    id: 'deepseek-v3-1',
    title: 'DeepSeek-V3.1',
    task: 'chat',
    modelScopeId: 'deepseek-ai/DeepSeek-V3.1',
    huggingFaceId: 'deepseek-ai/DeepSeek-V3.1',
    base: { ...V3_BASE, source: 'model card of DeepSeek-V3.1' },
    released: { value: '2025-08-21', source: recipe('deepseek-ai/DeepSeek-V3.1') },
    licence: licence(
      'MIT',
      'model card of DeepSeek-V3.1-Base, as shown by sota.borgcloud.ai, and apxml.com/models/deepseek-v3-1',
    ),
    weights: w8a8('Eco-Tech/DeepSeek-V3.1-w8a8-mtp-QuaRot'),
    deployments: fourTimesFour(tutorial('DeepSeek-V3.1'), { ...MTP, enablePrefixCaching: false }),
  },
  {
    ...V3,
    id: 'deepseek-v3-2',
    title: 'DeepSeek-V3.2',
    task: 'reasoning',
    modelScopeId: 'deepseek-ai/DeepSeek-V3.2',
    huggingFaceId: 'deepseek-ai/DeepSeek-V3.2',
    base: {
      name: 'DeepSeek-V3.2-Exp-Base',
      origin: 'domestic',
      source: 'model card of DeepSeek-V3.2 (base_model)',
    },
    released: { value: '2025-12-01', source: 'chat-deep.ai/models/deepseek-v3-2-exp' },
    licence: licence('MIT', 'model card of DeepSeek-V3.2 (license: mit)'),
    attention: mla(61, 128, config('deepseek-ai/DeepSeek-V3.2'), 128),
    weights: w8a8('vllm-ascend/DeepSeek-V3.2-W8A8'),
    deployments: {
      A2: {
        ...V3_2,
        servers: 2,
        arguments: {
          ...V3_2_ARGUMENTS,
          compilationConfig: {
            ...FULL_DECODE_GRAPH,
            cudagraph_capture_sizes: [8, 16, 24, 32, 40, 48],
          },
        },
        environment: {
          ...V3_2_ENVIRONMENT,
          HCCL_CONNECT_TIMEOUT: '120',
          HCCL_INTRA_PCIE_ENABLE: '1',
          HCCL_INTRA_ROCE_ENABLE: '0',
          OMP_NUM_THREADS: '100',
        },
      },
      A3: {
        ...V3_2,
        servers: 1,
        arguments: V3_2_ARGUMENTS,
        environment: { ...V3_2_ENVIRONMENT, OMP_NUM_THREADS: '10' },
      },
    },
  },
];
