import type {
  ClusterLedger,
  PhaseLedger,
  ProofSubject,
  ReplacementEntry,
  ServingEntry,
  Stage,
  TenantEntry,
} from '../../../constructs';
import { hosts, PLAIN_CLUSTER, poolEntryOf, written } from '../../helpers/ledger';
import { replacement, servingsOf } from './replacement-fixtures';
import { SERVING_FIXTURES } from './serving-fixtures';

const NPU = 'huawei.com/Ascend910';

function tenant(guarantee: number, ceiling: number): TenantEntry {
  return {
    path: 'tenants/nankai',
    namespace: 'nankai',
    resourceName: NPU,
    guarantee,
    ceiling,
    state: 'active',
    written: written(guarantee, ceiling),
  };
}

function serving(replicas: number): ServingEntry {
  return {
    path: 'models/qwen',
    name: 'qwen',
    model: 'qwen3-32b',
    namespace: 'nankai',
    resourceName: NPU,
    pool: 'npu',
    npusPerReplica: 4,
    podsPerReplica: 1,
    podCpus: 80,
    podMemoryGib: 640,
    replicas,
    surge: 0,
    nodeSelector: { 'aicc.internal/pool': 'npu' },
    tolerations: [{ key: NPU, operator: 'Exists', effect: 'NoSchedule' }],
  };
}

/** Ten servers of eight NPUs with 313 TFLOPS: 80 NPUs, 25.04 PF; one server out of service. */
function cluster(tenants: TenantEntry[] = [], servings: ServingEntry[] = []): ClusterLedger {
  return {
    path: 'c-1',
    name: 'c-1',
    ...PLAIN_CLUSTER,
    pools: [poolEntryOf({ hosts: hosts(10, 1) })],
    tenants,
    servings,
  };
}

function phases(...milestones: number[]): ProofSubject {
  return {
    kind: 'phases',
    phases: milestones.map(
      (milestonePetaflops, index): PhaseLedger => ({
        id: `phase-${index + 1}`,
        milestonePetaflops,
        cluster: cluster(),
      }),
    ),
  };
}

function onCluster(tenants: TenantEntry[], servings: ServingEntry[] = []): ProofSubject {
  return { kind: 'cluster', cluster: cluster(tenants, servings) };
}

/** Phases in which a tenant is guaranteed so many NPUs; none where 0. */
function guaranteed(...npus: number[]): ProofSubject {
  return {
    kind: 'phases',
    phases: npus.map((count, index) => ({
      id: `phase-${index + 1}`,
      milestonePetaflops: index + 1,
      cluster: cluster(count > 0 ? [tenant(count, count)] : []),
    })),
  };
}

/** Two tenants, `a` and `b`, with the peers that each names. */
function peers(...named: string[][]): ProofSubject {
  return onCluster(
    named.map((names, index) => ({
      ...tenant(4, 4),
      namespace: index === 0 ? 'a' : 'b',
      peers: names,
    })),
  );
}

/** A tenant of 16 NPUs with replacements, and what runs of each: [replicas of the foreign, of the domestic model]. */
function replacing(
  ...pairs: [ReplacementEntry, foreign: number, domestic: number][]
): ProofSubject {
  const servings = pairs.flatMap(([entry, foreign, domestic]) =>
    servingsOf(entry, { foreign, domestic }),
  );
  const replacements = pairs.map(([entry]) => entry);
  return { kind: 'cluster', cluster: { ...cluster([tenant(16, 16)], servings), replacements } };
}

const chat = (stage: Stage) => replacement('chat', stage);
const wide = replacement('chat', 'foreign', {
  domestic: { ...chat('foreign').domestic, replicas: 3 },
});

export interface Fixture {
  /** At the very edge of what holds. */
  readonly passing: ProofSubject;
  /** One step over it. */
  readonly failing: ProofSubject;
  /** The sum that the failure shows. */
  readonly arithmetic: RegExp;
}

/** A passing and a failing subject for every proof, by id. */
export const FIXTURES: Readonly<Record<string, Fixture>> = {
  'AICC-CAP-001': {
    passing: phases(25.04, 50.08),
    failing: phases(25.04, 50.09),
    arithmetic: /25\.04 \+ 25\.04 = 50\.08 PF < 50\.09 PF of phase-2/,
  },
  'AICC-CAP-002': {
    passing: phases(10, 10.01),
    failing: phases(10, 10),
    arithmetic: /10 PF of phase-2 ≤ 10 PF of phase-1/,
  },
  'AICC-CAP-003': {
    passing: onCluster([tenant(72, 72)]),
    failing: onCluster([tenant(72, 72), { ...tenant(1, 1), namespace: 'other' }]),
    arithmetic: /2 tenants = 73 > 72 usable \(80 − 8 out of service\)/,
  },
  'AICC-CAP-004': {
    passing: onCluster([tenant(8, 16)], [serving(4)]),
    failing: onCluster([tenant(8, 16)], [serving(5)]),
    arithmetic: /qwen 5 × 4 = 20 NPUs > 16 of the quota of nankai/,
  },
  'AICC-CAP-005': {
    passing: onCluster([tenant(8, 72)]),
    failing: onCluster([tenant(8, 73)]),
    arithmetic: /guarantee 8, ceiling 73, usable 72 NPUs of c-1/,
  },
  'AICC-CAP-006': {
    passing: onCluster([tenant(8, 64), { ...tenant(8, 8), namespace: 'other' }]),
    failing: onCluster([tenant(8, 65), { ...tenant(8, 8), namespace: 'other' }]),
    arithmetic: /ceiling 65 > 64 \(72 usable − 8 guaranteed to others on c-1\)/,
  },
  'AICC-LOC-001': {
    passing: replacing([chat('foreign'), 2, 0]),
    failing: replacing([wide, 2, 0]),
    arithmetic: /chat foreign → shadow: 8 NPUs in use \+ 12 = 20 > 16 \(ceiling of nankai\)/,
  },
  'AICC-LOC-002': {
    // Another alias still needs the model; it is that alias's own.
    passing: replacing([chat('retired'), 0, 2], [replacement('code', 'default'), 1, 1]),
    failing: replacing([chat('retired'), 1, 2]),
    arithmetic: /chat is retired, llama holds 4 NPUs as nankai\/chat-foreign$/,
  },
  ...SERVING_FIXTURES,
  'AICC-TEN-001': {
    passing: onCluster([{ ...tenant(8, 8), expiry: '2026-12-25' }]),
    failing: onCluster([{ ...tenant(8, 8), expiry: '2026-11-23' }]),
    arithmetic: /last day 2026-11-23, checked on 2026-11-24/,
  },
  'AICC-TEN-002': {
    passing: onCluster([{ ...tenant(8, 8), expiry: '2026-12-25' }]),
    failing: onCluster([{ ...tenant(8, 8), expiry: '2026-12-24' }]),
    arithmetic: /30 days from 2026-11-24 to 2026-12-24/,
  },
  'AICC-TEN-003': {
    passing: guaranteed(8, 0, 8),
    failing: guaranteed(8, 0, 7),
    arithmetic: /7 NPUs guaranteed and 7 at most in phase-3, 8 and 8 in phase-1$/,
  },
  'AICC-TEN-004': {
    passing: peers(['b'], ['a']),
    failing: peers(['b'], []),
    arithmetic: /b, 1 tenant of 2 on c-1, does not name a$/,
  },
};
