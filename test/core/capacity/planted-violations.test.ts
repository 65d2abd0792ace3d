import {
  type ClusterInventory,
  type ComponentEntry,
  type ProofSubject,
  runProofs,
  type ServingEntry,
  type TenantEntry,
} from '../../../constructs';
import { hosts, PLAIN_CLUSTER, poolEntryOf, tenantEntry, written } from '../../helpers/inventory';

const NPU = 'huawei.com/Ascend910';
const DUO = 'huawei.com/Ascend310P';

/** What a proof promises beyond the one edge of its fixture: what still holds, what does not, and how it reads. */
interface Planted {
  readonly id: string;
  readonly what: string;
  readonly passing: ProofSubject;
  readonly failing: ProofSubject;
  readonly statement: RegExp;
  /** What else says so. @default - nothing: one mistake, one line */
  readonly also?: readonly string[];
}

/** Ten servers of eight NPUs in racks of four. */
function cluster(changes: Partial<ClusterInventory> = {}): ProofSubject {
  return { kind: 'cluster', cluster: inventory(changes) };
}

function inventory(changes: Partial<ClusterInventory> = {}): ClusterInventory {
  return {
    ...PLAIN_CLUSTER,
    path: 'c-1',
    name: 'c-1',
    pools: [poolEntryOf({ hosts: hosts(10) })],
    tenants: [],
    servings: [],
    ...changes,
  };
}

function tenant(guarantee: number, ceiling: number, quota: object = {}): TenantEntry {
  const entry = tenantEntry(guarantee, ceiling);
  const share = entry.written;
  return { ...entry, written: { ...share, quota: { ...share.quota, ...quota } } };
}

function serving(namespace: string, replicas: number, changes: object = {}): ServingEntry {
  return {
    path: `models/${namespace}`,
    name: 's',
    model: 'm',
    namespace,
    resourceName: NPU,
    pool: 'npu',
    npusPerReplica: 8,
    podsPerReplica: 1,
    podCpus: 80,
    podMemoryGib: 640,
    replicas,
    surge: 0,
    nodeSelector: {},
    tolerations: [{ operator: 'Exists' }],
    ...changes,
  };
}

function component(changes: Partial<ComponentEntry>): ComponentEntry {
  return {
    path: 'c-1/controller',
    name: 'controller',
    replicas: 1,
    podCpus: 1,
    podMemoryGib: 1,
    nodeSelector: {},
    tolerations: [{ operator: 'Exists' }],
    ...changes,
  };
}

/** So many servers with tenants whose quotas let in so many pods. */
function podsOf(servers: number, pods: string | undefined, components: ComponentEntry[] = []) {
  const tenants = [tenant(8, 8, { pods })];
  return cluster({ pools: [poolEntryOf({ hosts: hosts(servers) })], tenants, components });
}

const MANAGEMENT = { hosts: ['m-1'], cpus: 32, memoryGib: 64, labels: { role: 'manager' } };

/** A component and a DaemonSet of 2 CPUs on the server for management. */
const managed = (podCpus: number) =>
  cluster({
    management: MANAGEMENT,
    components: [
      component({ podCpus, nodeSelector: { role: 'manager' } }),
      component({
        name: 'agent',
        replicas: undefined,
        podCpus: 2,
        nodeSelector: MANAGEMENT.labels,
      }),
    ],
  });

/** Four servers of 8 NPUs, two of them spare, and two of 16: the loss of two is the loss of 32. */
const unlike = (guarantee: number) =>
  cluster({
    pools: [
      poolEntryOf({ hosts: racksOf('n', 4), spareServers: 2 }),
      poolEntryOf({
        name: 'big',
        serverForm: 'atlas-200t-a2-box16',
        npusPerServer: 16,
        hosts: [...racksOf('b', 2)],
      }),
    ],
    tenants: [tenant(guarantee, guarantee)],
  });

/** Servers in racks of their own. */
function racksOf(prefix: string, servers: number) {
  return Array.from({ length: servers }, (_, index) => ({
    name: `${prefix}-${index}`,
    rack: `${prefix}-r${index}`,
    inService: true,
  }));
}

/** One tenant is guaranteed 24 NPUs, two more hold servers of their own accord: three, and so many. */
const borrowed = (replicas: number) => {
  const borrower = (namespace: string) => ({
    ...tenant(0, 24),
    path: `tenants/${namespace}`,
    namespace,
  });
  return cluster({
    pools: [poolEntryOf({ hosts: hosts(10), spareServers: 4 })],
    tenants: [tenant(24, 24), borrower('b'), borrower('c')],
    servings: [serving('b', 3), serving('c', replicas)],
  });
};

/** Three servers of another NPU, one of them spare, in racks smaller than those of the others. */
const smallRacks = (npus: number) =>
  cluster({
    pools: [
      poolEntryOf({ hosts: hosts(16), spareServers: 4 }),
      poolEntryOf({
        name: 'edge',
        resourceName: DUO,
        serverForm: 'atlas-300i-duo-server',
        accelerator: '310P',
        hosts: racksOf('e', 3),
        spareServers: 1,
      }),
    ],
    tenants: [
      {
        ...tenant(0, 0),
        resourceName: DUO,
        guarantee: 3 * npus,
        ceiling: 3 * npus,
        written: {
          ...written(3 * npus, 3 * npus, DUO),
          quota: { ...written(3 * npus, 3 * npus, DUO).quota, [`requests.${NPU}`]: '0' },
        },
      },
    ],
    servings: [
      serving('nankai', 3, { resourceName: DUO, pool: 'edge', npusPerReplica: npus, podCpus: 5 }),
    ],
  });

const PLANTED: readonly Planted[] = [
  {
    id: 'AICC-CAP-011',
    what: '5,000 nodes, those for management among them',
    passing: cluster({
      pools: [poolEntryOf({ hosts: hosts(4999) })],
      management: { ...MANAGEMENT, hosts: ['m-1'] },
    }),
    failing: cluster({
      pools: [poolEntryOf({ hosts: hosts(4999) })],
      management: { ...MANAGEMENT, hosts: ['m-1', 'm-2'] },
    }),
    statement: /^nodes 5,001 of 5,000;/,
  },
  {
    id: 'AICC-CAP-011',
    what: '150,000 pods that quotas let in',
    passing: podsOf(2000, '150000'),
    failing: podsOf(2000, '150001'),
    statement: /pods 150,001 of 150,000 \(quotas and components 150,001, servers admit 220,000\)/,
  },
  {
    id: 'AICC-CAP-011',
    what: 'pods of components, replicas and DaemonSets',
    passing: podsOf(2000, '147999', [component({}), component({ replicas: undefined })]),
    failing: podsOf(2000, '147999', [
      component({ replicas: 2 }),
      component({ replicas: undefined }),
    ]),
    statement: /pods 150,001 of 150,000/,
  },
  {
    id: 'AICC-CAP-011',
    what: 'a quota that does not count pods lets all in',
    passing: podsOf(1363, undefined),
    failing: podsOf(1364, undefined),
    statement: /pods 150,040 of 150,000/,
  },
  {
    id: 'AICC-CAP-009',
    what: 'a component that no server has the CPUs for',
    // 192 − 8 of the host.
    passing: cluster({ components: [component({ podCpus: 184 })] }),
    failing: cluster({ components: [component({ podCpus: 184.5 })] }),
    statement: /10 of them without a taint .*, 0 with 184\.5 CPUs and 1 GiB for a pod$/,
  },
  {
    id: 'AICC-CAP-009',
    what: 'a component beside a DaemonSet on the servers for management',
    passing: managed(30),
    failing: managed(31),
    statement: /selects role=manager: 1 servers in service, .*, 0 with 31 CPUs/,
    also: ['AICC-CAP-014'],
  },
  {
    id: 'AICC-CAP-013',
    what: 'as many servers as are spare, also the largest',
    passing: unlike(32),
    failing: unlike(33),
    statement: /33 sold > 32 \(64 in service − 32 of any 2 servers\); 2 servers are spare/,
  },
  {
    id: 'AICC-CAP-014',
    what: 'what runs beyond guarantees, after the loss of a rack',
    passing: borrowed(0),
    failing: borrowed(1),
    statement:
      /^without rack c-1-npu-r1: impossible: 56 NPUs .* are wanted, and 48 are in service$/,
  },
  {
    id: 'AICC-CAP-014',
    what: 'the rack of each NPU that is kept spare, not the largest alone',
    passing: smallRacks(4),
    failing: smallRacks(5),
    statement: /^without rack e-r0: not found within /,
  },
  {
    id: 'AICC-TEN-005',
    what: 'a tenant without NPUs has a zero in its quota',
    passing: cluster({ tenants: [tenant(0, 0)] }),
    failing: cluster({ tenants: [tenant(0, 0, { [`requests.${NPU}`]: undefined })] }),
    statement: /^quota requests\.huawei\.com\/Ascend910 none, /,
  },
  {
    id: 'AICC-TEN-005',
    what: 'and one for each other NPU of the cluster',
    passing: twoNpus({ [`requests.${DUO}`]: '0' }),
    failing: twoNpus({}),
    statement: /, and no requests\.huawei\.com\/Ascend310P$/,
  },
  {
    id: 'AICC-TEN-005',
    what: 'which is really a zero',
    passing: twoNpus({ [`requests.${DUO}`]: '0' }),
    failing: twoNpus({ [`requests.${DUO}`]: '1' }),
    statement: /, and requests\.huawei\.com\/Ascend310P$/,
  },
];

function twoNpus(quota: object): ProofSubject {
  const small = {
    name: 'edge',
    resourceName: DUO,
    serverForm: 'atlas-300i-duo-server',
    accelerator: '310P',
    hosts: hosts(2, 0, 'c-1-edge'),
  };
  return cluster({
    pools: [poolEntryOf({ hosts: hosts(10) }), poolEntryOf(small)],
    tenants: [tenant(8, 8, quota)],
  });
}

const failed = (subject: ProofSubject) =>
  runProofs(subject).filter((result) => result.status === 'failed');

test.each(PLANTED)('$id: $what', ({ id, passing, failing, statement, also = [] }) => {
  expect(failed(passing)).toEqual([]);
  const results = failed(failing);
  expect(results.map((result) => result.id)).toEqual([id, ...also]);
  expect(results[0]?.statement).toMatch(statement);
});

describe('AICC-CAP-001', () => {
  const milestone = (milestonePetaflops: number, changes: Partial<ClusterInventory> = {}) => {
    const subject: ProofSubject = {
      kind: 'phases',
      phases: [{ id: 'phase-1', milestonePetaflops, cluster: inventory(changes) }],
    };
    const [result] = runProofs(subject).filter(({ id }) => id === 'AICC-CAP-001');
    return `${result?.status}: ${result?.statement} | ${result?.remedy}`;
  };

  test('as many digits as tell target and peak apart, and whole servers', () => {
    expect(milestone(25.041)).toBe(
      'failed: 25.04 PF < 25.041 PF of phase-1 | add servers for 0.001 PF (1 of 2.5 PF) or lower the milestone',
    );
    expect(milestone(28)).toMatch(/^failed: 25\.04 PF < 28 PF .* 2\.96 PF \(2 of 2\.5 PF\)/);
  });

  test('only servers that are there can be spared', () => {
    const small = poolEntryOf({ name: 'edge', hosts: hosts(1, 0, 'e'), tflopsPerNpu: 70 });
    const pools = [poolEntryOf({ hosts: hosts(10) }), small];
    // 25.04 + 0.56 PF: the small one and one of 2.5 PF are 3.06 PF.
    expect(milestone(22.53, { pools })).toMatch(/\(3\.07 PF over; .*, 2 servers fewer would do\)/);
    expect(milestone(22.55, { pools })).toMatch(/\(3\.05 PF over; .*, 1 servers fewer would do\)/);
    expect(milestone(25.6, { pools })).toMatch(/\(0 PF over; .*, no server fewer would do\)/);
  });
});
