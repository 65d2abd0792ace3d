import { mha, routedExperts } from '../architecture';
import { FULL_DECODE_GRAPH, tensorParallel, type VllmArguments } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { config, modelsDev, nightly, recipe, tutorial } from '../sources';
import { computedSize } from '../weights';

const REPOSITORY = 'MiniMaxAI/MiniMax-M2.5';
const M2_7 = 'MiniMaxAI/MiniMax-M2.7';

/** Of both; the tutorial's commands are for M2.7. */
const TUTORIAL = `${tutorial('MiniMax-M2')}, without its draft model`;

/** Without the draft model of the tests, which is another repository. */
const ARGUMENTS: VllmArguments = {
  maxModelLen: 196608,
  maxNumSeqs: 128,
  maxNumBatchedTokens: 16384,
  trustRemoteCode: true,
  enablePrefixCaching: false,
  compilationConfig: FULL_DECODE_GRAPH,
  additionalConfig: { enable_cpu_binding: true },
};
const ENVIRONMENT = {
  HCCL_OP_EXPANSION_MODE: 'AIV',
  OMP_NUM_THREADS: '1',
  PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
  TASK_QUEUE_ENABLE: '1',
  VLLM_ASCEND_ENABLE_NZ: '1',
};

/** MiniMax-M2. */
export const MINIMAX: readonly WeightsModel[] = [
  {
    id: 'minimax-m2-5',
    title: 'MiniMax-M2.5',
    task: 'agent',
    access: 'weights',
    origin: 'domestic',
    runtime: 'vllm-ascend',
    modelScopeId: 'MiniMax/MiniMax-M2.5',
    huggingFaceId: REPOSITORY,
    parametersBillions: { value: 230, source: recipe(REPOSITORY) },
    activeBillions: { value: 10, source: recipe(REPOSITORY) },
    routedBillions: routedExperts({
      layers: 62,
      experts: 256,
      hiddenSize: 3072,
      innerSize: 1536,
      source: config(REPOSITORY),
    }),
    released: { value: '2026-02-13', source: 'MiniMax-AI/MiniMax-M2.5 LICENSE-MODEL (0fe00c8)' },
    licence: licence(
      'MiniMax Model License',
      'MiniMax-AI/MiniMax-M2.5 LICENSE-MODEL (0fe00c8); its README says Modified-MIT',
    ),
    attention: mha(62, 48, 8, 128, config(REPOSITORY)),
    contextLength: { value: 196608, source: config(REPOSITORY) },
    weights: {
      format: 'w8a8',
      hub: 'modelscope',
      repository: 'Eco-Tech/MiniMax-M2.5-w8a8-QuaRot',
      sizeGib: computedSize(230, 'w8a8'),
    },
    deployments: {
      A2: tensorParallel(8, {
        expertParallel: true,
        arguments: {
          ...ARGUMENTS,
          gpuMemoryUtilization: 0.9,
          enableChunkedPrefill: true,
          enableAutoToolChoice: true,
          toolCallParser: 'minimax_m2',
          // Not `minimax_m2_append_think`, as the test has it: thoughts in the answer lose forced tool calls and JSON.
          reasoningParser: 'minimax_m2',
        },
        environment: {
          ...ENVIRONMENT,
          HCCL_BUFFSIZE: '1200',
          VLLM_ASCEND_ENABLE_FUSED_MC2: '1',
        },
        source: nightly('MiniMax-M2.5-w8a8-QuaRot-A2'),
      }),
      A3: tensorParallel(8, {
        expertParallel: true,
        arguments: { ...ARGUMENTS, gpuMemoryUtilization: 0.85 },
        environment: {
          ...ENVIRONMENT,
          HCCL_BUFFSIZE: '512',
        },
        source: nightly('MiniMax-M2.5-w8a8-QuaRot-A3'),
      }),
    },
  },
  {
    id: 'minimax-m2-7',
    title: 'MiniMax-M2.7',
    task: 'agent',
    access: 'weights',
    origin: 'domestic',
    runtime: 'vllm-ascend',
    huggingFaceId: M2_7,
    parametersBillions: { value: 230, source: recipe(M2_7) },
    activeBillions: { value: 10, source: recipe(M2_7) },
    routedBillions: routedExperts({
      layers: 62,
      experts: 256,
      hiddenSize: 3072,
      innerSize: 1536,
      source: config(M2_7),
    }),
    released: { value: '2026-03-18', source: modelsDev('minimax/MiniMax-M2.7') },
    licence: licence(
      'MiniMax-M2.7 Non-Commercial License',
      'gnu.support/software-freedom-fakers, which quotes the whole text',
      'as quoted; the file in the repository of the weights was not read here',
    ),
    attention: mha(62, 48, 8, 128, config(M2_7)),
    contextLength: { value: 204800, source: config(M2_7) },
    weights: {
      format: 'w8a8',
      hub: 'modelscope',
      repository: 'vllm-ascend/MiniMax-M2.7-w8a8-QuaRot',
      sizeGib: computedSize(230, 'w8a8'),
    },
    deployments: {
      A2: tensorParallel(8, {
        expertParallel: true,
        arguments: {
          maxNumSeqs: 32,
          maxNumBatchedTokens: 32768,
          trustRemoteCode: true,
          gpuMemoryUtilization: 0.85,
          compilationConfig: FULL_DECODE_GRAPH,
          additionalConfig: { enable_cpu_binding: true },
          modelLoaderExtraConfig: { enable_multithread_load: true, num_threads: 16 },
        },
        environment: {
          HCCL_BUFFSIZE: '512',
          HCCL_INTRA_PCIE_ENABLE: '1',
          HCCL_INTRA_ROCE_ENABLE: '0',
          HCCL_OP_EXPANSION_MODE: 'AIV',
          OMP_NUM_THREADS: '1',
          OMP_PROC_BIND: 'false',
          PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
          TASK_QUEUE_ENABLE: '1',
        },
        source: TUTORIAL,
      }),
      A3: {
        servers: 1,
        npus: 16,
        tensorParallel: 4,
        dataParallel: 4,
        expertParallel: true,
        dtype: 'bfloat16',
        arguments: {
          maxModelLen: 40690,
          maxNumSeqs: 48,
          maxNumBatchedTokens: 16384,
          trustRemoteCode: true,
          gpuMemoryUtilization: 0.85,
          compilationConfig: FULL_DECODE_GRAPH,
          additionalConfig: {
            enable_cpu_binding: true,
            enable_fused_mc2: true,
            weight_nz_mode: true,
          },
        },
        environment: {
          HCCL_BUFFSIZE: '1024',
          HCCL_OP_EXPANSION_MODE: 'AIV',
          OMP_NUM_THREADS: '1',
          PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
          TASK_QUEUE_ENABLE: '1',
        },
        source: TUTORIAL,
      },
    },
  },
];
