import {
  MINDCLUSTER_RELEASES,
  MINDCLUSTER_VERSIONS,
  type MindClusterVersion,
  OLDEST_KUBERNETES_MINOR,
} from '../../core/accelerator';
import { MAX_NODES, sum } from '../../core/capacity';
import type { NodePool, NodePoolProps } from '../../core/capacity/node-pool';
import { duplicates, mistakes, validateLabelLength } from '../../core/validate';
import { kubernetesMinor } from './kubernetes-version';
import { type Components, MINDCLUSTER_COMPONENTS } from './mindcluster';
import type { PoolDraft } from './resolve-pool';

function isKnown(version: string): version is MindClusterVersion {
  return (MINDCLUSTER_VERSIONS as readonly string[]).includes(version);
}

/** `1.34` or `1.34.4`, and a release that both MindCluster and this package work with. */
export function validateKubernetes(kubernetes: string, mindcluster: string): string[] {
  const minor = kubernetesMinor(kubernetes);
  const newest = isKnown(mindcluster)
    ? MINDCLUSTER_RELEASES[mindcluster].newestKubernetesMinor
    : Number.POSITIVE_INFINITY;
  if (minor >= OLDEST_KUBERNETES_MINOR && minor <= newest) return [];
  const upTo = newest === Number.POSITIVE_INFINITY ? 'or newer' : `to 1.${newest}`;
  return [
    `kubernetesVersion must be 1.${OLDEST_KUBERNETES_MINOR} ${upTo} (MindCluster ${mindcluster}); change it, got: '${kubernetes}'`,
  ];
}

/** Whether the device plugin is the one of this package. */
export function runsDevicePlugin(given: Components, version: string): boolean {
  return (
    isKnown(version) &&
    MINDCLUSTER_RELEASES[version].imageTag !== undefined &&
    (given.devicePlugin ?? 'managed') === 'managed'
  );
}

/** Components are managed only in releases that this package can run, and where they can be placed. */
export function validateComponents(
  given: Components,
  version: string,
  placement: { readonly manageNodes: boolean; readonly managementHosts: readonly string[] },
): string[] {
  if (!isKnown(version)) return [];
  if (MINDCLUSTER_RELEASES[version].imageTag === undefined) {
    return MINDCLUSTER_COMPONENTS.filter((name) => given[name] === 'managed').map(
      (name) =>
        `components.${name} must be 'external' with MindCluster ${version}, whose components have no health server and other manifests; install it from upstream's, with a Volcano for your Kubernetes, or use ${MINDCLUSTER_VERSIONS.at(-1)}, got: 'managed'`,
    );
  }
  const { manageNodes, managementHosts } = placement;
  const placed = !manageNodes || managementHosts.length > 0;
  return mistakes(
    !placed &&
      (given.clusterd ?? 'managed') === 'managed' &&
      "ClusterD runs on a management server; name one in managementHosts or set components.clusterd to 'external', got: none",
  );
}

/** Nodes of a cluster, those out of service among them: they come back. */
export function nodeCount(pools: readonly NodePool[], managementHosts: readonly string[]): number {
  return sum(pools.map((pool) => pool.hosts.length)) + managementHosts.length;
}

/** What a whole cluster can hold: nodes by Kubernetes, NPUs by ClusterD. */
export function validateSize(
  pools: readonly PoolDraft[],
  managementHosts: readonly string[],
  version: string,
): string[] {
  const nodes = sum(pools.map((pool) => pool.servers)) + managementHosts.length;
  const npus = sum(pools.map((pool) => pool.servers * (pool.server?.npus ?? 0)));
  const most = isKnown(version) ? MINDCLUSTER_RELEASES[version].maxNpus : undefined;
  return mistakes(
    nodes > MAX_NODES &&
      `a cluster has ${MAX_NODES} nodes at most; move pools to another cluster, got: ${nodes} with management servers`,
    most !== undefined &&
      npus > most &&
      `ClusterD of MindCluster ${version} looks after ${most} NPUs at most; use 26.0 or newer or move pools to another cluster, got: ${npus} NPUs`,
  );
}

export function validatePools(pools: readonly NodePoolProps[]): string[] {
  return duplicates(pools.map((pool) => pool.name)).map(
    (name) => `names of pools must be unique; rename one, got: '${name}' twice`,
  );
}

export function validateHostNames(
  pools: readonly PoolDraft[],
  management: readonly string[],
): string[] {
  const owners = new Map<string, string[]>();
  const add = (name: string, owner: string) =>
    owners.set(name, [...(owners.get(name) ?? []), owner]);
  // What a pool names twice is said of the pool.
  for (const pool of pools) {
    for (const name of new Set(pool.hostNames)) add(name, `pool '${pool.name}'`);
  }
  for (const name of management) add(name, 'managementHosts');
  return [
    ...[...new Set(management)].flatMap((name) => validateLabelLength('managementHosts', name)),
    ...[...owners]
      .filter(([, all]) => all.length > 1)
      .map(([name, all]) => {
        const places = [...new Set(all)];
        const where = `${places.length > 1 ? '' : 'twice '}in ${places.join(' and ')}`;
        return `host names must be unique in a cluster; rename one, got: '${name}' ${where}`;
      }),
  ];
}
