import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import type { KubernetesObject } from '../../../cli/manifests/render';
import {
  ModelServing,
  TenantNamespace,
  TenantNetwork,
  type TenantNetworkProps,
} from '../../../constructs';
import { smallCluster } from '../../helpers/cluster';
import { Template, testStack } from '../../helpers/template';
import type { Cast } from './probes';

/** The parts in `sampleObjects`. */
export const SAMPLE_CAST: Cast = {
  tenant: 'a',
  peer: 'b',
  oneSided: 'c',
  stranger: 'd',
  monitoring: 'monitoring',
  target: { ip: '10.20.0.255', port: 443, otherPort: 22, otherIp: '10.20.1.0' },
  serving: {
    namespace: 'models',
    labels: { 'app.kubernetes.io/instance': 'qwen3-8b' },
    port: 8000,
    portName: 'http',
  },
  npuExporter: {
    namespace: 'npu-exporter',
    labels: { app: 'npu-exporter' },
    port: 8082,
    portName: 'http',
  },
};

const TENANTS: Readonly<Record<string, Pick<TenantNetworkProps, 'peers' | 'targets'>>> = {
  a: { peers: ['b', 'c'], targets: [{ name: 'registry', cidr: '10.20.0.0/24', ports: [443] }] },
  b: { peers: ['a'] },
  c: {},
  d: {},
};

/** A cluster with its components, four tenants and a model. */
export function sampleObjects(): KubernetesObject[] {
  const stack = testStack();
  const cluster = smallCluster(stack);
  for (const [name, props] of Object.entries(TENANTS)) {
    const namespace = new NamespaceV1(stack, name, { metadata: { name } });
    const { monitoringNamespace } = cluster;
    const after = [namespace];
    new TenantNetwork(stack, `${name}-network`, {
      namespace: name,
      monitoringNamespace,
      after,
      ...props,
    });
  }
  const tenant = new TenantNamespace(stack, 'models', {
    cluster,
    tenantName: 'models',
    guarantee: 8,
    podSecurity: 'baseline',
  });
  const weights = { server: 'weights.internal', path: '/models' };
  new ModelServing(stack, 'serving', { tenant, model: 'qwen3-8b', weights });
  return Template.of(stack).objects();
}
