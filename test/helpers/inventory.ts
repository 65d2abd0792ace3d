import type {
  ClusterInventory,
  HostEntry,
  PoolEntry,
  TenantEntry,
  WrittenShare,
} from '../../constructs';

/** So many servers, four a rack, the last `out` of them out of service. */
export function hosts(servers: number, out = 0, prefix = 'c-1-npu'): HostEntry[] {
  return Array.from({ length: servers }, (_, index) => ({
    name: `${prefix}-${index + 1}`,
    rack: `${prefix}-r${Math.floor(index / 4) + 1}`,
    inService: index < servers - out,
  }));
}

/** A pool of two Atlas 800T A2 (16 NPUs of 313 TFLOPS) as it is counted, with what is given instead. */
export function poolEntryOf(changes: Partial<PoolEntry> = {}): PoolEntry {
  const name = changes.name ?? 'npu';
  const resourceName = changes.resourceName ?? 'huawei.com/Ascend910';
  return {
    name,
    resourceName,
    serverForm: 'atlas-800t-a2',
    accelerator: '910B3',
    hosts: hosts(2),
    npusPerServer: 8,
    tflopsPerNpu: 313,
    cpus: 192,
    memoryGib: 1536,
    systemCpus: 8,
    systemMemoryGib: 64,
    maxPods: 110,
    labels: { 'aicc.internal/pool': name, workerselector: 'dls-worker-node' },
    taints: [{ key: resourceName, effect: 'NoSchedule' }],
    spareServers: 0,
    ...changes,
  };
}

/** What every cluster has beside pools, tenants and servings; here nothing of it. */
export const PLAIN_CLUSTER: Pick<ClusterInventory, 'management' | 'components' | 'priorities'> = {
  management: { hosts: [], cpus: 32, memoryGib: 64, labels: {} },
  components: [],
  priorities: [],
};

/** What a tenant's objects say where they say what was promised; enough of everything else. */
export function written(
  guarantee: number,
  ceiling: number,
  resourceName = 'huawei.com/Ascend910',
): WrittenShare {
  return {
    quota: {
      [`requests.${resourceName}`]: `${ceiling}`,
      'requests.cpu': '100000',
      'requests.memory': '1000Ti',
      pods: '500',
    },
    capability: { [resourceName]: `${ceiling}` },
    ...(guarantee > 0 ? { guarantee: { [resourceName]: `${guarantee}` } } : {}),
  };
}

/** An active tenant of `Ascend910`, with the shares that are written for it. */
export function tenantEntry(guarantee: number, ceiling: number): TenantEntry {
  return {
    path: 'tenants/nankai',
    namespace: 'nankai',
    resourceName: 'huawei.com/Ascend910',
    guarantee,
    ceiling,
    state: 'active',
    podSecurity: 'restricted',
    priorityClasses: ['batch'],
    written: written(guarantee, ceiling),
  };
}
