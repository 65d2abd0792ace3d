import type { Construct } from 'constructs';
import { MANAGED_BY } from '../../core/names';
import { gatewayNamespaces, namespaceCalled } from '../../core/network-peers';
import { API_PORT, clientPolicyName } from '../../core/serving/endpoint';
import { kubernetesObject } from '../kubernetes-object';
import type { TenantNamespace } from '../tenant-namespace';
import { answeringPods } from './groups/leader-worker-set';
import type { ResolvedServing } from './serving';

/** The Service of a serving: always port 8000, whatever the container listens on. */
export function addService(scope: Construct, id: string, serving: ResolvedServing): void {
  kubernetesObject(
    scope,
    id,
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: serving.metadata,
      spec: {
        selector: answeringPods(serving),
        ports: [{ name: 'http', port: API_PORT, targetPort: 'http' }],
      },
    },
    { waitForLoadBalancer: false },
  );
}

/**
 * Lets in who may call: gateways, monitoring and the named tenants, whose pods are let out to it as
 * well; both namespaces are closed otherwise. Pods on the host network are bound by no policy.
 */
export function addNetworkPolicies(
  scope: Construct,
  id: string,
  serving: ResolvedServing,
  clients: readonly TenantNamespace[],
): void {
  const { metadata, selector, tenant, container } = serving;
  const from = [
    gatewayNamespaces(),
    namespaceCalled(tenant.cluster.monitoringNamespace),
    ...clients.map((client) => namespaceCalled(client.namespace)),
  ];
  kubernetesObject(scope, id, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { ...metadata, name: `${metadata.name}-api` },
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress'],
      ingress: [{ from, ports: [{ port: 'http', protocol: 'TCP' }] }],
    },
  });
  const port = container?.port ?? API_PORT;
  for (const client of clients) {
    kubernetesObject(scope, `client-${client.namespace}`, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: clientPolicyName(metadata.namespace, metadata.name),
        namespace: client.namespace,
        labels: { ...MANAGED_BY },
      },
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [
          {
            to: [
              { ...namespaceCalled(metadata.namespace), podSelector: { matchLabels: selector } },
            ],
            ports: [{ port, protocol: 'TCP' }],
          },
        ],
      },
    });
  }
}
