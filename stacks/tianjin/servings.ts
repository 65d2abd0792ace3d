import type { Serving } from '../centre';

/** Models that many share, all in the centre's own tenant: `[model, replicas]` by phase. */
const SHARED: Readonly<Record<string, readonly (readonly [model: string, replicas: number])[]>> = {
  'phase-100p': [
    ['deepseek-r1-distill-qwen-7b', 4],
    ['deepseek-r1-distill-qwen-14b', 4],
    ['deepseek-r1-distill-qwen-32b', 4],
    ['qwen3-8b', 4],
    ['qwen3-14b', 4],
    ['qwen3-32b', 4],
    ['qwen3-30b-a3b', 2],
    ['qwen3-embedding-8b', 2],
    ['qwen3-reranker-8b', 2],
  ],
  'phase-200p': [
    ['qwen3-235b-a22b', 2],
    ['qwen3-coder-30b-a3b', 4],
    ['qwen3-vl-8b', 4],
    ['qwen3-asr-1-7b', 2],
    ['paddleocr-vl', 2],
  ],
  'phase-300p': [
    ['deepseek-r1-distill-qwen-32b', 4],
    ['qwen3-235b-a22b', 2],
    ['qwen3-vl-8b', 4],
    ['qwen3-embedding-8b', 4],
  ],
  'phase-1000p': [
    ['qwen3-235b-a22b', 8],
    ['deepseek-r1-distill-qwen-32b', 8],
    ['qwen3-32b', 8],
    ['qwen3-coder-30b-a3b', 8],
    ['qwen3-vl-8b', 8],
    ['qwen3-embedding-8b', 8],
    ['qwen3-reranker-8b', 8],
  ],
};

export const SERVINGS: readonly Serving[] = Object.entries(SHARED).flatMap(([phase, models]) =>
  models.map(([model, replicas]) => ({ phase, tenant: 'model-services', model, replicas })),
);
