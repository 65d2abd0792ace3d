import { findServer, type Server, serversFor } from '../../core/accelerator';
import { type HostEntry, MAX_NODES, MAX_PODS } from '../../core/capacity';
import { hostNames, type NodePool, type NodePoolProps } from '../../core/capacity/node-pool';
import { duplicates, mistakes, validateCount, validateLabelLength } from '../../core/validate';

/**
 * What can be told of a pool, right or wrong: a mistake in one pool must not hide another one, nor what
 * pools have to have in common.
 */
export interface PoolDraft {
  readonly name: string;
  readonly problems: readonly string[];
  /** Servers; 0 where the number is not known. */
  readonly servers: number;
  /** Names of its hosts; none where they are made from something that is wrong. */
  readonly hostNames: readonly string[];
  /** Undefined where it is wrong, or not known. */
  readonly resourceName?: string;
  /** Undefined where form or accelerator are wrong. */
  readonly server?: Server;
  /** Undefined where anything is wrong. */
  readonly pool?: NodePool;
}

/** What generated names of a pool begin with. */
interface Prefix {
  readonly text: string;
  /** Whether they can be compared: the name of the cluster is right, and no other pool has the prefix. */
  readonly right: boolean;
}

/**
 * @param cluster name of the cluster
 * @param named whether that name is right: what is made from a wrong one is no further mistake
 * @param wrong keys of each pool that its schema refuses
 */
export function resolvePools(
  pools: readonly NodePoolProps[],
  cluster: string,
  named: boolean,
  wrong: readonly ReadonlySet<string | number>[],
): PoolDraft[] {
  return pools.map((props, index) => {
    // Pools of one name would have all host names in common: one mistake, one line.
    const own = pools.findIndex(({ name }) => name === props.name) === index;
    const prefix = { text: `${cluster}-${props.name}`, right: named && own };
    return resolvePool(props, prefix, wrong[index] ?? new Set());
  });
}

function resolvePool(
  props: NodePoolProps,
  prefix: Prefix,
  wrong: ReadonlySet<string | number>,
): PoolDraft {
  const what = `pool '${props.name}'`;
  const { serversPerRack = 4, maxPods = MAX_PODS, outOfService = [] } = props;
  const found = findServer(props.serverForm, props.accelerator);
  const server = Array.isArray(found) ? undefined : found;
  const sized = !wrong.has('servers') && !wrong.has('targetPetaflops');
  const wrongSize = sized ? validateSize(what, props, server) : [];
  const count = sized && wrongSize.length === 0 ? sizeOf(props, server) : undefined;
  const names = props.hostNames ?? (count ? hostNames(prefix.text, count) : undefined) ?? [];
  const generated = prefix.right && !wrong.has('name') ? names : [];
  const out = new Set(outOfService);
  const hosts = names.map((name, index) => ({
    name,
    rack: rackName(prefix, index, serversPerRack),
    inService: !out.has(name),
  }));
  const problems = [
    ...(Array.isArray(found) ? found.map((message) => `${what}: ${message}`) : []),
    ...wrongSize,
    ...validateHosts(what, props, names, count),
    ...validateLength(`${what}: host name`, props.hostNames ?? generated),
    ...validateLength(`${what}: rack`, generated.length > 0 ? hosts.map(({ rack }) => rack) : []),
    ...(wrong.has('spareServers') || wrong.has('reserve')
      ? []
      : validateUnsold(what, props, server, hosts)),
  ];
  const draft = {
    name: props.name,
    problems,
    servers: count ?? 0,
    hostNames: props.hostNames ?? generated,
    resourceName: wrong.has('resourceName')
      ? undefined
      : (props.resourceName ?? server?.accelerator.resourceName),
    server,
  };
  if (problems.length > 0 || wrong.size > 0 || !server) return draft;
  const pool: NodePool = {
    name: props.name,
    server,
    resourceName: props.resourceName ?? server.accelerator.resourceName,
    maxPods,
    hosts,
    spareServers: props.spareServers ?? 0,
    ...(props.reserve ? { reserve: props.reserve } : {}),
    ...(props.hostInterface === undefined ? {} : { hostInterface: props.hostInterface }),
  };
  return { ...draft, pool };
}

function rackName({ text }: Prefix, index: number, serversPerRack: number): string {
  return `${text}-r${String(Math.floor(index / serversPerRack) + 1).padStart(2, '0')}`;
}

/** @returns undefined where the number follows from a server that is not known */
function sizeOf({ servers, targetPetaflops = 0 }: NodePoolProps, server?: Server) {
  return servers ?? (server && serversFor(server, targetPetaflops));
}

function validateSize(what: string, props: NodePoolProps, server?: Server): string[] {
  const { servers, targetPetaflops: target } = props;
  if ((servers === undefined) === (target === undefined)) {
    return [
      `${what}: give either servers or targetPetaflops, got: ${servers === undefined ? 'none' : 'both'}`,
    ];
  }
  const count = sizeOf(props, server);
  return count === undefined ? [] : validateCount(`${what}: servers`, count, 1, MAX_NODES);
}

/** What is kept back must be there. */
function validateUnsold(
  what: string,
  { spareServers = 0, reserve }: NodePoolProps,
  server: Server | undefined,
  hosts: readonly HostEntry[],
): string[] {
  if (!server || hosts.length === 0) return [];
  const usable = hosts.filter(({ inService }) => inService).length * server.npus;
  const kept = spareServers * server.npus + (reserve?.npus ?? 0);
  return mistakes(
    kept > usable &&
      `${what}: spareServers and reserve must be within the ${usable} NPUs in service; lower them, got: ${kept} NPUs`,
  );
}

/** @param count of servers; undefined where it is not known */
function validateHosts(
  what: string,
  { outOfService = [] }: NodePoolProps,
  names: readonly string[],
  count: number | undefined,
): string[] {
  const known = new Set(names);
  const unknown = names.length > 0 ? outOfService.filter((name) => !known.has(name)) : [];
  return mistakes(
    count !== undefined &&
      names.length !== count &&
      `${what}: ${count} servers need ${count} host names; add or remove names, got: ${names.length}`,
    duplicates(names).map(
      (name) => `${what}: host names must be unique; remove one, got: '${name}' twice`,
    ),
    duplicates(outOfService).map(
      (name) => `${what}: outOfService names a server twice; remove one, got: '${name}'`,
    ),
    unknown.map(
      (name) =>
        `${what}: outOfService names a server that the pool does not have; use one of ${names[0]} … ${names.at(-1)}, got: '${name}'`,
    ),
  );
}

/** All become labels of the node: `kubernetes.io/hostname`, written by the kubelet, and the rack. */
function validateLength(what: string, values: readonly string[]): string[] {
  const longest = [...values].sort((a, b) => b.length - a.length)[0] ?? '';
  return validateLabelLength(what, longest);
}
