import type { Construct } from 'constructs';
import type { ComponentFile } from '../../../core/accelerator/mindcluster-components';
import { MANAGED_BY } from '../../../core/names';
import { namespaceCalled } from '../../../core/network-peers';
import { kubernetesObject } from '../../kubernetes-object';
import { CLUSTER_SYSTEM_NAMESPACE } from './namespaces';

/** The only port of a component: upstream's manifests name one each. */
function portOf({ container: { ports = [] } }: ComponentFile): number {
  return ports[0]?.containerPort ?? 0;
}

/**
 * Lets the monitoring namespace read what the NPU Exporter tells, and nobody else: upstream admits whatever
 * calls itself `app: prometheus`, in any namespace.
 */
export function closeNetwork(scope: Construct, file: ComponentFile, monitoring: string): void {
  const { name, namespace } = file;
  const labels = { ...file.labels };
  kubernetesObject(scope, 'network', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: { ...labels, ...MANAGED_BY } },
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [namespaceCalled(monitoring)],
          ports: [{ port: portOf(file), protocol: 'TCP' }],
        },
      ],
    },
  });
}

/**
 * NPUs with three faults in a day are set apart, and given back after two days without one
 * (`clusterd.yaml` of upstream, ConfigMap).
 */
export function addFaultPolicy(scope: Construct): void {
  kubernetesObject(scope, 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'clusterd-config-cm',
      namespace: CLUSTER_SYSTEM_NAMESPACE,
      labels: { ...MANAGED_BY },
    },
    data: {
      'manually_separate_policy.conf': [
        'enabled: true',
        'separate:',
        '  fault_window_hours: 24',
        '  fault_threshold: 3',
        'release:',
        '  fault_free_hours: 48',
        '',
      ].join('\n'),
    },
  });
}

/** Where NodeD and jobs reach ClusterD. */
export function addReportService(scope: Construct, file: ComponentFile): void {
  const labels = { ...file.labels };
  const port = portOf(file);
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'clusterd-grpc-svc',
      namespace: file.namespace,
      labels: { ...labels, ...MANAGED_BY },
    },
    spec: {
      selector: labels,
      ports: [{ name: 'grpc', port, targetPort: port, protocol: 'TCP' }],
    },
  } as const;
  kubernetesObject(scope, 'grpc', service, { waitForLoadBalancer: false });
}
