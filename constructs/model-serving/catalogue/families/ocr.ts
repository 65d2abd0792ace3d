import { type Deployment, tensorParallel } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { tutorial } from '../sources';
import { computedSize } from '../weights';

function paddle(dtype: Deployment['dtype']): Deployment {
  return tensorParallel(1, { dtype, source: tutorial('PaddleOCR-VL') });
}

/** Models that read text in pictures. */
export const OCR: readonly WeightsModel[] = [
  {
    id: 'paddleocr-vl',
    title: 'PaddleOCR-VL',
    task: 'ocr',
    access: 'weights',
    modelScopeId: 'PaddlePaddle/PaddleOCR-VL',
    huggingFaceId: 'PaddlePaddle/PaddleOCR-VL',
    parametersBillions: { value: 0.9, source: 'huggingface.co/PaddlePaddle/PaddleOCR-VL' },
    origin: 'domestic',
    released: {
      value: '2025-10',
      source: 'huggingface.co/PaddlePaddle/PaddleOCR-VL',
      assumed: 'not read at the source yet',
    },
    licence: licence('Apache-2.0', 'huggingface.co/PaddlePaddle/PaddleOCR-VL'),
    runtime: 'vllm-ascend',
    weights: {
      format: 'bf16',
      hub: 'modelscope',
      repository: 'PaddlePaddle/PaddleOCR-VL',
      sizeGib: computedSize(0.9, 'bf16'),
    },
    deployments: { A2: paddle('bfloat16'), A3: paddle('bfloat16'), '310P': paddle('float16') },
  },
];
