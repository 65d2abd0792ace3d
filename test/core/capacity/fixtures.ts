import type {
  ClusterInventory,
  ComponentEntry,
  PhaseInventory,
  ProofSubject,
  ReplacementEntry,
  ServingEntry,
  Stage,
  TenantEntry,
  WrittenShare,
} from '../../../constructs';
import { hosts, PLAIN_CLUSTER, poolEntryOf, tenantEntry, written } from '../../helpers/inventory';
import type { Fixture } from './fixture';
import { replacement, servingsOf } from './replacement-fixtures';
import { SERVING_FIXTURES } from './serving-fixtures';

const NPU = 'huawei.com/Ascend910';

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
function cluster(
  tenants: TenantEntry[] = [],
  servings: ServingEntry[] = [],
  name = 'c-1',
): ClusterInventory {
  return {
    path: name,
    name,
    ...PLAIN_CLUSTER,
    pools: [poolEntryOf({ hosts: hosts(10, 1, `${name}-npu`) })],
    tenants,
    servings,
  };
}

function phases(...milestones: number[]): ProofSubject {
  return {
    kind: 'phases',
    phases: milestones.map(
      (milestonePetaflops, index): PhaseInventory => ({
        id: `phase-${index + 1}`,
        milestonePetaflops,
        cluster: cluster([], [], `c-${index + 1}`),
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
      cluster: cluster(count > 0 ? [tenantEntry(count, count)] : [], [], `c-${index + 1}`),
    })),
  };
}

/** Two tenants, `a` and `b`, with the peers that each names. */
function peers(...named: string[][]): ProofSubject {
  return onCluster(
    named.map((names, index) => ({
      ...tenantEntry(4, 4),
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
  return {
    kind: 'cluster',
    cluster: { ...cluster([tenantEntry(16, 16)], servings), replacements },
  };
}

const chat = (stage: Stage) => replacement('chat', stage);
const wide = replacement('chat', 'foreign', {
  domestic: { ...chat('foreign').domestic, replicas: 3 },
});

/** The last of these phases has these changes of its cluster; servers are its own. */
function phasesWith(changes: Partial<ClusterInventory>): ProofSubject {
  const base = {
    ...cluster(),
    priorities: [
      { name: 'online-serving', value: 100 },
      { name: 'batch', value: 10 },
    ],
  };
  const next = { ...base, ...cluster([], [], 'c-2'), priorities: base.priorities };
  return {
    kind: 'phases',
    phases: [
      { id: 'phase-1', milestonePetaflops: 1, cluster: base },
      { id: 'phase-2', milestonePetaflops: 2, cluster: { ...next, ...changes } },
    ],
  };
}

function withCluster(
  changes: Partial<ClusterInventory>,
  tenants: TenantEntry[] = [tenantEntry(8, 8)],
): ProofSubject {
  return { kind: 'cluster', cluster: { ...cluster(tenants), ...changes } };
}

/** Tenants `a`, `b`, `c` … that are guaranteed 8 NPUs each and may hold so many. */
function borrowers(...ceilings: number[]): ProofSubject {
  return onCluster(
    ceilings.map((ceiling, index) => ({
      ...tenantEntry(8, ceiling),
      namespace: 'abc'[index] ?? '',
    })),
  );
}

/** A serving of so many replicas with five NPUs each. */
function fives(replicas: number): ServingEntry {
  return { ...serving(replicas), npusPerReplica: 5, podCpus: 1, podMemoryGib: 1 };
}

/** The pool with servers that are kept spare. */
function spareOf(spareServers: number) {
  return [poolEntryOf({ hosts: hosts(10, 1), spareServers })];
}

/** A DaemonSet on all servers, and what it asks for. */
function daemon(changes: Partial<ComponentEntry> = {}): ComponentEntry {
  return {
    path: 'c-1/noded',
    name: 'noded',
    podCpus: 0.5,
    podMemoryGib: 0.5,
    nodeSelector: { workerselector: 'dls-worker-node' },
    tolerations: [{ key: NPU, operator: 'Exists', effect: 'NoSchedule' }],
    ...changes,
  };
}

/** A tenant of 8 NPUs whose objects say this instead. */
function wrote(changes: Partial<WrittenShare>): ProofSubject {
  return onCluster([{ ...tenantEntry(8, 16), written: { ...written(8, 16), ...changes } }]);
}

/** A passing and a failing subject for every proof, by id. */
export const FIXTURES: Readonly<Record<string, Fixture>> = {
  'AICC-CAP-001': {
    passing: phases(25.04, 50.08),
    failing: phases(25.04, 50.09),
    statement: /25\.04 \+ 25\.04 = 50\.08 PF < 50\.09 PF of phase-2/,
  },
  'AICC-CAP-002': {
    passing: phases(10, 10.01),
    failing: phases(10, 10),
    statement: /10 PF of phase-2 ≤ 10 PF of phase-1/,
  },
  'AICC-CAP-003': {
    passing: onCluster([tenantEntry(72, 72)]),
    failing: onCluster([tenantEntry(72, 72), { ...tenantEntry(1, 1), namespace: 'other' }]),
    statement: /2 tenants = 73 > 72 usable \(80 − 8 out of service\)/,
  },
  'AICC-CAP-004': {
    passing: onCluster([tenantEntry(8, 16)], [serving(4)]),
    failing: onCluster([tenantEntry(8, 16)], [serving(5)]),
    statement: /qwen 5 × 4 = 20 NPUs > 16 of the quota of nankai/,
  },
  'AICC-CAP-005': {
    passing: onCluster([tenantEntry(8, 72)]),
    failing: onCluster([tenantEntry(8, 73)]),
    statement: /guarantee 8, ceiling 73, usable 72 NPUs of c-1/,
  },
  'AICC-CAP-006': {
    passing: onCluster([tenantEntry(8, 64), { ...tenantEntry(8, 8), namespace: 'other' }]),
    failing: onCluster([tenantEntry(8, 65), { ...tenantEntry(8, 8), namespace: 'other' }]),
    statement: /ceiling 65 > 64 \(72 usable − 8 guaranteed to others on c-1\)/,
  },
  'AICC-CAP-007': {
    passing: phasesWith({}),
    failing: phasesWith({
      pools: [poolEntryOf({ hosts: [...hosts(1), ...hosts(9, 0, 'c-2-npu')] })],
    }),
    statement: /10 servers, 2 names of .* that earlier phases have: c-1-npu-1, rack c-1-npu-r1$/,
  },
  'AICC-CAP-008': {
    passing: phasesWith({}),
    failing: phasesWith({
      priorities: [
        { name: 'online-serving', value: 100 },
        { name: 'batch', value: 11 },
      ],
    }),
    statement: /1 of 2 priority classes of phase-1 unchanged in phase-2; batch 10 → 11$/,
  },
  'AICC-CAP-009': {
    passing: withCluster({ components: [daemon()] }),
    failing: withCluster({ components: [daemon({ tolerations: [] })] }),
    statement:
      /noded selects workerselector=dls-worker-node: 9 servers in service, 0 of them .*Ascend910/,
  },
  'AICC-CAP-010': {
    // 192 CPUs − 8 of the host: 24 are left beside 8 × 20 for NPUs.
    passing: withCluster({ components: [daemon({ podCpus: 24 })] }),
    failing: withCluster({ components: [daemon({ podCpus: 24.5 })] }),
    statement: /CPUs 160 > 159\.5 \(192 − 8 of the host − 24\.5 of 1 components\)/,
  },
  'AICC-CAP-011': {
    passing: withCluster({ components: [daemon()], pools: [poolEntryOf({ maxPods: 9 })] }),
    failing: withCluster({ components: [daemon()], pools: [poolEntryOf({ maxPods: 8 })] }),
    statement: /pods of a server 9 \(one a NPU, and components\) of 8,/,
  },
  'AICC-CAP-012': {
    passing: borrowers(8, 32, 32),
    failing: borrowers(8, 32, 33),
    statement: /keeps 7 NPUs \(72 in service − 65 that others can hold on c-1\) < 8 guaranteed/,
  },
  'AICC-CAP-013': {
    // Nine servers in service, four of them in a rack: 40 NPUs outlast it.
    passing: withCluster({ pools: spareOf(1) }, [tenantEntry(40, 40)]),
    failing: withCluster({ pools: spareOf(1) }, [tenantEntry(41, 41)]),
    statement: /41 sold > 40 \(72 in service − 32 of rack c-1-npu-r1\); 1 servers are spare/,
  },
  'AICC-CAP-014': {
    // Nine servers: three pods of five NPUs cannot share one, so a tenth has no place.
    passing: onCluster([tenantEntry(45, 45)], [fives(9)]),
    failing: onCluster([tenantEntry(50, 50)], [fives(10)]),
    statement:
      /^not found within [\d,]+ steps: 9 pods on 9 of 9 servers; 1 without a place, .* where 27 NPUs are free in all; the most that one server has left is 3 NPUs/,
  },
  'AICC-LOC-001': {
    passing: replacing([chat('foreign'), 2, 0]),
    failing: replacing([wide, 2, 0]),
    statement: /chat foreign → shadow: 8 NPUs in use \+ 12 = 20 > 16 \(ceiling of nankai\)/,
  },
  'AICC-LOC-002': {
    // Another alias still needs the model; it is that alias's own.
    passing: replacing([chat('retired'), 0, 2], [replacement('code', 'default'), 1, 1]),
    failing: replacing([chat('retired'), 1, 2]),
    statement: /chat is retired, llama holds 4 NPUs as nankai\/chat-foreign$/,
  },
  ...SERVING_FIXTURES,
  'AICC-TEN-001': {
    passing: onCluster([{ ...tenantEntry(8, 8), expiry: '2026-12-25' }]),
    failing: onCluster([{ ...tenantEntry(8, 8), expiry: '2026-11-23' }]),
    statement: /last day 2026-11-23, checked on 2026-11-24/,
  },
  'AICC-TEN-002': {
    passing: onCluster([{ ...tenantEntry(8, 8), expiry: '2026-12-25' }]),
    failing: onCluster([{ ...tenantEntry(8, 8), expiry: '2026-12-24' }]),
    statement: /30 days from 2026-11-24 to 2026-12-24/,
  },
  'AICC-TEN-003': {
    passing: guaranteed(8, 0, 8),
    failing: guaranteed(8, 0, 7),
    statement: /7 NPUs guaranteed and 7 at most in phase-3, 8 and 8 in phase-1$/,
  },
  'AICC-TEN-004': {
    passing: peers(['b'], ['a']),
    failing: peers(['b'], []),
    statement: /b, 1 tenant of 2 on c-1, does not name a$/,
  },
  'AICC-TEN-005': {
    passing: wrote({}),
    failing: wrote({ capability: { [NPU]: '17' } }),
    statement:
      /quota requests\.huawei\.com\/Ascend910 16, capability 17, ceiling 16; .* 8, sold 8$/,
  },
  'AICC-TEN-006': {
    passing: wrote({ quota: { ...written(8, 16).quota, 'requests.cpu': '8' } }),
    failing: wrote({ quota: { ...written(8, 16).quota, 'requests.cpu': '7' } }),
    statement: /0 NPUs of servings and 8 others: CPUs 8 > 7, GiB 16 ≤ /,
  },
};
