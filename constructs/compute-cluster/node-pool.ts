import {
  type AcceleratorId,
  type Fact,
  findServer,
  HOST_OVERHEAD,
  npuTaint,
  type Server,
  type ServerFormId,
  serversFor,
  serverTflops,
} from '../accelerator';
import { formatNumber, type HostEntry, type NpuReserve, type PoolEntry } from '../capacity';
import {
  duplicates,
  validateCount,
  validateDnsLabel,
  validateDnsSubdomain,
  validateLabelLength,
} from '../validate';

/** Nodes that a Kubernetes cluster is made for (kubernetes.io, "Considerations for large clusters"). */
export const MAX_NODES = 5000;

/** Pods that a node of such a cluster should have at most (same source). */
export const MAX_PODS = 110;

/** A pool of NPU servers of one form. Give either `targetPetaflops` or `servers`. */
export interface NodePoolProps {
  /** DNS label, unique in the cluster. */
  readonly name: string;
  readonly serverForm: ServerFormId;
  readonly accelerator: AcceleratorId;
  /**
   * Dense FP16 peak to reach, in petaflops; the server count is the smallest whole number for it.
   * @default - `servers` is given
   */
  readonly targetPetaflops?: number;
  /** Number of servers. @default - follows from `targetPetaflops` */
  readonly servers?: number;
  /** Host names, one a server. @default - `<cluster>-<pool>-001` … */
  readonly hostNames?: readonly string[];
  /** Servers that share a rack, counted along the host names. @default 4 */
  readonly serversPerRack?: number;
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
  readonly spareServers?: number;
  /** NPUs that are not sold for another reason, which is to be said. @default - none */
  readonly reserve?: NpuReserve;
  /**
   * Pods that the kubelet of a server admits, 1 to 110; set the same on the host.
   * @default 110
   */
  readonly maxPods?: number;
  /** Name of the extended resource, where a site has renamed it. @default - that of the accelerator */
  readonly resourceName?: string;
}

/** One server of a pool; its rack is called like `tj-1-npu-r01`. */
export type Host = HostEntry;

/** A validated pool. */
export interface NodePool {
  readonly name: string;
  readonly server: Server;
  readonly resourceName: string;
  /** Pods that a server admits. */
  readonly maxPods: number;
  readonly hosts: readonly Host[];
  readonly spareServers: number;
  readonly reserve?: NpuReserve;
}

/** Makes a pool, or says everything that is wrong with it. */
export function resolvePool(cluster: string, props: NodePoolProps): NodePool | string[] {
  const what = `pool '${props.name}'`;
  const problems = validateDnsLabel('name of the pool', props.name);
  const server = findServer(props.serverForm, props.accelerator);
  if (Array.isArray(server)) {
    return [...problems, ...server.map((message) => `${what}: ${message}`)];
  }
  problems.push(...validateSize(what, server, props));
  if (problems.length > 0) return problems;

  const count = sizeOf(server, props);
  const names = props.hostNames ?? hostNames(`${cluster}-${props.name}`, count);
  problems.push(...validateHosts(what, props, names, count));
  const perRack = props.serversPerRack ?? 4;
  problems.push(...validateCount(`${what}: serversPerRack`, perRack, 1));
  const maxPods = props.maxPods ?? MAX_PODS;
  problems.push(...validateCount(`${what}: maxPods`, maxPods, 1, MAX_PODS));
  if (problems.length > 0) return problems;

  const out = new Set(props.outOfService ?? []);
  const rack = (index: number) =>
    `${cluster}-${props.name}-r${pad(Math.floor(index / perRack) + 1, 2)}`;
  problems.push(...validateLabelLength(`${what}: rack`, rack(count - 1)));
  problems.push(...validateUnsold(what, props, (count - out.size) * server.npus, server));
  if (problems.length > 0) return problems;
  return {
    name: props.name,
    server,
    resourceName: props.resourceName ?? server.accelerator.resourceName,
    maxPods,
    hosts: names.map((name, index) => ({
      name,
      rack: rack(index),
      inService: !out.has(name),
    })),
    spareServers: props.spareServers ?? 0,
    ...(props.reserve ? { reserve: props.reserve } : {}),
  };
}

/**
 * What the pool adds to the ledger of its cluster.
 * @param labels that all its servers have once their device plugin runs
 */
export function poolEntry(pool: NodePool, labels: Readonly<Record<string, string>>): PoolEntry {
  const { form, accelerator, npus, tflopsPerNpu } = pool.server;
  const perNpu = (peak?: Fact<number>) => peak && peak.value / accelerator.devicesPerPackage;
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
  return Array.from({ length: count }, (_, index) => `${prefix}-${pad(index + 1, 3)}`);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function sizeOf(server: Server, props: NodePoolProps): number {
  return props.servers ?? serversFor(server, props.targetPetaflops ?? 0);
}

function validateSize(what: string, server: Server, props: NodePoolProps): string[] {
  if ((props.servers === undefined) === (props.targetPetaflops === undefined)) {
    return [
      `${what}: give either servers or targetPetaflops, got: ${props.servers === undefined ? 'none' : 'both'}`,
    ];
  }
  const target = props.targetPetaflops;
  if (target !== undefined && !(Number.isFinite(target) && target > 0)) {
    return [`${what}: targetPetaflops must be above 0; correct it, got: ${target}`];
  }
  return validateCount(`${what}: servers`, sizeOf(server, props), 1, MAX_NODES);
}

/** What is kept back must be there, and say why. */
function validateUnsold(
  what: string,
  { spareServers = 0, reserve }: NodePoolProps,
  npusInService: number,
  server: Server,
): string[] {
  const problems = [
    ...validateCount(`${what}: spareServers`, spareServers, 0),
    ...(reserve ? validateCount(`${what}: reserve in NPUs`, reserve.npus, 1) : []),
    ...(reserve && !reserve.reason?.trim()
      ? [`${what}: reserve must say why in its reason; add one, got: '${reserve.reason}'`]
      : []),
  ];
  if (problems.length > 0) return problems;
  const kept = spareServers * server.npus + (reserve?.npus ?? 0);
  return kept <= npusInService
    ? []
    : [
        `${what}: spareServers and reserve must be within the ${npusInService} NPUs in service; lower them, got: ${kept} NPUs`,
      ];
}

function validateHosts(
  what: string,
  props: NodePoolProps,
  names: readonly string[],
  count: number,
): string[] {
  const given = props.hostNames ?? [];
  const problems = given.flatMap((name) => validateDnsSubdomain(`${what}: host name`, name));
  // The kubelet copies the name into the label kubernetes.io/hostname.
  const longest = [...names].sort((a, b) => b.length - a.length)[0] ?? '';
  problems.push(...validateLabelLength(`${what}: host name`, longest));
  if (names.length !== count) {
    problems.push(
      `${what}: ${count} servers need ${count} host names; add or remove names, got: ${names.length}`,
    );
  }
  for (const name of duplicates(names)) {
    problems.push(`${what}: host names must be unique; remove one, got: '${name}' twice`);
  }
  for (const name of duplicates(props.outOfService ?? [])) {
    problems.push(`${what}: outOfService names a server twice; remove one, got: '${name}'`);
  }
  const unknown = (props.outOfService ?? []).filter((name) => !names.includes(name));
  for (const name of unknown) {
    problems.push(
      `${what}: outOfService names a server that the pool does not have; use one of ${names[0]} … ${names.at(-1)}, got: '${name}'`,
    );
  }
  return problems;
}

/** `40 × Atlas 800T A2 (8 × 910B3) = 320 NPUs, 100.16 PF`. */
export function describePool(pool: NodePool): string {
  const servers = pool.hosts.length;
  const { server } = pool;
  const peak = formatNumber((servers * serverTflops(server)) / 1000);
  return `${servers} × ${server.form.title} (${server.npus} × ${server.accelerator.id}) = ${servers * server.npus} NPUs, ${peak} PF`;
}
