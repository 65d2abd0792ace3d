import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { throwIfAny } from '../../../core/errors';
import { MANAGED_BY } from '../../../core/names';
import {
  gatewayNamespaces,
  type NamespacePeer,
  namespaceCalled,
} from '../../../core/network-peers';
import type { DnsLabel, IpAddress } from '../../../core/schema/types';
import { checkProps } from '../../check-props';
import { dependOn } from '../../depend-on';
import { kubernetesObject, type ObjectOf } from '../../kubernetes-object';
import type { NetworkTarget } from './target';
import { hostCidr, validatePeers, validateTargets } from './validate';

export interface TenantNetworkProps {
  /** Namespace of the tenant. */
  readonly namespace: DnsLabel;
  /** Namespace whose pods (Prometheus) read metrics. */
  readonly monitoringNamespace: DnsLabel;
  /**
   * Namespaces of other tenants of the same cluster. Each opens what goes out to the peer and what
   * comes in from it, for this side only: nothing flows until the peer names this namespace, too.
   * @default - none
   */
  readonly peers?: readonly DnsLabel[];
  /** Endpoints outside the cluster that pods may call. @default - none */
  readonly targets?: readonly NetworkTarget[];
  /**
   * Addresses of a DNS cache on the host network (NodeLocal DNSCache): its link-local address, and
   * that of the Service `kube-dns` where kube-proxy runs with iptables.
   * @default - none: DNS is answered by pods of kube-system
   */
  readonly dnsAddresses?: readonly IpAddress[];
  /** What must be there before: the namespace. @default - nothing: `TenantNamespace` says it for all */
  readonly after?: readonly ITerraformDependable[];
}

type Rules = Pick<NonNullable<ObjectOf<'NetworkPolicy'>['spec']>, 'ingress' | 'egress'>;

const DNS_PORTS = [
  { port: 53, protocol: 'UDP' },
  { port: 53, protocol: 'TCP' },
];

/**
 * What pods of a tenant reach and who reaches them: nothing, but what a policy of a telling name
 * opens. Policies add up, so each can be read by itself.
 *
 * @throws ValidationError with everything that is wrong with the props
 */
export class TenantNetwork extends Construct {
  private readonly namespace: string;

  constructor(scope: Construct, id: string, props: TenantNetworkProps) {
    super(scope, id);
    const wrong = checkProps(this, 'TenantNetworkProps', props);
    const { namespace, monitoringNamespace, peers = [], targets = [], dnsAddresses = [] } = props;
    this.namespace = namespace;
    const path = this.node.path;
    throwIfAny([
      ...wrong,
      ...[...validatePeers(namespace, peers), ...validateTargets(targets)].map((message) => ({
        path,
        message,
      })),
    ]);

    // Both directions are named, and no rule: closed.
    this.policy('default-deny', { ingress: [], egress: [] });
    this.policy('dns', { egress: [{ to: dnsServers(dnsAddresses), ports: DNS_PORTS }] });
    this.bothWays('inside', [{ podSelector: {} }]);
    this.bothWays('gateway', [gatewayNamespaces()]);
    this.policy('monitoring', { ingress: [{ from: [namespaceCalled(monitoringNamespace)] }] });
    if (peers.length > 0) this.bothWays('peers', peers.map(namespaceCalled));
    for (const { name, cidr, ports } of targets) {
      const tcp = ports.map((port) => ({ port, protocol: 'TCP' }));
      this.policy(`target-${name}`, { egress: [{ to: [{ ipBlock: { cidr } }], ports: tcp }] });
    }
    dependOn(this, props.after ?? []);
  }

  private bothWays(name: string, others: Peer[]): void {
    this.policy(name, { ingress: [{ from: others }], egress: [{ to: others }] });
  }

  /** Binds all pods of the namespace, in the directions for which there are rules. */
  private policy(name: string, { ingress, egress }: Rules): void {
    kubernetesObject(this, name, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace: this.namespace, labels: { ...MANAGED_BY } },
      spec: {
        podSelector: {},
        policyTypes: [...(ingress ? ['Ingress'] : []), ...(egress ? ['Egress'] : [])],
        ...(ingress?.length ? { ingress } : {}),
        ...(egress?.length ? { egress } : {}),
      },
    });
  }
}

/** Pods on one side or the other of a connection. */
type Peer = NamespacePeer | { readonly podSelector: Record<string, never> };

/**
 * All of kube-system on port 53, not its DNS pods by label: the label is the distribution's choice
 * (`kube-dns`, `coredns` and, for the cache, `node-local-dns`), and nothing but DNS is on 53. A cache on
 * the host network has the node's addresses, which selectors do not match with most plugins
 * (gardener/gardener#2745, projectcalico/calico#3795).
 */
function dnsServers(addresses: readonly string[]) {
  return [
    namespaceCalled('kube-system'),
    ...addresses.map((address) => ({ ipBlock: { cidr: hostCidr(address) } })),
  ];
}
