import type {
  V1NetworkPolicy,
  V1NetworkPolicyPeer,
  V1NetworkPolicyPort,
} from '@kubernetes/client-node';
import type { ResourceName } from '../../compare/change';

/** One thing that a NetworkPolicy lets through: a peer and a port; without one, all. */
export interface Allowance {
  readonly way: 'from' | 'to';
  readonly peer?: V1NetworkPolicyPeer;
  readonly port?: V1NetworkPolicyPort;
}

/** As Kubernetes writes it; the client's class calls the field `_from`. */
interface IngressRule {
  readonly from?: V1NetworkPolicyPeer[];
  readonly ports?: V1NetworkPolicyPort[];
}

export function allowances(policy: V1NetworkPolicy | undefined): Allowance[] {
  const { ingress = [], egress = [], policyTypes = [] } = policy?.spec ?? {};
  const spread = (
    way: Allowance['way'],
    peers: readonly V1NetworkPolicyPeer[] = [],
    ports: readonly V1NetworkPolicyPort[] = [],
  ): Allowance[] =>
    orNone(peers).flatMap((peer) =>
      orNone(ports).map((port) => ({ way, ...(peer ? { peer } : {}), ...(port ? { port } : {}) })),
    );
  return [
    ...(policyTypes.includes('Ingress')
      ? ingress.flatMap(({ from, ports }: IngressRule) => spread('from', from, ports))
      : []),
    ...(policyTypes.includes('Egress')
      ? egress.flatMap(({ to, ports }) => spread('to', to, ports))
      : []),
  ];
}

function orNone<T>(items: readonly T[]): readonly (T | undefined)[] {
  return items.length === 0 ? [undefined] : items;
}

/** Any address, whatever the port. */
export function isAnywhere({ peer }: Allowance): boolean {
  if (!peer) return true;
  const { ipBlock } = peer;
  return ipBlock !== undefined && /\/0$/.test(ipBlock.cidr) && !ipBlock.except?.length;
}

/** Sentences about what a policy that changes lets through. */
export function describeAllowances(
  { namespace, name }: ResourceName,
  allowed: readonly Allowance[],
): string[] {
  return allowed.map(({ way, peer, port }) => {
    const range = port?.endPort ? `–${port.endPort}` : '';
    const ports = port
      ? `${port.protocol ?? 'TCP'} ${port.port ?? 'any port'}${range}`
      : 'any port';
    return `${namespace}/${name} allows ${way} ${describePeer(peer)}, ${ports}`;
  });
}

function describePeer(peer: V1NetworkPolicyPeer | undefined): string {
  if (!peer) return 'everywhere';
  const { ipBlock, namespaceSelector, podSelector } = peer;
  if (ipBlock) return `${ipBlock.cidr}${ipBlock.except?.length ? ` but ${ipBlock.except}` : ''}`;
  const labels = (selector: typeof podSelector) =>
    Object.entries(selector?.matchLabels ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .concat((selector?.matchExpressions ?? []).map((e) => `${e.key} ${e.operator}`))
      .join(',') || 'all';
  const pods = podSelector ? `pods (${labels(podSelector)})` : 'all pods';
  return namespaceSelector
    ? `${pods} of namespaces (${labels(namespaceSelector)})`
    : `${pods} of the namespace`;
}
