import { allModels } from '../../../constructs';
import { fitOnPool } from '../../../core/serving/fit';
import { problemsOf } from '../../helpers/cluster';
import { POOLS, serving } from './fixtures';

/** Each model that vLLM serves with each number of NPUs that a pod may have on each server form. */
const COUNTS = POOLS.flatMap((pool) =>
  allModels().flatMap((model) => {
    if (model.access !== 'weights' || model.runtime !== 'vllm-ascend') return [];
    const documented = fitOnPool(model, pool);
    if (Array.isArray(documented) || documented.pods > 1) return [];
    return pool.server.form.podNpuCounts.map((npus) => ({
      name: `${model.id} with ${npus} on ${pool.server.accelerator.id}`,
      model,
      npus,
      documented: documented.deployment,
      fit: fitOnPool(model, pool, npus),
    }));
  }),
);

test('no count is taken that the heads do not divide among, or that is not the documented where they are not known', () => {
  const taken = COUNTS.flatMap((count) =>
    Array.isArray(count.fit) ? [] : { ...count, fit: count.fit },
  );
  expect(taken.length).toBeGreaterThan(100);
  const wrong = taken.filter(({ model: { attention }, documented, fit }) => {
    const { tensorParallel } = fit.deployment;
    if (!attention) return fit.npusPerPod !== documented.npus;
    const { value } = attention;
    const kv = value.kind === 'mha' ? value.kvHeads : 1;
    return (
      value.heads % tensorParallel !== 0 || (tensorParallel % kv !== 0 && kv % tensorParallel !== 0)
    );
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test('the documented count is taken where the heads are not known', () => {
  const documentedCounts = COUNTS.filter(
    ({ model, documented, npus }) => !model.attention && npus === documented.npus,
  );
  expect(documentedCounts.length).toBeGreaterThan(20);
  const refused = documentedCounts.filter(({ fit }) => Array.isArray(fit));
  expect(refused.map(({ name }) => name)).toEqual([]);
});

const A3 = {
  name: 'npu',
  serverForm: 'atlas-800t-a3',
  accelerator: '910C-752',
  servers: 1,
} as const;

test.each([
  // Its 32 heads do not divide among six.
  [
    'qwen3-coder-30b-a3b',
    6,
    /as many as its 32 attention heads divide among.*use 4, 8, 16, got: 6$/,
  ],
  // 28 heads, which do not divide among eight.
  ['gte-qwen2-7b', 8, /no other number is known to work.*got: 8$/],
  [
    'qwen2-5-vl-7b',
    6,
    /no other number is known to work, as its attention heads are not known.*got: 6$/,
  ],
])('%s with %i NPUs is refused with those that work', (model, npus, message) => {
  const made = serving({ model, npus }, { guarantee: 16 }, { pools: [A3] });
  expect(problemsOf(made.make)).toEqual([expect.stringMatching(message)]);
});
