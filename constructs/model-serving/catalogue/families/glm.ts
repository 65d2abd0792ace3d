import { mha, mla, routedExperts } from '../architecture';
import { LICENCE_OF_REPOSITORY } from '../assumptions';
import {
  type Deployment,
  FULL_DECODE_GRAPH,
  tensorParallel,
  type VllmArguments,
} from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { config, modelsDev, recipe, tutorial } from '../sources';
import { computedSize, type Weights } from '../weights';

const README = 'zai-org/GLM-4.5 README.md (170f20b)';
const README_5 = 'zai-org/GLM-5 README.md (218be52)';
const CONFIG_4_7 = 'config.json of huggingface.co/zai-org/GLM-4.7 (refs/pr/49)';

/** ModelScope keeps the maker's former name. */
function zai(
  name: string,
): Pick<WeightsModel, 'title' | 'modelScopeId' | 'huggingFaceId'> &
  Pick<WeightsModel, 'task' | 'access' | 'origin' | 'runtime'> {
  return {
    title: name,
    task: 'agent',
    access: 'weights',
    origin: 'domestic',
    runtime: 'vllm-ascend',
    modelScopeId: `ZhipuAI/${name}`,
    huggingFaceId: `zai-org/${name}`,
  };
}

function weights(
  billions: number,
  format: Weights['format'],
  repository: string,
  hub: Weights['hub'] = 'modelscope',
): Weights {
  return { format, hub, repository, sizeGib: computedSize(billions, format) };
}

/** GLM-4.5 to 4.7 have one shape. */
const GLM_4 = {
  parametersBillions: { value: 355, source: README },
  activeBillions: { value: 32, source: README },
  routedBillions: routedExperts({
    layers: 89,
    experts: 160,
    hiddenSize: 5120,
    innerSize: 1536,
    source: CONFIG_4_7,
  }),
} as const;

const GLM_4_ARGUMENTS: VllmArguments = {
  maxModelLen: 133000,
  maxNumSeqs: 16,
  maxNumBatchedTokens: 8192,
  gpuMemoryUtilization: 0.9,
  trustRemoteCode: true,
  compilationConfig: {
    ...FULL_DECODE_GRAPH,
    cudagraph_capture_sizes: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
  },
  additionalConfig: {
    enable_shared_expert_dp: true,
    ascend_fusion_config: { fusion_ops_gmmswigluquant: false },
  },
};
const MTP: VllmArguments = {
  speculativeConfig: { method: 'mtp', num_speculative_tokens: 3, enforce_eager: true },
};
const GLM_4_COMMON = {
  expertParallel: true,
  dtype: 'bfloat16',
  environment: {
    HCCL_BUFFSIZE: '512',
    HCCL_OP_EXPANSION_MODE: 'AIV',
    OMP_NUM_THREADS: '1',
    OMP_PROC_BIND: 'false',
    PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
    VLLM_ASCEND_ENABLE_TOPK_OPTIMIZE: '1',
  },
  source: tutorial('GLM4.x'),
} as const;

/** The tutorial's command is for the 16 NPUs of an A3 server; it names an A2 server, too. */
function glm4(args: VllmArguments, assumed?: string): WeightsModel['deployments'] {
  const common = { ...GLM_4_COMMON, arguments: { ...GLM_4_ARGUMENTS, ...args } };
  return {
    A2: tensorParallel(8, {
      ...common,
      assumed: assumed ?? 'the tutorial names the server; its command is for 16 NPUs',
    }),
    A3: {
      ...common,
      servers: 1,
      npus: 16,
      tensorParallel: 8,
      dataParallel: 2,
      ...(assumed ? { assumed } : {}),
    },
  };
}

/** GLM-5: latent attention with a sparse index, 744 billion parameters. */
const GLM_5 = {
  routedBillions: routedExperts({
    layers: 75,
    experts: 256,
    hiddenSize: 6144,
    innerSize: 2048,
    source: config('zai-org/GLM-5'),
  }),
} as const;
const GLM_5_ARGUMENTS: VllmArguments = {
  maxNumBatchedTokens: 4096,
  gpuMemoryUtilization: 0.95,
  trustRemoteCode: true,
  enableChunkedPrefill: true,
  enablePrefixCaching: true,
  compilationConfig: FULL_DECODE_GRAPH,
  additionalConfig: { multistream_overlap_shared_expert: true },
  speculativeConfig: { method: 'deepseek_mtp', num_speculative_tokens: 3, enforce_eager: true },
};
const GLM_5_COMMON = {
  expertParallel: true,
  environment: {
    HCCL_BUFFSIZE: '200',
    HCCL_OP_EXPANSION_MODE: 'AIV',
    OMP_NUM_THREADS: '1',
    OMP_PROC_BIND: 'false',
    PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
  },
  source: tutorial('GLM5'),
} as const;

const SAME_COMMAND_5_2 = 'the tutorial shows w4a8c8 and names the same servers for w8a8';
const GLM_5_2_ARGUMENTS: VllmArguments = {
  safetensorsLoadStrategy: 'prefetch',
  compilationConfig: FULL_DECODE_GRAPH,
};
const GLM_5_2_COMMON: Omit<Deployment, 'servers'> = {
  npus: 16,
  tensorParallel: 8,
  dataParallel: 2,
  expertParallel: true,
  dtype: 'bfloat16',
  source: tutorial('GLM5.2'),
  assumed: SAME_COMMAND_5_2,
};

/** GLM of Zhipu (Z.ai). */
export const GLM: readonly WeightsModel[] = [
  {
    ...zai('GLM-4.5-Air'),
    id: 'glm-4-5-air',
    parametersBillions: { value: 106, source: README },
    activeBillions: { value: 12, source: README },
    released: { value: '2025-07-28', source: modelsDev('zhipuai/glm-4.5-air') },
    licence: licence('MIT', README),
    attention: mha(
      46,
      96,
      8,
      128,
      'THUDM/slime scripts/models/glm4.5-106B-A12B.sh (624b824a8), of the maker',
    ),
    contextLength: { value: 131072, source: modelsDev('zhipuai/glm-4.5-air') },
    weights: weights(106, 'bf16', 'ZhipuAI/GLM-4.5-Air'),
    deployments: {
      A2: tensorParallel(8, {
        expertParallel: true,
        source: tutorial('GLM4.x'),
        assumed: 'the tutorial does not list it; one server holds the weights and a whole context',
      }),
    },
  },
  {
    ...zai('GLM-4.5'),
    ...GLM_4,
    id: 'glm-4-5',
    released: { value: '2025-07-28', source: modelsDev('zhipuai/glm-4.5') },
    licence: licence('MIT', README),
    attention: mha(92, 96, 8, 128, 'LMCache/LMCache docs/source/_static/modelconfig.json'),
    contextLength: { value: 131072, source: recipe('zai-org/GLM-4.5') },
    weights: weights(355, 'w8a8', 'Modelers_Park/GLM-4.5-w8a8', 'modelers'),
    deployments: glm4({ ...MTP, maxModelLen: 131072 }, 'the command is for GLM-4.7, of one shape'),
  },
  {
    ...zai('GLM-4.6'),
    ...GLM_4,
    id: 'glm-4-6',
    released: { value: '2025-09-30', source: modelsDev('zhipuai/glm-4.6') },
    licence: licence('MIT', README, 'said of GLM-4.5 in the README that GLM-4.6 shares'),
    attention: mha(92, 96, 8, 128, 'LMCache/LMCache docs/source/_static/modelconfig.json'),
    contextLength: { value: 202752, source: recipe('zai-org/GLM-4.6') },
    weights: weights(355, 'w8a8', 'Modelers_Park/GLM-4.6-w8a8', 'modelers'),
    // Its quantized weights come without the module that speculates.
    deployments: glm4({}, 'the command is for GLM-4.7, of one shape'),
  },
  {
    ...zai('GLM-4.7'),
    ...GLM_4,
    id: 'glm-4-7',
    released: { value: '2025-12-22', source: modelsDev('zhipuai/glm-4.7') },
    licence: licence('MIT', README, 'said of GLM-4.5 in the README that GLM-4.7 shares'),
    attention: mha(92, 96, 8, 128, CONFIG_4_7),
    contextLength: { value: 202752, source: CONFIG_4_7 },
    weights: weights(355, 'w8a8', 'Eco-Tech/GLM-4.7-W8A8-floatmtp'),
    deployments: glm4(MTP),
  },
  {
    ...zai('GLM-5'),
    ...GLM_5,
    id: 'glm-5',
    parametersBillions: { value: 744, source: README_5 },
    activeBillions: { value: 40, source: README_5 },
    released: { value: '2026-02-12', source: modelsDev('zhipuai/glm-5') },
    licence: licence('Apache-2.0', 'zai-org/GLM-5 LICENSE (218be52)', LICENCE_OF_REPOSITORY),
    attention: mla(78, 64, config('zai-org/GLM-5'), 128),
    contextLength: { value: 202752, source: config('zai-org/GLM-5') },
    weights: weights(744, 'w4a8', 'Eco-Tech/GLM-5-w4a8'),
    deployments: {
      A2: tensorParallel(8, {
        ...GLM_5_COMMON,
        arguments: { ...GLM_5_ARGUMENTS, maxModelLen: 32768, maxNumSeqs: 8 },
      }),
      A3: tensorParallel(16, {
        ...GLM_5_COMMON,
        arguments: { ...GLM_5_ARGUMENTS, maxModelLen: 200000, maxNumSeqs: 16 },
      }),
    },
  },
  {
    ...zai('GLM-5.2'),
    ...GLM_5,
    id: 'glm-5-2',
    parametersBillions: { value: 743, source: recipe('zai-org/GLM-5.2') },
    activeBillions: { value: 39, source: recipe('zai-org/GLM-5.2') },
    released: {
      value: '2026-06-16',
      source: 'groundy.com/articles/glm-5-2-on-vllm-and-ascend-open-weights-beyond-nvidia',
    },
    licence: licence(
      'MIT',
      'groundy.com/articles/glm-5-2-on-vllm-and-ascend-open-weights-beyond-nvidia',
    ),
    // One layer in four has an index of its own; counted as if all had.
    attention: mla(78, 64, config('zai-org/GLM-5.2'), 128),
    contextLength: { value: 1048576, source: config('zai-org/GLM-5.2') },
    weights: weights(743, 'w8a8', 'Eco-Tech/GLM-5.2-w8a8'),
    deployments: {
      A2: {
        ...GLM_5_2_COMMON,
        servers: 2,
        arguments: {
          ...GLM_5_2_ARGUMENTS,
          maxModelLen: 40000,
          maxNumSeqs: 16,
          maxNumBatchedTokens: 4096,
          gpuMemoryUtilization: 0.95,
          speculativeConfig: {
            method: 'deepseek_mtp',
            num_speculative_tokens: 5,
            enforce_eager: true,
          },
          additionalConfig: { multistream_overlap_shared_expert: true },
        },
        environment: {
          ACL_OP_INIT_MODE: '1',
          CPU_AFFINITY_CONF: '1',
          HCCL_CONNECT_TIMEOUT: '120',
          HCCL_EXEC_TIMEOUT: '200',
          HCCL_OP_EXPANSION_MODE: 'AIV',
          OMP_NUM_THREADS: '10',
          OMP_PROC_BIND: 'false',
          PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
          TASK_QUEUE_ENABLE: '1',
          VLLM_EXECUTE_MODEL_TIMEOUT_SECONDS: '30000',
          VLLM_RPC_TIMEOUT: '360000',
        },
        readyTimeoutSeconds: 1200,
      },
      A3: {
        ...GLM_5_2_COMMON,
        servers: 1,
        assumed: `${SAME_COMMAND_5_2}; half its context, because 8-bit weights leave less room`,
        arguments: {
          ...GLM_5_2_ARGUMENTS,
          maxModelLen: 65536,
          maxNumSeqs: 12,
          maxNumBatchedTokens: 8192,
          gpuMemoryUtilization: 0.92,
          trustRemoteCode: true,
          toolCallParser: 'glm47',
          reasoningParser: 'glm45',
          enableAutoToolChoice: true,
          speculativeConfig: {
            method: 'deepseek_mtp',
            num_speculative_tokens: 3,
            enforce_eager: true,
          },
          additionalConfig: {
            enable_dsa_cp: true,
            enable_flashcomm1: true,
            multistream_overlap_shared_expert: true,
          },
        },
        environment: {
          HCCL_BUFFSIZE: '200',
          HCCL_CONNECT_TIMEOUT: '3600',
          HCCL_EXEC_TIMEOUT: '3600',
          HCCL_OP_EXPANSION_MODE: 'AIV',
          HCCL_TRANSFER_TIMEOUT: '600',
          OMP_NUM_THREADS: '1',
          OMP_PROC_BIND: 'false',
          PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
          VLLM_ASCEND_ENABLE_FUSED_MC2: '0',
        },
      },
    },
  },
];
