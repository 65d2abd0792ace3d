import { Address4, Address6 } from 'ip-address';
import { duplicates } from '../../../core/validate';
import type { NetworkTarget } from './target';

/**
 * Names of other tenants' namespaces. Whether such tenants exist, only the caller knows.
 *
 * @param namespace namespace of the tenant itself
 */
export function validatePeers(namespace: string, peers: readonly string[]): string[] {
  return [
    ...peers.filter(isSystem).map(reservedPeer),
    ...(peers.includes(namespace)
      ? [
          `peers must be other namespaces, inside its own all is open; remove it, got: '${namespace}'`,
        ]
      : []),
    ...duplicates(peers).map(
      (peer) => `peers must name each namespace once; remove one, got: '${peer}' twice`,
    ),
  ];
}

function isSystem(name: string): boolean {
  return name === 'default' || name.startsWith('kube-');
}

function reservedPeer(name: string): string {
  return `peers must be tenants, not 'default' nor 'kube-…'; remove it, got: '${name}'`;
}

/** Endpoints outside the cluster: network of each, and names of all. */
export function validateTargets(
  targets: readonly Pick<NetworkTarget, 'name' | 'cidr'>[],
): string[] {
  return [
    ...targets.flatMap(validateTarget),
    ...duplicates(targets.map(({ name }) => name)).map(
      (name) => `names of targets must be unique; rename one, got: '${name}' twice`,
    ),
  ];
}

function validateTarget({ name, cidr }: Pick<NetworkTarget, 'name' | 'cidr'>): string[] {
  return validateCidr(`cidr of target '${name}'`, cidr);
}

/** Network of one address: `10.0.0.1/32`. The address must be valid. */
export function hostCidr(address: string): string {
  return `${address}/${Address4.isValid(address) ? 32 : 128}`;
}

/** Shortest prefixes of private networks: 10.0.0.0/8 (RFC 1918) and fc00::/7 (RFC 4193). */
const SHORTEST_PREFIX = { 4: 8, 6: 7 } as const;

/**
 * A network as Kubernetes takes it from 1.36 on (kubernetes/kubernetes#137053): its lowest address in
 * the shortest form, and a prefix. `10.0.0.1/8` most likely means one address, and would open 16 million.
 */
function validateCidr(what: string, value: string): string[] {
  const parsed = value.includes('/') ? parse(value) : undefined;
  if (!parsed) {
    return [
      `${what} must be an IPv4 or IPv6 network as 10.1.0.0/16 or 10.1.2.3/32; correct it, got: '${value}'`,
    ];
  }
  const { address, version } = parsed;
  const network = `${address.startAddress().correctForm()}/${address.subnetMask}`;
  if (value !== network) {
    return [
      `${what} must begin with the network's first address, ${network}; correct it or the prefix, got: '${value}'`,
    ];
  }
  const shortest = SHORTEST_PREFIX[version];
  return address.subnetMask >= shortest
    ? []
    : [
        `${what} must have a prefix of /${shortest} or longer: a target is a named endpoint, and wider than any private network is the Internet, where data leaves to anyone; name the endpoint's own network, got: '${value}'`,
      ];
}

function parse(value: string) {
  if (Address4.isValid(value)) return { address: new Address4(value), version: 4 } as const;
  if (!Address6.isValid(value)) return undefined;
  const address = new Address6(value);
  // IPv4 in disguise: some programs read it as one, some as the other.
  return address.isMapped4() ? undefined : ({ address, version: 6 } as const);
}
