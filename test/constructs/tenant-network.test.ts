import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { type NetworkTarget, TenantNetwork, type TenantNetworkProps } from '../../constructs';
import { problemsOf } from '../helpers/cluster';
import { Template, testStack } from '../helpers/template';

interface Policy {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly policy_types: string[]; readonly [rules: string]: unknown };
  readonly depends_on: string[];
}

function network(props: Partial<TenantNetworkProps> = {}) {
  const stack = testStack();
  const namespace = new NamespaceV1(stack, 'nankai', { metadata: { name: 'nankai' } });
  const make = () =>
    new TenantNetwork(stack, 'network', {
      namespace: 'nankai',
      monitoringNamespace: 'monitoring',
      after: [namespace],
      ...props,
    });
  return { stack, make };
}

function policies(props: Partial<TenantNetworkProps> = {}): Map<string, Policy> {
  const { stack, make } = network(props);
  make();
  const all = Template.of(stack).resources('kubernetes_network_policy_v1') as unknown as Policy[];
  return new Map(all.map((policy) => [policy.metadata.name, policy]));
}

const named = (name: string) => ({
  namespace_selector: { match_labels: { 'kubernetes.io/metadata.name': name } },
});

test('minimal network: a policy for each purpose, on all pods, after the namespace', () => {
  const made = policies();
  expect([...made.keys()].sort()).toEqual([
    'default-deny',
    'dns',
    'gateway',
    'inside',
    'monitoring',
  ]);
  for (const policy of made.values()) {
    expect(policy.metadata.namespace).toBe('nankai');
    expect(policy.spec.pod_selector).toEqual({});
    expect(policy.depends_on).toEqual(['kubernetes_namespace_v1.nankai']);
  }
});

test('default-deny names both directions and opens none', () => {
  expect(policies().get('default-deny')?.spec).toEqual({
    pod_selector: {},
    policy_types: ['Ingress', 'Egress'],
  });
});

test('monitoring only comes in, DNS only goes out', () => {
  const made = policies();
  expect(made.get('monitoring')?.spec).toEqual({
    pod_selector: {},
    policy_types: ['Ingress'],
    ingress: [{ from: [named('monitoring')] }],
  });
  expect(made.get('dns')?.spec).toEqual({
    pod_selector: {},
    policy_types: ['Egress'],
    egress: [
      {
        to: [named('kube-system')],
        ports: [
          { port: '53', protocol: 'UDP' },
          { port: '53', protocol: 'TCP' },
        ],
      },
    ],
  });
});

test('a DNS cache on the host network is named by address', () => {
  const dns = policies({ dnsAddresses: ['169.254.20.10', 'fd00::a'] }).get('dns');
  expect(dns?.spec).toMatchObject({
    egress: [
      {
        to: [
          named('kube-system'),
          { ip_block: { cidr: '169.254.20.10/32' } },
          { ip_block: { cidr: 'fd00::a/128' } },
        ],
      },
    ],
  });
});

test('peers open both directions to each', () => {
  const peers = policies({ peers: ['a', 'b'] }).get('peers');
  expect(peers?.spec).toMatchObject({
    policy_types: ['Ingress', 'Egress'],
    ingress: [{ from: [named('a'), named('b')] }],
    egress: [{ to: [named('a'), named('b')] }],
  });
});

test('a target is opened by a policy of its own, outward and on its ports', () => {
  const target = { name: 'registry', cidr: '10.20.0.0/24', ports: [443, 5000] };
  expect(policies({ targets: [target] }).get('target-registry')?.spec).toEqual({
    pod_selector: {},
    policy_types: ['Egress'],
    egress: [
      {
        to: [{ ip_block: { cidr: '10.20.0.0/24' } }],
        ports: [
          { port: '443', protocol: 'TCP' },
          { port: '5000', protocol: 'TCP' },
        ],
      },
    ],
  });
});

const target = (changes: Partial<NetworkTarget>) => ({
  targets: [{ name: 'data', cidr: '10.0.0.0/8', ports: [443], ...changes }],
});

test.each(['10.0.0.0/8', '10.0.0.5/32', 'fc00::/7', 'fd00::5/128'])('takes cidr %s', (cidr) => {
  expect(policies(target({ cidr })).has('target-data')).toBe(true);
});

test.each([
  [{ namespace: 'Nankai' }, /: namespace must be a DNS label.*got: 'Nankai'$/],
  [{ monitoringNamespace: '' }, /: monitoringNamespace must be a DNS label.*got: ''$/],
  [{ peers: ['a.b'] }, /: peers must be a DNS label.*got: 'a\.b'$/],
  [{ peers: ['nankai'] }, /: peers must be other namespaces.*got: 'nankai'$/],
  [{ peers: ['a', 'a'] }, /: peers must name each namespace once.*got: 'a' twice$/],
  [{ peers: ['kube-system'] }, /: peers must be tenants.*got: 'kube-system'$/],
  [{ peers: ['default'] }, /: peers must be tenants.*got: 'default'$/],
  [target({ name: 'a_b' }), /: name of the target must be a DNS label.*got: 'a_b'$/],
  [
    { targets: [...target({}).targets, ...target({}).targets] },
    /: names of targets must be unique.*got: 'data' twice$/,
  ],
  [target({ ports: [] }), /: target 'data': ports must hold one entry.*got: none$/],
  [target({ ports: [0] }), /: target 'data': ports must be a whole number.*got: 0$/],
  [target({ ports: [65_536] }), /: target 'data': ports must be.* 1 to 65535.*got: 65536$/],
  [target({ cidr: '0.0.0.0/0' }), /prefix of \/8 or longer.*the Internet.*got: '0\.0\.0\.0\/0'$/],
  [target({ cidr: '128.0.0.0/1' }), /prefix of \/8 or longer.*got: '128\.0\.0\.0\/1'$/],
  [target({ cidr: '::/0' }), /prefix of \/7 or longer.*the Internet.*got: '::\/0'$/],
  [target({ cidr: '10.0.0.1/8' }), /first address, 10\.0\.0\.0\/8;.*got: '10\.0\.0\.1\/8'$/],
  [target({ cidr: 'FD00::/8' }), /first address, fd00::\/8;.*got: 'FD00::\/8'$/],
  [target({ cidr: '10.0.0.5' }), /must be an IPv4 or IPv6 network.*got: '10\.0\.0\.5'$/],
  [target({ cidr: '10.0.0.0/33' }), /must be an IPv4 or IPv6 network.*got: '10\.0\.0\.0\/33'$/],
  [target({ cidr: '::ffff:a00:1/128' }), /must be an IPv4 or IPv6 network.*got: '::ffff:a00:1/],
  [target({ cidr: 'registry.example' }), /must be an IPv4 or IPv6.*got: 'registry\.example'$/],
  [{ dnsAddresses: ['169.254.20.10/32'] }, /: dnsAddresses must be.*got: '169\.254\.20\.10\/32'$/],
  [{ dnsAddresses: ['dns'] }, /: dnsAddresses must be.*got: 'dns'$/],
])('fails for %j', (props, message) => {
  expect(problemsOf(network(props).make)).toEqual([expect.stringMatching(message)]);
});

test('all problems are reported at once', () => {
  const props = { peers: ['nankai', 'kube-dns'], ...target({ cidr: 'x', ports: [0, 1.5] }) };
  expect(problemsOf(network(props).make)).toHaveLength(5);
});
