import {
  type AcceleratorId,
  HOST_OVERHEAD,
  npuTaint,
  type Server,
  type ServerFormId,
  type Sourced,
} from '../accelerator';
import type {
  Count,
  DnsLabel,
  DnsSubdomain,
  ExtendedResource,
  PositiveCount,
  PositiveNumber,
} from '../schema/types';
import type { HostEntry, NpuReserve, PoolEntry } from './inventory';

/** A pool of NPU servers of one form. Give either `targetPetaflops` or `servers`. @title pool */
export interface NodePoolProps {
  /** DNS label, unique in the cluster. */
  readonly name: DnsLabel;
  readonly serverForm: ServerFormId;
  readonly accelerator: AcceleratorId;
  /**
   * Dense FP16 peak to reach, in petaflops; the server count is the smallest whole number for it.
   * @default - `servers` is given
   */
  readonly targetPetaflops?: PositiveNumber;
  /**
   * Number of servers. @default - follows from `targetPetaflops`
   * @asType integer
   * @minimum 1
   * @maximum 5000
   */
  readonly servers?: number;
  /** Host names, one a server. @default - `<cluster>-<pool>-001` … */
  readonly hostNames?: readonly DnsSubdomain[];
  /** Servers that share a rack, counted along the host names. @default 4 */
  readonly serversPerRack?: PositiveCount;
  /**
   * Host names without a node in Kubernetes (broken, not delivered): they get no node resources and
   * are not usable. Other names stay as they are.
   * @default - none
   */
  readonly outOfService?: readonly string[];
  /**
   * Servers that are kept free for failures: no particular ones, so many are not sold.
   * @default 0
   */
  readonly spareServers?: Count;
  /** NPUs that are not sold for another reason, which is to be said. @default - none */
  readonly reserve?: NpuReserve;
  /**
   * Pods that the kubelet of a server admits, 1 to 110; set the same on the host.
   * @default 110
   * @asType integer
   * @minimum 1
   * @maximum 110
   */
  readonly maxPods?: number;
  /**
   * Name of the extended resource, where a site has renamed it: the device plugin reads other names from a
   * file inside its image, so a managed one needs an `imageRegistry` with an image that the site has built.
   * @default - that of the accelerator
   */
  readonly resourceName?: ExtendedResource;
  /**
   * Network interface of the servers by which models over several of them find each other, `bond0`:
   * the one with the address of the node. @default - none: no such model can be served
   * @pattern ^[A-Za-z0-9._-]{1,15}$
   * @errorMessage must be the name of a network interface, 'bond0': 1 to 15 letters, digits, '.', '_' and '-'; correct it
   */
  readonly hostInterface?: string;
}

/** A validated pool. */
export interface NodePool {
  readonly name: string;
  readonly server: Server;
  readonly resourceName: string;
  /** Pods that a server admits. */
  readonly maxPods: number;
  /** Racks are called like `tj-1-npu-r01`. */
  readonly hosts: readonly HostEntry[];
  readonly spareServers: number;
  readonly reserve?: NpuReserve;
  /** @see NodePoolProps.hostInterface */
  readonly hostInterface?: string;
}

/**
 * What the pool adds to the inventory of its cluster.
 * @param labels that all its servers have once their device plugin runs
 */
export function poolEntry(pool: NodePool, labels: Readonly<Record<string, string>>): PoolEntry {
  const { form, accelerator, npus, tflopsPerNpu } = pool.server;
  const perNpu = (peak?: Sourced<number>) => peak && peak.value / accelerator.devicesPerPackage;
  const bf16 = perNpu(accelerator.bf16Tflops);
  const int8 = perNpu(accelerator.int8Tops);
  return {
    name: pool.name,
    resourceName: pool.resourceName,
    serverForm: form.id,
    accelerator: accelerator.id,
    hosts: pool.hosts,
    npusPerServer: npus,
    tflopsPerNpu,
    ...(bf16 ? { bf16TflopsPerNpu: bf16 } : {}),
    ...(int8 ? { int8TopsPerNpu: int8 } : {}),
    cpus: form.cpus.value,
    memoryGib: form.memoryGib.value,
    systemCpus: HOST_OVERHEAD.cpus,
    systemMemoryGib: HOST_OVERHEAD.memoryGib,
    maxPods: pool.maxPods,
    labels,
    taints: [npuTaint(pool.resourceName)],
    spareServers: pool.spareServers,
    ...(pool.reserve ? { reserve: pool.reserve } : {}),
  };
}

/** `tj-1-npu-001` …: three digits at least, so that names sort and do not move when a pool grows. */
export function hostNames(prefix: string, count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${prefix}-${String(index + 1).padStart(3, '0')}`,
  );
}
