import {
  MINDCLUSTER_RELEASES,
  MINDCLUSTER_VERSIONS,
  type MindClusterVersion,
  OLDEST_KUBERNETES_MINOR,
} from '../accelerator';
import { MAX_NODES, sum } from '../capacity';
import { duplicates, validateDnsSubdomain, validateLabelLength } from '../validate';
import { kubernetesMinor } from './kubernetes-version';
import { COMPONENT_NAMESPACES, type Components, MINDCLUSTER_COMPONENTS } from './mindcluster';
import type { NodePool, NodePoolProps } from './node-pool';
import type { PoolDraft } from './resolve-pool';

export function validateVersion(version: string): string[] {
  return isKnown(version)
    ? []
    : [
        `mindclusterVersion must be one of ${MINDCLUSTER_VERSIONS.join(', ')}; change it, got: '${version}'`,
      ];
}

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

/** Components are managed only in releases that this package can run, and where they can be placed. */
export function validateComponents(
  given: Components,
  version: string,
  placement: { readonly manageNodes: boolean; readonly managementHosts: readonly string[] },
): string[] {
  const known: readonly string[] = MINDCLUSTER_COMPONENTS;
  const unknown = Object.entries(given).flatMap(([name, mode]) => [
    ...(known.includes(name)
      ? []
      : [`components must be of ${known.join(', ')}; correct the name, got: '${name}'`]),
    ...(mode === 'managed' || mode === 'external'
      ? []
      : [`components.${name} must be 'managed' or 'external'; change it, got: '${mode}'`]),
  ]);
  if (!isKnown(version) || unknown.length > 0) return unknown;
  const release = MINDCLUSTER_RELEASES[version];
  if (release.imageTag === undefined) {
    const wanted = Object.entries(given).filter(([, mode]) => mode === 'managed');
    return wanted.map(
      ([name]) =>
        `components.${name} must be 'external' with MindCluster ${version}, whose components have no health server and other manifests; install it from upstream's or use ${MINDCLUSTER_VERSIONS.at(-1)}, got: 'managed'`,
    );
  }
  const { manageNodes, managementHosts } = placement;
  if (!manageNodes || managementHosts.length > 0 || given.clusterd === 'external') return [];
  return [
    "ClusterD runs on a management server; name one in managementHosts or set components.clusterd to 'external', got: none",
  ];
}

/** Name of an object of the site's: a DNS subdomain. */
export function validateStorageClass(name: string | undefined): string[] {
  return name === undefined ? [] : validateDnsSubdomain('weightsStorageClass', name);
}

/** Host with an optional port, and parts of a path; an image's name and tag come behind it. */
const IMAGE_REGISTRY =
  /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9]+([-._]+[a-z0-9]+)*)*$/;

export function validateImageRegistry(registry: string | undefined): string[] {
  return registry === undefined || IMAGE_REGISTRY.test(registry)
    ? []
    : [
        `imageRegistry must be a registry with parts of a path, without scheme, tag and '/' at its end (registry.example:5000/ascendhub); correct it, got: '${registry}'`,
      ];
}

/** Namespaces that the site makes must be among those that components live in. */
export function validateExternalNamespaces(names: readonly string[]): string[] {
  const known: readonly string[] = COMPONENT_NAMESPACES;
  return names
    .filter((name) => !known.includes(name))
    .map(
      (name) =>
        `externalNamespaces must be of ${known.join(', ')}; correct the name, got: '${name}'`,
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
  const problems: string[] = [];
  const nodes = sum(pools.map((pool) => pool.servers)) + managementHosts.length;
  if (nodes > MAX_NODES) {
    problems.push(
      `a cluster has ${MAX_NODES} nodes at most; move pools to another cluster, got: ${nodes} with management servers`,
    );
  }
  const npus = sum(pools.map((pool) => pool.servers * (pool.server?.npus ?? 0)));
  const most = isKnown(version) ? MINDCLUSTER_RELEASES[version].maxNpus : undefined;
  if (most !== undefined && npus > most) {
    problems.push(
      `ClusterD of MindCluster ${version} looks after ${most} NPUs at most; use 26.0 or newer or move pools to another cluster, got: ${npus} NPUs`,
    );
  }
  return problems;
}

export function validatePools(pools: readonly NodePoolProps[]): string[] {
  const problems = duplicates(pools.map((pool) => pool.name)).map(
    (name) => `names of pools must be unique; rename one, got: '${name}' twice`,
  );
  if (pools.length === 0) problems.push('pools must hold one pool at least; add one, got: none');
  return problems;
}

export function validateHostNames(
  pools: readonly PoolDraft[],
  management: readonly string[],
): string[] {
  const own = pools.flatMap((pool) => [...new Set(pool.hostNames)]);
  return [
    ...management.flatMap((name) => [
      ...validateDnsSubdomain('managementHosts', name),
      ...validateLabelLength('managementHosts', name),
    ]),
    ...duplicates([...own, ...management]).map(
      (name) => `host names must be unique in a cluster; rename one, got: '${name}' twice`,
    ),
  ];
}

/** A pod asks for a resource name, not for a chip: two chips behind one name would be a lottery. */
export function validateChips(pools: readonly PoolDraft[]): string[] {
  const chips = new Map<string, Set<string>>();
  for (const { resourceName, server } of pools) {
    if (!resourceName || !server) continue;
    chips.set(resourceName, (chips.get(resourceName) ?? new Set()).add(server.accelerator.id));
  }
  return [...chips].flatMap(([name, ids]) =>
    ids.size > 1
      ? [
          `one chip type a resource name and cluster; move a pool or set its resourceName, got: ${name} for ${[...ids].join(' and ')}`,
        ]
      : [],
  );
}
