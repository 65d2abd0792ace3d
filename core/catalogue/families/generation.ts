import { onBoth, undocumented } from '../assumptions';
import { tensorParallel } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { recipe } from '../sources';
import { computedSize } from '../weights';

const STABILITY = 'Stability-AI/generative-models (0ad7de9)';
const FLUX = 'black-forest-labs/flux (802fb47)';
const QWEN_IMAGE = 'QwenLM/Qwen-Image README.md (6b5e1f5)';
const WAN = 'Wan-Video/Wan2.2 README.md (42bf4cf)';
const WAN_RECIPE = recipe('Wan-AI/Wan2.2-T2V-A14B-Diffusers');
const OMNI = 'vllm-project/vllm-omni docs/models/supported_models.md (be81443c)';

const CONTAINER = { access: 'weights', runtime: 'container' } as const;

/** Models that draw and film. */
export const GENERATION: readonly WeightsModel[] = [
  {
    ...CONTAINER,
    id: 'qwen-image',
    title: 'Qwen-Image',
    task: 'image-generation',
    origin: 'domestic',
    modelScopeId: 'Qwen/Qwen-Image',
    huggingFaceId: 'Qwen/Qwen-Image',
    parametersBillions: { value: 20, source: QWEN_IMAGE },
    released: { value: '2025-08-04', source: QWEN_IMAGE },
    licence: licence('Apache-2.0', `${QWEN_IMAGE}, License Agreement`),
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'Qwen/Qwen-Image',
      // With Qwen2.5-VL-7B, which reads the prompt.
      sizeGib: computedSize(27, 'bf16', '20 and 7 of the text encoder'),
    },
    deployments: onBoth(
      tensorParallel(1, {
        source: OMNI,
        assumed: `listed for NPUs without their number; ${recipe('Qwen/Qwen-Image')} asks 48 GB`,
      }),
    ),
  },
  {
    ...CONTAINER,
    id: 'sdxl',
    title: 'Stable Diffusion XL base 1.0',
    task: 'image-generation',
    origin: 'foreign',
    huggingFaceId: 'stabilityai/stable-diffusion-xl-base-1.0',
    parametersBillions: {
      value: 3.5,
      source: 'stability.ai/news/stable-diffusion-sdxl-1-announcement',
      assumed: 'the announcement was not read here',
    },
    released: { value: '2023-07-26', source: `${STABILITY} README.md` },
    licence: licence('CreativeML Open RAIL++-M', `${STABILITY} README.md`),
    weights: {
      format: 'fp16',
      hub: 'huggingface',
      repository: 'stabilityai/stable-diffusion-xl-base-1.0',
      sizeGib: computedSize(3.5, 'fp16'),
    },
    deployments: onBoth(undocumented(1, STABILITY)),
  },
  {
    ...CONTAINER,
    id: 'flux-1-dev',
    title: 'FLUX.1 [dev]',
    task: 'image-generation',
    origin: 'foreign',
    huggingFaceId: 'black-forest-labs/FLUX.1-dev',
    parametersBillions: { value: 12, source: `${FLUX} model_cards/FLUX.1-dev.md` },
    released: { value: '2024-08-01', source: `${FLUX}, first commit (1f71c43)` },
    licence: licence('FLUX.1 [dev] Non-Commercial License', `${FLUX} README.md`),
    weights: {
      format: 'bf16',
      hub: 'huggingface',
      repository: 'black-forest-labs/FLUX.1-dev',
      sizeGib: computedSize(12, 'bf16'),
    },
    deployments: onBoth(undocumented(1, FLUX, undefined, 'bfloat16')),
  },
  {
    ...CONTAINER,
    id: 'wan2-2-t2v-a14b',
    title: 'Wan2.2-T2V-A14B',
    task: 'video-generation',
    origin: 'domestic',
    modelScopeId: 'Wan-AI/Wan2.2-T2V-A14B',
    huggingFaceId: 'Wan-AI/Wan2.2-T2V-A14B',
    parametersBillions: { value: 27, source: WAN },
    activeBillions: { value: 14, source: WAN },
    released: { value: '2025-07-28', source: WAN },
    licence: licence('Apache-2.0', `${WAN}, License Agreement`),
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'Wan-AI/Wan2.2-T2V-A14B',
      sizeGib: computedSize(27, 'bf16'),
    },
    deployments: onBoth(
      undocumented(4, WAN_RECIPE, 'the recipe asks 152 GB on other accelerators', 'bfloat16'),
    ),
  },
  {
    ...CONTAINER,
    id: 'wan2-2-ti2v-5b',
    title: 'Wan2.2-TI2V-5B',
    task: 'video-generation',
    origin: 'domestic',
    modelScopeId: 'Wan-AI/Wan2.2-TI2V-5B',
    huggingFaceId: 'Wan-AI/Wan2.2-TI2V-5B',
    parametersBillions: { value: 5, source: WAN },
    released: { value: '2025-07-28', source: WAN },
    licence: licence('Apache-2.0', `${WAN}, License Agreement`),
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'Wan-AI/Wan2.2-TI2V-5B',
      sizeGib: computedSize(5, 'bf16'),
    },
    deployments: onBoth(undocumented(1, WAN, '24 GB are enough on other accelerators', 'bfloat16')),
  },
  {
    ...CONTAINER,
    id: 'svd-xt',
    title: 'Stable Video Diffusion XT',
    task: 'video-generation',
    origin: 'foreign',
    huggingFaceId: 'stabilityai/stable-video-diffusion-img2vid-xt',
    parametersBillions: { value: 1.5, source: 'openlaboratory.ai/models/svd-xt' },
    released: { value: '2023-11-21', source: `${STABILITY} README.md` },
    licence: licence(
      'Stable Video Diffusion Non-Commercial License',
      `${STABILITY} model_licenses/LICENSE-SVD`,
    ),
    weights: {
      format: 'fp16',
      hub: 'huggingface',
      repository: 'stabilityai/stable-video-diffusion-img2vid-xt',
      sizeGib: computedSize(1.5, 'fp16'),
    },
    deployments: onBoth(undocumented(1, STABILITY)),
  },
];
