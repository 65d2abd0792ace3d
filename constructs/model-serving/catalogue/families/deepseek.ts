import type { Deployment } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { tutorial } from '../sources';
import { computedSize } from '../weights';

const R1_CARD = 'deepseek-ai/DeepSeek-R1 README.md (0cf7856)';

/** Four data parallel groups of four NPUs with experts over all of them, on A2 over two servers. */
function r1(servers: number): Deployment {
  return {
    servers,
    npus: 16,
    tensorParallel: 4,
    dataParallel: 4,
    expertParallel: true,
    dtype: 'bfloat16',
    source: tutorial('DeepSeek-R1'),
  };
}

/** DeepSeek's own mixture-of-experts models. */
export const DEEPSEEK: readonly WeightsModel[] = [
  {
    id: 'deepseek-r1',
    title: 'DeepSeek-R1',
    task: 'reasoning',
    access: 'weights',
    modelScopeId: 'deepseek-ai/DeepSeek-R1',
    huggingFaceId: 'deepseek-ai/DeepSeek-R1',
    parametersBillions: { value: 671, source: R1_CARD },
    activeBillions: { value: 37, source: R1_CARD },
    origin: 'domestic',
    base: { name: 'DeepSeek-V3-Base', origin: 'domestic', source: R1_CARD },
    released: { value: '2025-01-20', source: 'deepseek-ai/DeepSeek-R1, commit 23807ce' },
    licence: licence('MIT', `${R1_CARD}, section 7`),
    runtime: 'vllm-ascend',
    weights: {
      format: 'w8a8',
      hub: 'modelscope',
      repository: 'vllm-ascend/DeepSeek-R1-W8A8',
      sizeGib: computedSize(671, 'w8a8'),
    },
    deployments: { A2: r1(2), A3: r1(1) },
  },
];
