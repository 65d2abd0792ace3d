import fc from 'fast-check';
import type {
  ClusterInventory,
  ComponentEntry,
  PoolEntry,
  ServingEntry,
  TenantEntry,
} from '../../constructs';
import { hosts, PLAIN_CLUSTER, poolEntryOf, written } from './inventory';

const A2 = 'huawei.com/Ascend910';
const DUO = 'huawei.com/Ascend310P';

interface Draft {
  readonly servers: number;
  readonly out: number;
  readonly spare: number;
  readonly reserved: number;
  readonly edge: number;
  /** Servers of 16 NPUs behind the same resource name as those of 8. */
  readonly big: number;
  readonly controllers: number;
  readonly tenants: readonly {
    readonly edge: boolean;
    readonly guarantee: number;
    readonly borrow: number;
    readonly servings: readonly {
      readonly npus: number;
      readonly pods: number;
      readonly replicas: number;
      readonly cpus: number;
      /** GiB for each NPU: a server of 8 has 184 for each. */
      readonly memory: number;
    }[];
  }[];
}

const count = (max: number, min = 0) => fc.integer({ min, max });

const draft: fc.Arbitrary<Draft> = fc.record({
  servers: count(30, 1),
  out: count(3),
  spare: count(4),
  reserved: count(8),
  edge: count(4),
  big: count(2),
  controllers: count(3),
  tenants: fc.array(
    fc.record({
      edge: fc.boolean(),
      guarantee: count(60),
      borrow: count(16),
      servings: fc.array(
        fc.record({
          npus: count(8, 1),
          pods: count(3, 1),
          replicas: count(5, 1),
          cpus: count(20, 1),
          memory: count(300, 20),
        }),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 6 },
  ),
});

function pools({ servers, out, spare, reserved, edge, big }: Draft): PoolEntry[] {
  const broken = Math.min(out, servers);
  const kept = Math.min(spare, servers - broken);
  const most = (servers - broken - kept) * 8;
  const npus = Math.min(reserved, most);
  const main = poolEntryOf({
    hosts: hosts(servers, broken),
    spareServers: kept,
    bf16TflopsPerNpu: 294.9,
    int8TopsPerNpu: 626,
    ...(npus > 0 ? { reserve: { npus, reason: 'tests' } } : {}),
  });
  const large = poolEntryOf({
    name: 'big',
    serverForm: 'atlas-200t-a2-box16',
    npusPerServer: 16,
    hosts: hosts(big, 0, 'c-1-big'),
    bf16TflopsPerNpu: 294.9,
    int8TopsPerNpu: 626,
  });
  const both = big === 0 ? [main] : [large, main];
  if (edge === 0) return both;
  const small = poolEntryOf({
    name: 'edge',
    resourceName: DUO,
    serverForm: 'atlas-300i-duo-server',
    accelerator: '310P',
    hosts: hosts(edge, 0, 'c-1-edge'),
    tflopsPerNpu: 70,
    cpus: 96,
    memoryGib: 512,
  });
  return [...both, small];
}

function tenantsOf({ tenants, edge }: Draft): { tenant: TenantEntry; servings: ServingEntry[] }[] {
  return tenants.map((one, index) => {
    const resourceName = one.edge && edge > 0 ? DUO : A2;
    const pool = resourceName === DUO ? 'edge' : 'npu';
    const namespace = `t-${index}`;
    const ceiling = one.guarantee + one.borrow;
    const share = {
      path: `tenants/${namespace}`,
      namespace,
      resourceName,
      state: 'active' as const,
      podSecurity: 'restricted',
      priorityClasses: ['batch'],
    };
    return {
      tenant: {
        ...share,
        guarantee: one.guarantee,
        ceiling,
        written: written(one.guarantee, ceiling, resourceName),
      },
      servings: one.servings.map(({ npus, pods, replicas, cpus, memory }, i) => ({
        path: `models/${namespace}-${i}`,
        name: `s-${i}`,
        model: `m-${npus}`,
        namespace,
        resourceName,
        pool,
        npusPerReplica: npus * pods,
        podsPerReplica: pods,
        podCpus: Math.min(cpus * npus, 80),
        podMemoryGib: Math.min(npus * memory, 1400),
        replicas,
        surge: 0,
        nodeSelector: { 'aicc.internal/pool': pool },
        tolerations: [{ key: resourceName, operator: 'Exists', effect: 'NoSchedule' }],
      })),
    };
  });
}

function componentsOf(one: Draft): ComponentEntry[] {
  return [
    {
      path: 'c-1/noded',
      name: 'noded',
      podCpus: 0.5,
      podMemoryGib: 0.3,
      nodeSelector: { workerselector: 'dls-worker-node' },
      tolerations: [{ operator: 'Exists' }],
    },
    {
      path: 'c-1/controller',
      name: 'controller',
      replicas: one.controllers,
      podCpus: 10,
      podMemoryGib: 20,
      nodeSelector: { masterselector: 'dls-master-node' },
      tolerations: [],
    },
  ];
}

/** A cluster of one to three pools with tenants and servings, whether it can keep what it promises or not. */
export const randomCluster: fc.Arbitrary<ClusterInventory> = draft.map((one) => {
  const shares = tenantsOf(one);
  return {
    ...PLAIN_CLUSTER,
    management: {
      hosts: ['c-1-mgmt-1'],
      cpus: 32,
      memoryGib: 64,
      labels: { masterselector: 'dls-master-node' },
    },
    path: 'c-1',
    name: 'c-1',
    pools: pools(one),
    components: componentsOf(one),
    tenants: shares.map((share) => share.tenant),
    servings: shares.flatMap((share) => share.servings),
  };
});
