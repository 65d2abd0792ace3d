import { type PoolEntry, petaflops, serversInService, sum } from '../../../core/capacity';
import { mistakes } from '../../../core/validate';

/** What the rules need to know of a pool; servers out of service are not expected. */
export type MonitoredPool = Pick<
  PoolEntry,
  'name' | 'resourceName' | 'hosts' | 'npusPerServer' | 'tflopsPerNpu'
>;

/** What the rules need of a pool, of which the inventory knows more. */
export function monitoredPool(pool: MonitoredPool): MonitoredPool {
  const { name, resourceName, hosts, npusPerServer, tflopsPerNpu } = pool;
  return { name, resourceName, hosts, npusPerServer, tflopsPerNpu };
}

/** All pools of a cluster behind one extended resource. */
export interface NpuResource {
  /** `huawei.com/Ascend910`. */
  readonly name: string;
  /** The value of the label `resource` in kube-state-metrics: `huawei_com_Ascend910`. */
  readonly label: string;
  /** NPUs of the servers in service. */
  readonly inServiceNpus: number;
  /** Dense FP16 peak of the servers in service. */
  readonly inServicePetaflops: number;
  /** Dense FP16 peak of one NPU in TFLOPS. */
  readonly tflopsPerNpu: number;
  /** NPUs of a server; of the smallest form where pools differ. */
  readonly npusPerServer: number;
}

/** `SanitizeLabelName` of kube-state-metrics (internal/store/utils.go). */
function resourceLabel(resourceName: string): string {
  return resourceName.replace(/[^a-zA-Z0-9_]/g, '_');
}

/** The resources of a cluster's pools, sorted by name. */
export function npuResources(pools: readonly MonitoredPool[]): NpuResource[] {
  const names = [...new Set(pools.map((pool) => pool.resourceName))].sort();
  return names.map((name) => {
    const own = pools.filter((pool) => pool.resourceName === name);
    const npus = own.map((pool) => serversInService(pool) * pool.npusPerServer);
    return {
      name,
      label: resourceLabel(name),
      inServiceNpus: sum(npus),
      inServicePetaflops: petaflops(own.map((pool, i) => (npus[i] ?? 0) * pool.tflopsPerNpu)),
      // One chip type a resource name and cluster: validated before.
      tflopsPerNpu: own[0]?.tflopsPerNpu ?? 0,
      npusPerServer: Math.min(...own.map((pool) => pool.npusPerServer)),
    };
  });
}

/** Pools that share a resource name have chips of one peak, or NPUs could not be told as petaflops. */
export function validateResources(pools: readonly MonitoredPool[]): string[] {
  return npuResources(pools).flatMap(({ name }) => {
    const peaks = pools.filter((p) => p.resourceName === name).map((p) => p.tflopsPerNpu);
    const different = [...new Set(peaks)];
    return mistakes(
      different.length > 1 &&
        `pools of one resource name must have NPUs of one peak; rename the resource of one, got: ${name} with ${different.join(' and ')} TFLOPS`,
    );
  });
}
