import type { HostEntry, PoolEntry } from '../../constructs';

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
