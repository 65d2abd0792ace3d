import { FULL_DECODE_GRAPH, tensorParallel } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { recipe, tutorial } from '../sources';
import { computedSize } from '../weights';

const ASR = tutorial('Qwen3-ASR-1.7B');
const asr = tensorParallel(1, {
  arguments: { maxModelLen: 4096, gpuMemoryUtilization: 0.9, enforceEager: true },
  source: ASR,
});

/** Models that write down what was said, and models that speak. */
export const SPEECH: readonly WeightsModel[] = [
  {
    id: 'qwen3-asr-1-7b',
    title: 'Qwen3-ASR-1.7B',
    task: 'speech-recognition',
    access: 'weights',
    origin: 'domestic',
    modelScopeId: 'Qwen/Qwen3-ASR-1.7B',
    huggingFaceId: 'Qwen/Qwen3-ASR-1.7B',
    // 1.7 without the part that listens.
    parametersBillions: { value: 2.3, source: recipe('Qwen/Qwen3-ASR-1.7B') },
    released: { value: '2026-01-29', source: 'QwenLM/Qwen3-ASR README.md (7c6daf7)' },
    licence: licence('Apache-2.0', 'QwenLM/Qwen3-ASR LICENSE (7c6daf7)'),
    runtime: 'vllm-ascend',
    contextLength: { value: 65536, source: recipe('Qwen/Qwen3-ASR-1.7B') },
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'Qwen/Qwen3-ASR-1.7B',
      sizeGib: computedSize(2.3, 'bf16'),
    },
    deployments: {
      A2: asr,
      A3: {
        ...asr,
        assumed: 'the tutorial names one 910B or 310P; a die of A3 has the same memory',
      },
      '310P': tensorParallel(1, {
        dtype: 'float16',
        arguments: {
          maxModelLen: 4096,
          gpuMemoryUtilization: 0.9,
          compilationConfig: { ...FULL_DECODE_GRAPH, cudagraph_capture_sizes: [1, 4] },
          additionalConfig: {
            ascend_compilation_config: { fuse_norm_quant: false, enable_npu_graph_ex: false },
          },
        },
        source: ASR,
      }),
    },
  },
];
