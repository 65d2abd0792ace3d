import {
  type ComponentEntry,
  type Parallelism,
  type PoolEntry,
  type ProofResult,
  type ProofSubject,
  runProofs,
  type ServedModel,
  type ServingPlan,
} from '../../../constructs';
import { GROUP, PLAN, ranks, servings } from './serving-fixtures';

/** The only result of a proof about a subject. */
function only(subject: ProofSubject, id: string): ProofResult {
  const results = runProofs(subject).filter((result) => result.id === id);
  if (results.length !== 1 || !results[0]) throw new Error(`${results.length} results of ${id}`);
  return results[0];
}

const has = (subject: ProofSubject, id: string) =>
  runProofs(subject).some((result) => result.id === id);

const serving = (plan: Partial<ServingPlan>, pool: Partial<PoolEntry> = {}) =>
  servings([plan], pool);

const of = (model: Partial<ServedModel>, base: ServedModel = PLAN.model): ServedModel => ({
  ...base,
  ...model,
});

test('DeepSeek-R1 on two servers holds everything, with experts on all ranks and the rest on each', () => {
  const subject = serving(GROUP);
  expect(runProofs(subject).filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(only(subject, 'AICC-SRV-001').statement).toBe(
    'TP 4 × DP 4 = 16 ranks = 16 NPUs (2 × 8); in a pod TP 4 × DP 2 = 8 ranks = 8 NPUs; 2 pods × DP 2 = DP 4',
  );
  expect(only(subject, 'AICC-SRV-003')).toMatchObject({
    statement:
      '(640 GiB − 608 GiB of experts) ÷ 4 + 608 GiB ÷ 16 + 2 × 200 MiB of HCCL = 46.39 GiB a device ≤ 54.86 GiB (60.96 GiB × 0.9 of 910B3)',
  });
  // 16,384 × 61 × 576 × 2 bytes are 1,151,336,448: MLA keeps one vector, whole on each rank.
  expect(only(subject, 'AICC-SRV-004').statement).toMatch(
    /^16,384 tokens × 61 layers × \(512 \+ 64\) × 2 bytes = 1.07 GiB a device ≤ 8.47 GiB left/,
  );
  for (const { notProven } of runProofs(subject)) expect(notProven).toBeUndefined();
});

describe('AICC-SRV-001: ranks', () => {
  const local = (changes: Partial<Parallelism>) => ({
    ...GROUP,
    parallelism: ranks(4, { data: 4, dataLocal: 2, ...changes }),
  });

  test.each([
    [{ dataLocal: 1 }, 'in a pod TP 4 = 4 ranks ≠ 8 NPUs; 2 pods × DP 1 ≠ DP 4'],
    [{ data: 2, dataLocal: 1, pipeline: 2 }, 'TP 4 × DP 2 × PP 2 = 16 ranks = 16'],
    [{ data: 2, dataLocal: 1, prefillContext: 2 }, 'TP 4 × DP 2 × PCP 2 = 16 ranks = 16'],
    [{ pipeline: 2 }, 'TP 4 × DP 4 × PP 2 = 32 ranks ≠ 16 NPUs'],
    [{ data: 6 }, 'TP 4 × DP 6 = 24 ranks ≠ 16 NPUs (2 × 8); in a pod TP 4 × DP 2 = 8 ranks = 8'],
    // All 16 ranks are there, in the wrong pods.
    [{ tensor: 8, data: 2, dataLocal: 2 }, 'TP 8 × DP 2 = 16 ranks ≠ 8 NPUs; 2 pods × DP 2 ≠ DP 2'],
  ])('%j', (changes, statement) => {
    const result = only(serving(local(changes)), 'AICC-SRV-001');
    expect(result.statement).toContain(statement);
    expect(result.holds).toBe(!statement.includes('≠'));
  });

  test('tensor parallelism over the pods of a group has no local share', () => {
    expect(only(serving({ ...GROUP, parallelism: ranks(16) }), 'AICC-SRV-001')).toMatchObject({
      holds: true,
      statement: 'TP 16 = 16 ranks = 16 NPUs (2 × 8)',
    });
  });

  test('a plain container has no ranks, heads or cache to prove', () => {
    const ids = runProofs(serving({ parallelism: undefined })).map(({ id }) => id);
    expect(ids).not.toContain('AICC-SRV-001');
    expect(ids).not.toContain('AICC-SRV-002');
    expect(ids).not.toContain('AICC-SRV-004');
    expect(ids).toContain('AICC-SRV-003');
  });
});

describe('AICC-SRV-002: heads', () => {
  const heads = (tensor: number, heads: number, kvHeads: number) => ({
    parallelism: ranks(tensor),
    model: of({
      attention: { value: { kind: 'mha', layers: 1, heads, kvHeads, headDim: 1 }, source: 'test' },
    }),
  });

  test.each([
    [4, 64, 8, true],
    // Each KV head is copied to two ranks.
    [16, 64, 8, true],
    // 12 query heads divide by 6, but 4 KV heads neither divide by 6 nor 6 by 4.
    [6, 12, 4, false],
    [3, 64, 8, false],
  ])('TP %d of %d heads and %d KV heads: %s', (tensor, all, kv, holds) => {
    expect(only(serving(heads(tensor, all, kv)), 'AICC-SRV-002')).toMatchObject({ holds });
  });

  test.each([
    [4, true, undefined],
    [8, true, /^16 heads a rank: faqs.md of vllm-ascend .* asks for 32, 64 or 128/],
    [3, false, undefined],
  ])('MLA with TP %d: %s, %s', (tensor, holds, notProven) => {
    const plan = { ...GROUP, parallelism: ranks(tensor) };
    const result = only(serving(plan), 'AICC-SRV-002');
    expect(result.holds).toBe(holds);
    if (notProven) expect(result.notProven).toMatch(notProven);
    else expect(result.notProven).toBeUndefined();
  });

  test('not known: not proven, and no failure', () => {
    const model = of({ attention: { unknown: 'no configuration' } });
    expect(only(serving({ model }), 'AICC-SRV-002')).toMatchObject({
      status: 'passed',
      notProven: 'no configuration',
    });
  });
});

describe('AICC-SRV-003: weights', () => {
  const weights = (model: Partial<ServedModel>, rest: Partial<ServingPlan> = GROUP) =>
    only(serving({ ...rest, model: of(model, rest.model) }), 'AICC-SRV-003');

  test('experts of unknown size give a lower bound: not proven, or refuted', () => {
    const parts = { expertsGib: undefined };
    expect(weights({ ...parts, weightsGib: { value: 871.5, source: 'test' } })).toMatchObject({
      holds: true,
      statement: expect.stringContaining(
        '871.5 GiB ÷ 16 + 2 × 200 MiB of HCCL = 54.86 GiB at least',
      ),
      notProven: 'the share of routed experts is not known',
    });
    const refuted = weights({ ...parts, weightsGib: { value: 871.6, source: 'test' } });
    expect(refuted).toMatchObject({ holds: false });
    expect(refuted.notProven).toBeUndefined();
  });

  test('without experts each data parallel rank holds all weights', () => {
    expect(weights({ mixtureOfExperts: false, expertsGib: undefined })).toMatchObject({
      holds: false,
      statement: expect.stringMatching(
        /^640 GiB ÷ 4 \+ 2 × 200 MiB of HCCL = 160.39 GiB a device >/,
      ),
    });
  });

  test('a size that is not known is not proven, an assumed one says so', () => {
    expect(weights({ weightsGib: { unknown: 'no size' } })).toMatchObject({
      holds: true,
      notProven: 'no size',
    });
    const assumed = weights({ weightsGib: { value: 64, source: 'test', assumed: 'test' } }, PLAN);
    expect(assumed.statement).toMatch(/^64 GiB \(assumed\) ÷ 4 \+/);
  });

  test('larger HCCL buffers leave less', () => {
    const plan = { model: of({ weightsGib: { value: 214, source: 'test' } }) };
    expect(only(serving(plan), 'AICC-SRV-003').holds).toBe(true);
    expect(only(serving({ ...plan, hcclBufferMib: 1024 }), 'AICC-SRV-003')).toMatchObject({
      holds: false,
      statement: expect.stringContaining('2 × 1024 MiB of HCCL = 55.5 GiB'),
    });
  });

  test('a container on several NPUs is not proven, on one it has all of it and no HCCL', () => {
    const rest = { ...PLAN, parallelism: undefined, memoryUtilization: undefined };
    expect(weights({}, rest).notProven).toBe('how it is divided is not known');
    expect(
      weights({ weightsGib: { value: 60.96, source: 'test' } }, { ...rest, npusPerPod: 1 }),
    ).toMatchObject({
      holds: true,
      statement: '60.96 GiB = 60.96 GiB a device ≤ 60.96 GiB (60.96 GiB of 910B3)',
    });
  });
});

describe('AICC-SRV-004: cache', () => {
  test('pipeline stages have their layers, and context parallel ranks their tokens', () => {
    const parallelism = ranks(4, { pipeline: 3, prefillContext: 2 });
    expect(only(serving({ parallelism }), 'AICC-SRV-004').statement).toMatch(
      /^20,480 tokens × 22 layers × 2 × 2 KV heads × 128 × 2 bytes = 0.43 GiB/,
    );
  });

  test('sparse attention keeps its index, too', () => {
    const { value } = GROUP.model.attention as { value: object };
    const attention = { value: { ...value, indexHeadDim: 128 } as never, source: 'test' };
    expect(
      only(serving({ ...GROUP, model: of({ attention }, GROUP.model) }), 'AICC-SRV-004'),
    ).toMatchObject({
      statement: expect.stringContaining('× (512 + 64 + 128) × 2 bytes = 1.31 GiB'),
    });
  });

  test('more ranks than KV heads have one each', () => {
    expect(only(serving({ parallelism: ranks(16) }), 'AICC-SRV-004').statement).toMatch(
      /× 2 × 1 KV heads ×/,
    );
  });

  test.each([
    [{ attention: { unknown: 'no configuration' } }, 'no configuration'],
    [{ weightsGib: { unknown: 'no size' } }, 'the size of the weights is not known'],
    [{ contextTokens: undefined }, 'no context was asked for, and that of the model is not known'],
  ] as const)('%j: not proven, never a guess', (model, notProven) => {
    const result = only(serving({ model: of(model) }), 'AICC-SRV-004');
    expect(result).toMatchObject({ status: 'passed', notProven });
  });

  test('weights that may take more leave it unproven, unless even the lower bound refutes it', () => {
    const plan = (contextTokens: number) =>
      serving({ ...GROUP, model: of({ expertsGib: undefined, contextTokens }, GROUP.model) });
    expect(only(plan(16_384), 'AICC-SRV-004').notProven).toMatch(/the weights may leave less/);
    const refuted = only(plan(1_000_000), 'AICC-SRV-004');
    expect(refuted).toMatchObject({ holds: false });
    expect(refuted.notProven).toBeUndefined();
  });

  test('the 310P gives half of what is left to the cache', () => {
    const duo = { serverForm: 'atlas-300i-duo-server', accelerator: '310P' };
    // 43.24 × 0.9 − 61 ÷ 4 − 0.39 = 23.28 GiB, half of it.
    expect(only(serving({}, duo), 'AICC-SRV-004').statement).toMatch(
      /≤ 11.64 GiB, what is given to it of 23.28 GiB left by the weights$/,
    );
  });

  test('one mistake, one line: weights that do not fit themselves have no cache to prove', () => {
    const model = of({ weightsGib: { value: 300, source: 'test' } });
    expect(has(serving({ model }), 'AICC-SRV-004')).toBe(false);
  });
});

describe('AICC-SRV-005: number formats', () => {
  const formats = (dataTypes: ServedModel['dataTypes'], form: string, accelerator: string) =>
    only(serving({ model: of({ dataTypes }) }, { serverForm: form, accelerator }), 'AICC-SRV-005');

  test.each([
    [['BF16'], 'atlas-800-9000', '910A', false],
    [['BF16'], 'atlas-300i-duo-server', '310P', false],
    [['FP16', 'INT8'], 'atlas-300i-duo-server', '310P', true],
    [['FP8'], 'atlas-800t-a2', '910B3', false],
    [['FP8'], 'atlas-800t-a3', '910C-752', false],
    [['BF16', 'INT4', 'INT8'], 'atlas-800t-a3', '910C-752', true],
  ] as const)('%j on %s with %s: %s', (types, form, accelerator, holds) => {
    expect(formats(types, form, accelerator)).toMatchObject({ holds });
  });

  test('what no source says is not proven', () => {
    expect(formats(['FP16', 'INT4'], 'atlas-300i-duo-server', '310P')).toMatchObject({
      holds: true,
      notProven: 'no source says whether 310P has INT4',
    });
  });
});

describe('updates', () => {
  test('neither surge nor unavailable replicas: nothing moves (KServe#5916)', () => {
    const result = only(serving({ rollout: { maxSurge: 0, maxUnavailable: 0 } }), 'AICC-SRV-012');
    expect(result).toMatchObject({ holds: false, statement: 'maxSurge 0, maxUnavailable 0' });
  });

  test('surge without spare devices, and no replica may be missing: a deadlock (LLMKube#192)', () => {
    const plan = { rollout: { maxSurge: 1, maxUnavailable: 0 }, replicas: 4 };
    const failed = runProofs(serving(plan)).filter(({ status }) => status === 'failed');
    expect(failed.map(({ id }) => id)).toEqual(['AICC-SRV-008', 'AICC-SRV-012']);
  });

  test('an autoscaler at its limit is updated, too', () => {
    const plan = { rollout: { maxSurge: 1, maxUnavailable: 1 }, replicas: 1, maxReplicas: 4 };
    expect(only(serving(plan), 'AICC-SRV-008')).toMatchObject({
      holds: false,
      statement: expect.stringMatching(/^qwen 5 × 4 with 1 of surge = 20 NPUs > 16/),
    });
  });

  test('an autoscaler at its most cannot block itself, either: others may hold what is not guaranteed', () => {
    const rollout = { maxSurge: 1, maxUnavailable: 0 };
    const least = only(serving({ rollout, replicas: 1 }), 'AICC-SRV-012');
    expect(least.holds).toBe(true);
    const most = only(serving({ rollout, replicas: 1, maxReplicas: 4 }), 'AICC-SRV-012');
    expect(most).toMatchObject({
      holds: false,
      statement: expect.stringMatching(/qwen 5 × 4 = 20 NPUs > 16, the guarantee of nankai/),
    });
  });

  test('other servings count where they share the quota, and only there', () => {
    const plan = { rollout: { maxSurge: 1, maxUnavailable: 1 } };
    const with8 = (other: Partial<ServingPlan>) => servings([plan, { name: 'other', ...other }]);
    const statement = (subject: ProofSubject) => only(subject, 'AICC-SRV-008').statement;
    expect(statement(with8({}))).toMatch(/\+ 8 of other servings = 20/);
    expect(statement(with8({ namespace: 'elsewhere' }))).toMatch(/with 1 of surge = 12/);
    expect(statement(with8({ resourceName: 'huawei.com/Ascend310P' }))).toMatch(/surge = 12/);
  });
});

describe('AICC-SRV-011: disruption budgets', () => {
  test.each([
    [1, 2, { minAvailable: 0 }, true],
    [1, 2, { minAvailable: 2 }, false],
    [3, 2, { minAvailable: 4 }, true],
    [3, 2, { minAvailable: 6 }, false],
    [1, 1, { maxUnavailable: 1 }, true],
    [1, 1, { maxUnavailable: 0 }, false],
  ])('%d replicas of %d pods with %j: %s', (replicas, podsPerReplica, disruptionBudget, holds) => {
    const plan = { replicas, podsPerReplica, disruptionBudget };
    expect(only(serving(plan), 'AICC-SRV-011')).toMatchObject({ holds });
  });

  test('none is drained as it is', () => {
    expect(has(serving({ disruptionBudget: undefined }), 'AICC-SRV-011')).toBe(false);
  });
});

describe('AICC-SRV-013: placement', () => {
  const key = 'huawei.com/Ascend910';

  test.each([
    [[{ key, operator: 'Exists', effect: 'NoSchedule' }], true],
    [[{ key, operator: 'Exists' }], true],
    [[{ operator: 'Exists' }], true],
    [[{ key }], true],
    [[{ key, value: '' }], true],
    [[{ key, value: 'true' }], false],
    [[{ key, operator: 'Exists', effect: 'NoExecute' }], false],
    [[{ key: 'huawei.com/Ascend310P', operator: 'Exists' }], false],
    [[], false],
  ])('tolerations %j: %s', (tolerations, holds) => {
    expect(only(serving({ tolerations }), 'AICC-SRV-013').holds).toBe(holds);
  });

  test('a preference keeps nobody away, and another resource does', () => {
    const taints = [{ key: 'cold', effect: 'PreferNoSchedule' }];
    expect(only(serving({}, { taints }), 'AICC-SRV-013').holds).toBe(true);
    expect(only(serving({}, { resourceName: 'huawei.com/other' }), 'AICC-SRV-013')).toMatchObject({
      holds: false,
      statement: expect.stringContaining('it has huawei.com/other'),
    });
  });
});

test('AICC-SRV-014: CPUs are counted like memory', () => {
  expect(only(serving({ podCpus: 93 }), 'AICC-SRV-014')).toMatchObject({
    holds: false,
    statement: expect.stringMatching(/^2 pods × 93 = 186 CPUs > 184/),
    remedy: 'ask for 92 CPUs and 736 GiB a pod at most',
  });
});

test('AICC-SRV-014: components that run on every server of the pool come first', () => {
  const daemon: ComponentEntry = {
    path: 'test/daemon',
    name: 'daemon',
    podCpus: 1,
    podMemoryGib: 1,
    nodeSelector: { 'aicc.internal/pool': 'npu' },
    tolerations: [{ operator: 'Exists' }],
  };
  const beside = (changes: Partial<ComponentEntry>) => {
    const subject = serving({ podCpus: 92 });
    const components = [{ ...daemon, ...changes }];
    return only({ ...subject, cluster: { ...subject.cluster, components } }, 'AICC-SRV-014');
  };
  expect(beside({})).toMatchObject({
    holds: false,
    statement: expect.stringContaining('184 CPUs > 183'),
  });
  expect(beside({ nodeSelector: { 'aicc.internal/pool': 'other' } }).holds).toBe(true);
  expect(beside({ replicas: 1 }).holds).toBe(true);
});

test('AICC-SRV-015: an autoscaled group counts at its most, and pods of one replica need no group', () => {
  const group = { ...GROUP, replicas: 1, maxReplicas: 2 };
  expect(only(serving(group), 'AICC-SRV-015')).toMatchObject({
    holds: false,
    statement: expect.stringMatching(/^2 groups × 2 pods, 1 a server = 4 servers > 3/),
  });
  expect(has(serving({}), 'AICC-SRV-015')).toBe(false);
});
