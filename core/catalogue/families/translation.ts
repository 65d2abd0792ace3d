import { onBoth, undocumented } from '../assumptions';
import { tensorParallel } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { computedSize } from '../weights';

const HUNYUAN = 'Tencent-Hunyuan/Hunyuan-MT (2338007)';
const NLLB = 'huggingface.co/facebook/nllb-200-distilled-1.3B';

const hunyuan = tensorParallel(1, {
  arguments: { trustRemoteCode: true },
  source: `${HUNYUAN} README.md, vLLM with tensor parallelism 1`,
  assumed: 'not on the matrix of vllm-ascend; one NPU holds the weights',
});
/** Models that translate. */
export const TRANSLATION: readonly WeightsModel[] = [
  {
    id: 'hunyuan-mt-7b',
    title: 'Hunyuan-MT-7B',
    task: 'translation',
    access: 'weights',
    origin: 'domestic',
    huggingFaceId: 'tencent/Hunyuan-MT-7B',
    parametersBillions: { value: 7, source: `${HUNYUAN} README.md` },
    released: { value: '2025-09-01', source: `${HUNYUAN} README.md` },
    licence: licence('Tencent Hunyuan Community License', `${HUNYUAN} License.txt`),
    runtime: 'vllm-ascend',
    weights: {
      format: 'bf16',
      hub: 'huggingface',
      repository: 'tencent/Hunyuan-MT-7B',
      sizeGib: computedSize(7, 'bf16'),
    },
    deployments: onBoth(hunyuan),
  },
  {
    id: 'nllb-200-3-3b',
    title: 'NLLB-200-3.3B',
    task: 'translation',
    access: 'weights',
    origin: 'foreign',
    huggingFaceId: 'facebook/nllb-200-3.3B',
    parametersBillions: { value: 3.3, source: 'name of facebook/nllb-200-3.3B' },
    released: { value: '2022-07', source: 'arXiv 2207.04672' },
    licence: licence(
      'CC-BY-NC-4.0',
      `${NLLB}: CC-BY-NC`,
      'read at the distilled 1.3B, without the version; the family has one licence',
    ),
    runtime: 'container',
    weights: {
      format: 'fp32',
      hub: 'huggingface',
      repository: 'facebook/nllb-200-3.3B',
      sizeGib: computedSize(3.3, 'fp32'),
    },
    deployments: onBoth(undocumented(1, NLLB)),
  },
];
