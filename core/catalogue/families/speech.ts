import { LICENCE_OF_REPOSITORY, MANY_TIMES, onBoth, undocumented } from '../assumptions';
import { FULL_DECODE_GRAPH, tensorParallel } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { recipe, SUPPORT_MATRIX, tutorial } from '../sources';
import { computedSize } from '../weights';

const WHISPER = 'openai/whisper (c0d2f62)';
const SENSEVOICE = 'FunAudioLLM/SenseVoice README.md (d478f77)';
const COSYVOICE = 'FunAudioLLM/CosyVoice (ace7c47)';
const XTTS = 'coqui-ai/TTS TTS/.models.json (dbf1a08a)';

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
  {
    id: 'whisper-large-v3',
    title: 'Whisper large-v3',
    task: 'speech-recognition',
    access: 'weights',
    origin: 'foreign',
    huggingFaceId: 'openai/whisper-large-v3',
    parametersBillions: { value: 1.55, source: `${WHISPER} model-card.md` },
    released: { value: '2023-11-06', source: `${WHISPER}, commit c5d4256` },
    licence: licence('MIT', `${WHISPER} README.md, License`),
    // The matrix of vllm-ascend says that it does not serve it.
    runtime: 'container',
    weights: {
      format: 'fp16',
      hub: 'huggingface',
      repository: 'openai/whisper-large-v3',
      sizeGib: computedSize(1.55, 'fp16'),
    },
    deployments: onBoth(
      tensorParallel(1, {
        dtype: 'float16',
        source: SUPPORT_MATRIX,
        assumed: 'not with vllm-ascend; a container of the site, one NPU',
      }),
    ),
  },
  {
    id: 'sensevoice-small',
    title: 'SenseVoiceSmall',
    task: 'speech-recognition',
    access: 'weights',
    origin: 'domestic',
    modelScopeId: 'iic/SenseVoiceSmall',
    huggingFaceId: 'FunAudioLLM/SenseVoiceSmall',
    parametersBillions: { value: 0.234, source: 'modelscope/FunASR README.md (3c58cb56a)' },
    released: { value: '2024-07', source: SENSEVOICE },
    licence: licence('FunASR Model License 1.1', `${SENSEVOICE}, License`),
    runtime: 'container',
    runsOnCpu: { source: `${SENSEVOICE}: on CPU with llama.cpp` },
    weights: {
      format: 'fp32',
      hub: 'modelscope',
      repository: 'iic/SenseVoiceSmall',
      sizeGib: computedSize(0.234, 'fp32'),
    },
    deployments: onBoth(undocumented(1, SENSEVOICE, MANY_TIMES)),
  },
  {
    id: 'cosyvoice2-0-5b',
    title: 'CosyVoice2-0.5B',
    task: 'speech-synthesis',
    access: 'weights',
    origin: 'domestic',
    modelScopeId: 'iic/CosyVoice2-0.5B',
    huggingFaceId: 'FunAudioLLM/CosyVoice2-0.5B',
    parametersBillions: { value: 0.5, source: 'name of iic/CosyVoice2-0.5B' },
    released: { value: '2024-12', source: `${COSYVOICE} README.md, Roadmap` },
    licence: licence('Apache-2.0', `${COSYVOICE} LICENSE`, LICENCE_OF_REPOSITORY),
    runtime: 'container',
    weights: {
      format: 'fp32',
      hub: 'modelscope',
      repository: 'iic/CosyVoice2-0.5B',
      sizeGib: computedSize(0.5, 'fp32'),
    },
    deployments: onBoth(undocumented(1, COSYVOICE, MANY_TIMES)),
  },
  {
    id: 'cosyvoice3-0-5b',
    title: 'Fun-CosyVoice3-0.5B-2512',
    task: 'speech-synthesis',
    access: 'weights',
    origin: 'domestic',
    modelScopeId: 'FunAudioLLM/Fun-CosyVoice3-0.5B-2512',
    huggingFaceId: 'FunAudioLLM/Fun-CosyVoice3-0.5B-2512',
    parametersBillions: { value: 0.5, source: 'name of FunAudioLLM/Fun-CosyVoice3-0.5B-2512' },
    released: { value: '2025-12', source: `${COSYVOICE} README.md, Roadmap` },
    licence: licence('Apache-2.0', `${COSYVOICE} LICENSE`, LICENCE_OF_REPOSITORY),
    runtime: 'container',
    weights: {
      format: 'fp32',
      hub: 'modelscope',
      repository: 'FunAudioLLM/Fun-CosyVoice3-0.5B-2512',
      sizeGib: computedSize(0.5, 'fp32'),
    },
    deployments: onBoth(undocumented(1, COSYVOICE, MANY_TIMES)),
  },
  {
    id: 'xtts-v2',
    title: 'XTTS-v2',
    task: 'speech-synthesis',
    access: 'weights',
    origin: 'foreign',
    huggingFaceId: 'coqui/XTTS-v2',
    parametersBillions: {
      value: 0.75,
      source: 'aiwiki.ai/wiki/xtts',
      assumed: 'a number of others; the maker gives none',
    },
    released: { value: '2023-11-06', source: `${XTTS}, commit e45227d9` },
    licence: licence('Coqui Public Model License', `${XTTS}: CPML`),
    runtime: 'container',
    weights: {
      format: 'fp32',
      hub: 'huggingface',
      repository: 'coqui/XTTS-v2',
      sizeGib: computedSize(0.75, 'fp32'),
    },
    deployments: onBoth(undocumented(1, XTTS, MANY_TIMES)),
  },
];
