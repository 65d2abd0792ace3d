import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import type { Construct } from 'constructs';
import { LABEL_PREFIX, SERVING_LABEL } from '../../../core/names';
import { customResource } from '../../custom-resource';

type PodMonitorSpec = IPodMonitor['spec'];
type Relabeling = NonNullable<PodMonitorSpec['podMetricsEndpoints'][number]['relabelings']>[number];

export interface PodMonitorsProps {
  readonly clusterName: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Whether the NPU Exporter is scraped by us. */
  readonly npuExporter: boolean;
}

/** The PodMonitors of a cluster; Prometheus names jobs `<namespace>/<name of the PodMonitor>`. */
export function addPodMonitors(scope: Construct, props: PodMonitorsProps): void {
  const { clusterName, namespace, labels } = props;
  const monitors = {
    ...(props.npuExporter ? { 'npu-exporter': npuExporterMonitor(clusterName) } : {}),
    'model-serving': servingMonitor(clusterName),
  };
  for (const [name, spec] of Object.entries(monitors)) {
    customResource<Pick<IPodMonitor, 'spec'>>(scope, `monitor-${name}`, {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name, namespace, labels },
      spec,
    });
  }
}

/** Label of a pod as service discovery of Prometheus spells it. */
function podLabel(label: string): string {
  return `__meta_kubernetes_pod_label_${label.replace(/[^a-zA-Z0-9_]/g, '_')}`;
}

function from(sourceLabel: string, targetLabel: string): Relabeling {
  return { sourceLabels: [sourceLabel], targetLabel };
}

/** What every series of a cluster carries: where it comes from. */
function origin(clusterName: string): Relabeling[] {
  return [
    { targetLabel: 'cluster', replacement: clusterName },
    from('__meta_kubernetes_pod_node_name', 'node'),
  ];
}

/**
 * NPU Exporter as MindCluster installs it (Ascend/mind-cluster branch_v26.1.0,
 * component/npu-exporter/build/npu-exporter.yaml: namespace, pod label and port).
 */
function npuExporterMonitor(clusterName: string): PodMonitorSpec {
  return {
    namespaceSelector: { matchNames: ['npu-exporter'] },
    selector: { matchLabels: { app: 'npu-exporter' } },
    podMetricsEndpoints: [
      {
        port: 'http',
        path: '/metrics',
        // Its own label `namespace` is that of the pod that holds the NPU, not the exporter's.
        honorLabels: true,
        relabelings: origin(clusterName),
      },
    ],
  };
}

/** Servings of all tenants of the cluster; labels and port are those that `ModelServing` gives. */
function servingMonitor(clusterName: string): PodMonitorSpec {
  const model = `${LABEL_PREFIX}/model`;
  return {
    namespaceSelector: { any: true },
    selector: {
      matchLabels: { 'app.kubernetes.io/name': 'vllm-ascend' },
      matchExpressions: [{ key: model, operator: 'Exists' }],
    },
    podMetricsEndpoints: [
      {
        port: 'http',
        path: '/metrics',
        relabelings: [
          ...origin(clusterName),
          from(podLabel(model), 'model'),
          from(podLabel(SERVING_LABEL), 'serving'),
        ],
      },
    ],
  };
}
