import type {
  ClusterInventory,
  Parallelism,
  PoolEntry,
  ServingPlan,
  ServingsSubject,
  TenantEntry,
} from '../../../constructs';
import { hosts, PLAIN_CLUSTER, poolEntryOf, written } from '../../helpers/inventory';
import type { Fixture } from './fixture';

const NPU = 'huawei.com/Ascend910';

/** Ranks that share a copy of the weights. */
export function ranks(tensor: number, rest: Partial<Parallelism> = {}): Parallelism {
  return { tensor, data: 1, pipeline: 1, prefillContext: 1, expert: false, ...rest };
}

/** Two replicas of one pod with four NPUs, tensor parallel. */
export const PLAN: ServingPlan = {
  path: 'models/qwen',
  name: 'qwen',
  namespace: 'nankai',
  resourceName: NPU,
  pool: 'npu',
  model: {
    id: 'qwen3-32b',
    weightsGib: { value: 61, source: 'test' },
    mixtureOfExperts: false,
    weightsFormat: 'BF16',
    dataTypes: ['BF16'],
    attention: {
      value: { kind: 'mha', layers: 64, heads: 64, kvHeads: 8, headDim: 128 },
      source: 'test',
    },
    contextTokens: 40_960,
  },
  parallelism: ranks(4),
  memoryUtilization: 0.9,
  podsPerReplica: 1,
  npusPerPod: 4,
  podCpus: 80,
  podMemoryGib: 652,
  shmGib: 64,
  replicas: 2,
  rollout: { maxSurge: 0, maxUnavailable: 1 },
  disruptionBudget: { maxUnavailable: 1 },
  nodeSelector: { 'aicc.internal/pool': 'npu' },
  tolerations: [{ key: NPU, operator: 'Exists', effect: 'NoSchedule' }],
};

const TENANT: TenantEntry = {
  path: 'tenants/nankai',
  namespace: 'nankai',
  resourceName: NPU,
  guarantee: 16,
  ceiling: 16,
  state: 'active',
  podSecurity: 'restricted',
  priorityClasses: ['batch'],
  written: written(16, 16),
};

/** Three working servers of eight NPUs with 64 GiB each: 24 NPUs. */
const CLUSTER: ClusterInventory = {
  ...PLAIN_CLUSTER,
  path: 'c-1',
  name: 'c-1',
  pools: [poolEntryOf({ hosts: hosts(3) })],
  tenants: [TENANT],
  servings: [],
};

/** Servings like `PLAN` with these changes, on a pool and for a tenant with others. */
export function servings(
  plans: readonly Partial<ServingPlan>[],
  pool: Partial<PoolEntry> = {},
  tenant: Partial<TenantEntry> = {},
): ServingsSubject {
  return {
    kind: 'servings',
    servings: plans.map((changes) => ({ ...PLAN, ...changes })),
    cluster: {
      ...CLUSTER,
      pools: CLUSTER.pools.map((entry) => ({ ...entry, ...pool })),
      tenants: [{ ...TENANT, ...tenant }],
    },
  };
}

/** Three whole copies of a small model on three NPUs. */
const ODD: Partial<ServingPlan> = {
  model: { ...PLAN.model, weightsGib: { value: 16, source: 'test' } },
  parallelism: ranks(1, { data: 3 }),
  npusPerPod: 3,
};

/** A group of two pods with a server each, DeepSeek-R1 in W8A8 on A2. */
export const GROUP: ServingPlan = {
  ...PLAN,
  name: 'r1',
  model: {
    id: 'deepseek-r1',
    weightsGib: { value: 640, source: 'test' },
    expertsGib: { value: 608, source: 'test' },
    mixtureOfExperts: true,
    weightsFormat: 'w8a8',
    dataTypes: ['BF16', 'INT8'],
    attention: {
      value: { kind: 'mla', layers: 61, heads: 128, kvLoraRank: 512, ropeHeadDim: 64 },
      source: 'test',
    },
    contextTokens: 16_384,
  },
  parallelism: ranks(4, { data: 4, dataLocal: 2, expert: true }),
  podsPerReplica: 2,
  npusPerPod: 8,
  podCpus: 160,
  podMemoryGib: 1304,
  replicas: 1,
};

const ONE_NPU: Partial<ServingPlan> = {
  parallelism: ranks(1),
  npusPerPod: 1,
  podCpus: 20,
  podMemoryGib: 163,
};

/** Tensor parallelism over so many NPUs. */
function splits(tensor: number): Partial<ServingPlan> {
  return {
    parallelism: ranks(tensor),
    npusPerPod: tensor,
    replicas: 1,
  };
}

/** So many GiB of weights, and no context to make room for. */
function weighs(value: number): Partial<ServingPlan> {
  return {
    model: { ...PLAN.model, weightsGib: { value, source: 'test' }, contextTokens: undefined },
  };
}

/** One device with 44 GiB of weights, and a request of so many tokens. */
function asks(contextTokens: number): Partial<ServingPlan> {
  const weightsGib = { value: 44, source: 'test' };
  return { ...ONE_NPU, model: { ...PLAN.model, weightsGib, contextTokens } };
}

/** A group of three pods with half a server each. */
const HALVES: Partial<ServingPlan> = {
  ...GROUP,
  model: {
    ...GROUP.model,
    weightsGib: { value: 440, source: 'test' },
    expertsGib: { value: 408, source: 'test' },
  },
  parallelism: ranks(4, { data: 3, dataLocal: 1, expert: true }),
  podsPerReplica: 3,
  npusPerPod: 4,
  podCpus: 80,
  podMemoryGib: 652,
};

function rolls(
  maxSurge: number,
  maxUnavailable: number,
  rest: Partial<ServingPlan> = {},
): Partial<ServingPlan> {
  return { rollout: { maxSurge, maxUnavailable }, ...rest };
}

/** A passing and a failing subject for every proof about servings, by id: one step apart. */
export const SERVING_FIXTURES: Readonly<Record<string, Fixture>> = {
  'AICC-SRV-001': {
    passing: servings([{}]),
    failing: servings([{ npusPerPod: 5 }]),
    statement: /^TP 4 = 4 ranks ≠ 5 NPUs \(1 × 5\)$/,
  },
  'AICC-SRV-002': {
    passing: servings([splits(8)]),
    failing: servings([splits(7)]),
    statement: /^TP 7, 64 heads and 8 KV heads: TP may be 1, 2, 4, 8, 16, 32, 64$/,
  },
  // 60.96 × 0.9 = 54.864 GiB, of which HCCL has 0.390625: 54.473375 × 4 = 217.8935.
  'AICC-SRV-003': {
    passing: servings([weighs(217.89)]),
    failing: servings([weighs(217.9)]),
    statement:
      /^217.9 GiB ÷ 4 \+ 2 × 200 MiB of HCCL = 54.87 GiB a device > 54.86 GiB \(60.96 GiB × 0.9 of 910B3\)$/,
  },
  // 256 KiB a token: 54.864 − 44 GiB of room are 44,498.9 tokens.
  'AICC-SRV-004': {
    passing: servings([asks(44_498)]),
    failing: servings([asks(44_499)]),
    statement:
      /^44,499 tokens × 64 layers × 2 × 8 KV heads × 128 × 2 bytes = 10.86 GiB a device > 10.86 GiB left/,
  },
  'AICC-SRV-005': {
    passing: servings([{ model: { ...PLAN.model, dataTypes: ['BF16', 'INT8'] } }]),
    failing: servings([{ model: { ...PLAN.model, dataTypes: ['BF16', 'FP8'] } }]),
    statement: /^1 of 2 number formats .* of 910B3, which has no FP8$/,
  },
  'AICC-SRV-006': {
    passing: servings([ODD]),
    failing: servings([ODD], { serverForm: 'atlas-800t-a3', accelerator: '910C-752' }),
    statement: /^3 NPUs a pod ∉ {1, 2, 4, 6, 8, 10, 12, 14, 16} of Atlas 800T A3$/,
  },
  'AICC-SRV-007': {
    passing: servings([{ shmGib: 651 }]),
    failing: servings([{ shmGib: 652 }]),
    statement: /^652 GiB of \/dev\/shm ≥ 652 GiB of a pod$/,
  },
  'AICC-SRV-008': {
    passing: servings([rolls(1, 1), { name: 'other', replicas: 1 }]),
    failing: servings([rolls(1, 1), { name: 'other' }]),
    statement: /^qwen 3 × 4 with 1 of surge \+ 8 of other servings = 20 NPUs > 16 of the quota/,
  },
  'AICC-SRV-009': {
    passing: servings([rolls(2, 1)], { hosts: hosts(2) }),
    failing: servings([rolls(2, 1)], { hosts: hosts(2), reserve: { npus: 1, reason: 'test' } }),
    statement: /^1 servings of pool npu with 8 NPUs \+ 8 of the largest surge = 16 > 15 usable$/,
  },
  'AICC-SRV-010': {
    passing: servings([{ maxReplicas: 4 }]),
    failing: servings([{ maxReplicas: 5 }]),
    statement: /^qwen 5 × 4 at most = 20 NPUs > 16, the ceiling of nankai$/,
  },
  'AICC-SRV-011': {
    passing: servings([{ disruptionBudget: { minAvailable: 1 } }]),
    failing: servings([{ disruptionBudget: { minAvailable: 2 } }]),
    statement: /^2 pods − minAvailable 2 = 0 < 1 pod that may go$/,
  },
  'AICC-SRV-012': {
    passing: servings([rolls(1, 0)], {}, { guarantee: 12 }),
    failing: servings([rolls(1, 0)], {}, { guarantee: 11 }),
    statement: /^maxSurge 1, maxUnavailable 0: qwen 3 × 4 = 12 NPUs > 11, the guarantee of nankai$/,
  },
  'AICC-SRV-013': {
    passing: servings([{}]),
    failing: servings([{ nodeSelector: { 'aicc.internal/pool': 'other' } }]),
    statement:
      /^0 of 1 labels and 1 of 1 taints of pool npu, .*: no label aicc.internal\/pool=other$/,
  },
  // 192 − 8 and 1,536 − 64 for two pods.
  'AICC-SRV-014': {
    passing: servings([{ podCpus: 92, podMemoryGib: 736 }]),
    failing: servings([{ podCpus: 92, podMemoryGib: 737 }]),
    statement:
      /^2 pods × 92 = 184 CPUs ≤ 184 and 2 × 737 = 1474 GiB > 1472 that a server in npu has/,
  },
  'AICC-SRV-015': {
    passing: servings([HALVES]),
    failing: servings([HALVES], { hosts: hosts(2) }),
    statement: /^1 groups × 3 pods, 2 a server = 3 servers > 2 in service in pool npu of c-1$/,
  },
};
