import type {
  ClusterLedger,
  PoolEntry,
  ProofSubject,
  ServingPlan,
  TenantEntry,
} from '../../../constructs';
import { hosts, PLAIN_CLUSTER, poolEntryOf, written } from '../../helpers/ledger';
import type { Fixture } from './fixtures';

const NPU = 'huawei.com/Ascend910';

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
  parallelism: { tensor: 4, data: 1, pipeline: 1, prefillContext: 1, expert: false },
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
  written: written(16, 16),
};

/** Three working servers of eight NPUs with 64 GiB each: 24 NPUs. */
const CLUSTER: ClusterLedger = {
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
): ProofSubject {
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
  parallelism: { tensor: 1, data: 3, pipeline: 1, prefillContext: 1, expert: false },
  npusPerPod: 3,
};

/** A passing and a failing subject for every proof about servings, by id. */
export const SERVING_FIXTURES: Readonly<Record<string, Fixture>> = {
  'AICC-SRV-001': {
    passing: servings([{}]),
    failing: servings([{ npusPerPod: 5 }]),
    arithmetic: /^TP 4 = 4 ranks ≠ 5 NPUs \(1 × 5\)$/,
  },
  'AICC-SRV-006': {
    passing: servings([ODD]),
    failing: servings([ODD], { serverForm: 'atlas-800t-a3', accelerator: '910C-752' }),
    arithmetic: /^3 NPUs a pod ∉ {1, 2, 4, 6, 8, 10, 12, 14, 16} of Atlas 800T A3$/,
  },
};
