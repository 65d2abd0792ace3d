import { App } from 'cdktf';
import {
  type ClusterInventory,
  type Placement,
  placeCluster,
  type ServingEntry,
} from '../../../constructs';
import { packNodes } from '../../../core/capacity/placement/demand';
import { place } from '../../../core/capacity/placement/placement';
import { buildCentre } from '../../../stacks/build';
import { tianjin } from '../../../stacks/tianjin';
import { placementFaults } from '../../helpers/check-placement';
import { hosts, PLAIN_CLUSTER, poolEntryOf, written } from '../../helpers/inventory';
import { temporaryFolder } from '../../helpers/temporary-folder';

const NPU = 'huawei.com/Ascend910';

function serving(changes: Partial<ServingEntry>): ServingEntry {
  return {
    path: 'models/qwen',
    name: 'qwen',
    model: 'qwen3-32b',
    namespace: 'nankai',
    resourceName: NPU,
    pool: 'npu',
    npusPerReplica: 4,
    podsPerReplica: 1,
    podCpus: 20,
    podMemoryGib: 100,
    replicas: 1,
    surge: 0,
    nodeSelector: { 'aicc.internal/pool': 'npu' },
    tolerations: [{ key: NPU, operator: 'Exists', effect: 'NoSchedule' }],
    ...changes,
  };
}

/** A cluster of so many servers with these servings and no promises. */
function cluster(servers: number, servings: ServingEntry[], changes = {}): ClusterInventory {
  return {
    ...PLAIN_CLUSTER,
    path: 'c-1',
    name: 'c-1',
    pools: [poolEntryOf({ hosts: hosts(servers), ...changes })],
    tenants: [],
    servings,
  };
}

describe('the centre', () => {
  const app = new App({ outdir: temporaryFolder(), skipValidation: true });
  const { phases } = buildCentre(app, tianjin, { kubeconfig: '~', contexts: {} });

  test.each(phases.map((stacks) => [stacks.phase.id, stacks] as const))(
    'every pod of %s has a server, and every guarantee',
    (_id, stacks) => {
      const inventory = stacks.cluster.cluster.inventory();
      const placement = placeCluster(inventory);
      expect(placement).toMatchObject({ outcome: 'placed', unplaced: [], rackSpread: true });
      expect(placementFaults(inventory, placement)).toEqual([]);
      const [pool] = inventory.pools;
      expect(placement.emptyServers).toBeGreaterThanOrEqual(pool?.spareServers ?? 0);
      expect(place(packNodes(inventory), []).pods).toEqual([]);
    },
  );
});

test('a group has its pods on servers of their own, or no place at all', () => {
  const group = serving({ npusPerReplica: 24, podsPerReplica: 3, podCpus: 160 });
  const { pods, outcome } = placeCluster(cluster(3, [group]));
  expect(outcome).toBe('placed');
  expect(new Set(pods.map((pod) => pod.server)).size).toBe(3);
  const two = placeCluster(cluster(2, [group]));
  expect(two).toMatchObject({ outcome: 'impossible', pods: [] });
  expect(two.summary).toMatch(/nankai\/qwen-0 needs 3 servers that have 8 NPUs, .* there are 2$/);
});

test('half of the replicas outlast a rack where there are two; one rack holds them all', () => {
  const spread = placeCluster(cluster(8, [serving({ replicas: 4 })]));
  const racks = spread.pods.map(({ server }) => (Number(server.split('-').at(-1)) <= 4 ? 1 : 2));
  expect(racks.sort()).toEqual([1, 1, 2, 2]);
  expect(placeCluster(cluster(4, [serving({ replicas: 4 })]))).toMatchObject({
    outcome: 'placed',
    rackSpread: true,
  });
  // A second rack without room: together rather than not at all.
  const full = cluster(5, [serving({ replicas: 2 }), serving({ name: 'b', npusPerReplica: 8 })]);
  const crowded = { ...full, pools: [poolEntryOf({ hosts: [...hosts(3), ...hosts(1, 0, 'x')] })] };
  const one = placeCluster({ ...crowded, servings: full.servings });
  expect(placementFaults(crowded, one)).toEqual([]);
});

test('guarantees lie on servers of all forms that their NPUs have, in sizes that fit them all', () => {
  const tenants = [
    {
      path: 'tenants/nankai',
      namespace: 'nankai',
      resourceName: NPU,
      guarantee: 24,
      ceiling: 24,
      state: 'active' as const,
      podSecurity: 'restricted',
      priorityClasses: ['batch'],
      written: written(24, 24),
    },
  ];
  const big = { name: 'big', serverForm: 'atlas-200t-a2-box16', npusPerServer: 16 };
  const with16 = (out: number): ClusterInventory => ({
    ...cluster(2, []),
    tenants,
    pools: [
      poolEntryOf({ ...big, hosts: hosts(1, out, 'c-1-big') }),
      poolEntryOf({ hosts: hosts(2) }),
    ],
  });
  const placement = placeCluster(with16(0));
  expect(placement.outcome).toBe('placed');
  expect(placement.pods.map((pod) => pod.npus)).toEqual([8, 8, 8]);
  expect(placementFaults(with16(0), placement)).toEqual([]);
  // 16 of the 24 NPUs are there: that is what is said, and nothing about a server of 16.
  expect(placeCluster(with16(1)).summary).toBe(
    `impossible: 24 NPUs of ${NPU} are wanted, and 16 are in service`,
  );
});

test('CPUs, memory, pods and components count, not NPUs alone', () => {
  const of = (changes: Partial<ServingEntry>, pool = {}) =>
    placeCluster(cluster(1, [serving({ npusPerReplica: 1, replicas: 2, ...changes })], pool));
  // 192 − 8 CPUs, 1,536 − 64 GiB.
  expect(of({ podCpus: 92 }).outcome).toBe('placed');
  expect(of({ podCpus: 93 }).outcome).toBe('not found');
  expect(of({ podMemoryGib: 736 }).outcome).toBe('placed');
  expect(of({ podMemoryGib: 737 }).outcome).toBe('not found');
  expect(of({}, { maxPods: 2 }).outcome).toBe('placed');
  expect(of({}, { maxPods: 1 }).outcome).toBe('not found');
});

test('selectors and taints keep pods away, servers out of service have none', () => {
  const no = (changes: Partial<ServingEntry>) =>
    placeCluster(cluster(2, [serving(changes)])).outcome;
  expect(no({ nodeSelector: { 'kubernetes.io/hostname': 'c-1-npu-2' } })).toBe('placed');
  expect(no({ nodeSelector: { 'kubernetes.io/hostname': 'elsewhere' } })).toBe('not found');
  expect(no({ tolerations: [] })).toBe('not found');
  const broken = cluster(2, [serving({ npusPerReplica: 8 })]);
  const out = { ...broken, pools: [poolEntryOf({ hosts: hosts(2, 1) })] };
  expect(placeCluster(out).pods.map((pod) => pod.server)).toEqual(['c-1-npu-1']);
});

test('what a first pass leaves over is found by moving smaller pods aside', () => {
  // Sums are exact: 5 + 3, 5 + 3, 4 + 2 + 2, 4 + 4 on four servers, given in an order that misleads.
  const sizes = [4, 4, 4, 2, 2, 3, 3, 5, 5];
  const servings = sizes.map((npus, i) => serving({ name: `s-${i}`, npusPerReplica: npus }));
  const whole = cluster(4, servings);
  const placement = placeCluster(whole);
  expect(placement.outcome).toBe('placed');
  expect(placementFaults(whole, placement)).toEqual([]);
});

test('where no packing is found, it says within how many steps, what is short and where', () => {
  const fives = placeCluster(cluster(3, [serving({ npusPerReplica: 5, replicas: 4 })]));
  expect(fives.outcome).toBe('not found');
  expect(fives.unplaced).toHaveLength(1);
  expect(fives.summary).toMatch(
    /^not found within [\d,]+ steps: 3 pods on 3 of 3 servers; 1 without a place, the largest nankai\/qwen-\d of 1 × 5 NPUs, .* where 9 NPUs are free in all; the most that one server has left is 3 NPUs/,
  );
});

test('the same inventory gives the same placement', () => {
  const make = () =>
    cluster(6, [serving({ replicas: 7, npusPerReplica: 3 }), serving({ name: 'b', replicas: 5 })]);
  expect(placeCluster(make())).toEqual(placeCluster(make()));
});

test('the checker finds what it is there for', () => {
  const inventory = cluster(4, [
    serving({ npusPerReplica: 16, podsPerReplica: 2, podCpus: 160 }),
    serving({ name: 'b', npusPerReplica: 8 }),
  ]);
  const good = placeCluster(inventory);
  const [first, second, third] = good.pods;
  if (!first || !second || !third) throw new Error('three pods are placed');
  const faults = (pods: Placement['pods']) => placementFaults(inventory, { ...good, pods });
  expect(faults(good.pods)).toEqual([]);
  expect(faults([first, second])).toEqual(['nankai/b-0 has no place']);
  expect(faults([first, first, second, third])).toContain(`${first.pod} is placed twice`);
  expect(faults([first, { ...second, server: first.server }, third])).toEqual(
    expect.arrayContaining([`${first.server} has 16 NPUs taken`, 'qwen-0: two pods on one server']),
  );
  expect(faults([first, second, { ...third, server: 'nowhere' }])).toContain(
    `${third.pod} is on nowhere, which is not there`,
  );
  expect(faults([first, second, { ...third, cpus: 5 }])).toContain(
    `${third.pod} has 5 CPUs and 100 GiB instead of 20 and 100`,
  );
  const foreign = {
    ...inventory,
    pools: [
      poolEntryOf({
        hosts: hosts(4),
        labels: {},
        taints: [{ key: 'other', effect: 'NoSchedule' }],
      }),
    ],
  };
  expect(placementFaults(foreign, good)).toEqual(
    expect.arrayContaining([
      `${third.pod} wants aicc.internal/pool=npu, which ${third.server} has not`,
      `${third.pod} does not tolerate other of ${third.server}`,
    ]),
  );
  expect(faults([first, second, { ...third, npus: 7 }])).toContain(
    `${third.pod} has 7 NPUs instead of 8`,
  );
});

test('the checker counts reserve and components, too', () => {
  const inventory: ClusterInventory = {
    ...cluster(4, [], { reserve: { npus: 8, reason: 'tests' } }),
    management: { hosts: ['m-1'], cpus: 32, memoryGib: 64, labels: { role: 'manager' } },
    components: [
      {
        path: 'c-1/controller',
        name: 'controller',
        replicas: 2,
        podCpus: 16,
        podMemoryGib: 8,
        nodeSelector: { role: 'manager' },
        tolerations: [],
      },
    ],
  };
  const good = placeCluster(inventory);
  const faults = (pods: Placement['pods']) => placementFaults(inventory, { ...good, pods });
  const [controller] = good.pods.filter((pod) => pod.kind === 'component');
  const others = good.pods.filter((pod) => pod !== controller);
  if (!controller) throw new Error('a component is placed');
  expect(faults(good.pods)).toEqual([]);
  expect(faults(others)).toEqual(['controller-0 has no place']);
  expect(faults(good.pods.filter((pod) => pod.kind !== 'reserve'))).toEqual([
    'the reserve has places for 0 NPUs instead of 8',
  ]);
  expect(faults([...others, { ...controller, cpus: 17 }])).toEqual(['m-1 has 33 CPUs taken']);
  expect(faults([...others, { ...controller, server: 'c-1-npu-1' }])).toEqual([
    'controller-0 wants role=manager, which c-1-npu-1 has not',
    'controller-0 does not tolerate huawei.com/Ascend910 of c-1-npu-1',
  ]);
});
