/** One metric that rules and dashboards read. */
export interface Metric {
  readonly name: string;
  /** Unit of a value; `1` for counts, states and ratios. */
  readonly unit: string;
  /**
   * Labels by which series of different objects differ, those that our monitors add among them. What else a
   * series has is of who tells of the object (`instance`, `job`) or does not tell objects apart (`unit`).
   */
  readonly labels: readonly string[];
}

/** Where metrics come from. */
export interface MetricSource {
  readonly name: string;
  /** Who installs what exposes them: this package, or somebody before it is applied. */
  readonly installedBy:
    | 'this package'
    | 'this package, where it manages the exporter'
    | 'prerequisite';
  /** Where names, units and labels were read. */
  readonly source: string;
  readonly metrics: readonly Metric[];
  /** What has to be set so that the metrics look as the rules expect. @default - nothing */
  readonly needs?: string;
}

function metrics(unit: string, labels: readonly string[], ...names: string[]): Metric[] {
  return names.map((name) => ({ name, unit, labels }));
}

/** Buckets, sum and count of a histogram in seconds. */
function histogram(name: string, labels: readonly string[]): Metric[] {
  return [
    ...metrics('s', labels, `${name}_sum`),
    ...metrics('1', labels, `${name}_count`),
    ...metrics('1', [...labels, 'le'], `${name}_bucket`),
  ];
}

/** Added by our PodMonitors (`monitors.ts`). */
const ORIGIN = ['cluster', 'node'];

/** `namespace` is that of the pod that holds the NPU, empty on an idle one. */
const NPU = ['id', 'namespace', 'pod_name', ...ORIGIN];

/** `model` and `serving` are added by our PodMonitor, `namespace` and `pod` by the operator. */
const SERVING_TARGET = ['model', 'serving', 'namespace', 'pod', ...ORIGIN];
const SERVING = ['model_name', 'engine', ...SERVING_TARGET];

/** `resource` has `_` for what a label may not hold: `huawei_com_Ascend910`. */
const NODE_RESOURCE = ['node', 'resource'];

/** By name: a pod that was made anew under its name is the same object, or it would count twice. */
const POD = ['namespace', 'pod'];
const DEPLOYMENT = ['namespace', 'deployment'];

/** Added by the operator: the proxy, which tells of itself. */
const PROXY = ['namespace', 'pod'];

/**
 * Every metric that rules and dashboards may name, beside recording rules of ours: a test holds
 * them to this table, and their labels to those that are given here.
 */
export const METRIC_SOURCES: readonly MetricSource[] = [
  {
    name: 'NPU Exporter',
    installedBy: 'this package, where it manages the exporter',
    source:
      'Ascend/mind-cluster branch_v26.1.0: component/npu-exporter/collector (CardLabel in common/metrics_collector.go), build/npu-exporter.yaml, docs/en/scheduling/api/npu_exporter/01_prometheus_metrics_api.md',
    // States are 1 (good), 0 (bad) or -1 (the driver did not answer). The memory without `hbm` in its
    // name is DDR: that of the 310P, whose exporter gives no HBM (collector_for_ddr.go).
    metrics: [
      ...metrics('1', ORIGIN, 'machine_npu_nums'),
      ...metrics(
        '1',
        NPU,
        'npu_chip_info_health_status',
        'npu_chip_info_link_status',
        'npu_chip_info_network_status',
        'npu_chip_info_error_code',
      ),
      ...metrics('°C', NPU, 'npu_chip_info_temperature'),
      ...metrics('MB', NPU, 'npu_chip_info_hbm_used_memory', 'npu_chip_info_hbm_total_memory'),
      ...metrics('MB', NPU, 'npu_chip_info_used_memory', 'npu_chip_info_total_memory'),
      ...metrics('%', NPU, 'npu_chip_info_utilization'),
    ],
    needs:
      'where the exporter is external: a monitor with honorLabels and a relabeling of the node into `node`, and a NetworkPolicy that admits the scraper (upstream admits pods labelled app=prometheus)',
  },
  {
    name: 'kube-state-metrics',
    installedBy: 'prerequisite',
    source: 'kubernetes/kube-state-metrics (c92fe0c5): docs/metrics, internal/store',
    metrics: [
      ...metrics('1', NODE_RESOURCE, 'kube_node_status_allocatable', 'kube_node_status_capacity'),
      ...metrics('1', ['node', 'condition', 'status'], 'kube_node_status_condition'),
      ...metrics('1', ['namespace', 'daemonset'], 'kube_daemonset_status_number_unavailable'),
      ...metrics('1', [...POD, 'container', 'resource'], 'kube_pod_container_resource_requests'),
      ...metrics('1', [...POD, 'phase'], 'kube_pod_status_phase'),
      ...metrics('1', [...POD, 'condition'], 'kube_pod_status_ready', 'kube_pod_status_scheduled'),
      // Here `resource` is as Kubernetes writes it: requests.huawei.com/Ascend910.
      ...metrics('1', ['namespace', 'resourcequota', 'resource', 'type'], 'kube_resourcequota'),
      ...metrics(
        '1',
        DEPLOYMENT,
        'kube_deployment_spec_replicas',
        'kube_deployment_status_replicas_available',
      ),
      // Of groups: their first pods are one StatefulSet.
      ...metrics(
        '1',
        ['namespace', 'statefulset'],
        'kube_statefulset_replicas',
        'kube_statefulset_status_replicas_ready',
      ),
      ...metrics('1', ['namespace', 'service', 'label_aicc_internal_model'], 'kube_service_labels'),
      ...metrics('s since 1970', POD, 'kube_pod_start_time', 'kube_pod_created'),
    ],
    needs:
      'honorLabels in its monitor (the default of kube-prometheus-stack), and --metric-labels-allowlist=services=[aicc.internal/model]',
  },
  {
    name: 'Volcano controller',
    installedBy: 'prerequisite',
    source:
      'volcano-sh/volcano v1.12.0: pkg/controllers/metrics/queue.go (before 1.11 the scheduler had them); Service volcano-controllers-service, port 8081, in Ascend/mind-cluster branch_v26.1.0 component/ascend-for-volcano/build/volcano-v1.12.0.yaml',
    metrics: metrics(
      '1',
      ['queue_name'],
      'volcano_queue_pod_group_pending_count',
      'volcano_queue_pod_group_inqueue_count',
      'volcano_queue_pod_group_running_count',
    ),
    needs:
      'the flag --enable-metrics=true (upstream sets it), and a ServiceMonitor for volcano-system/volcano-controllers-service, port metrics',
  },
  {
    name: 'Volcano scheduler',
    installedBy: 'prerequisite',
    source:
      'volcano-sh/volcano v1.12.0: pkg/scheduler/metrics/queue.go, written by plugins/proportion, in the unit of pkg/scheduler/api/resource_info.go; Service volcano-scheduler-service, port 8080, in Ascend/mind-cluster branch_v26.1.0 component/ascend-for-volcano/build/volcano-v1.12.0.yaml',
    metrics: [
      // `resource` is as Kubernetes writes it. A figure keeps its last value once no pod of the queue asks
      // for the resource (mended in v1.12.4), so that what is allocated is taken from kube-state-metrics.
      ...metrics('1/1000', ['queue_name', 'resource'], 'volcano_queue_request_scalar_resources'),
      // Of every queue, whatever it holds.
      ...metrics('1/1000', ['queue_name'], 'volcano_queue_allocated_milli_cpu'),
    ],
    needs:
      'the flag --enable-metrics=true (upstream sets it), and a ServiceMonitor for volcano-system/volcano-scheduler-service, port metrics',
  },
  {
    name: 'vLLM',
    installedBy: 'this package',
    source:
      'vllm-project/vllm: vllm/v1/metrics/loggers.py, docs/design/metrics.md; of HTTP: vllm/entrypoints/serve/instrumentator/metrics.py, which takes the defaults of prometheus-fastapi-instrumentator (pypi.org, README)',
    metrics: [
      ...metrics('1', SERVING, 'vllm:num_requests_running', 'vllm:num_requests_waiting'),
      ...metrics('1', SERVING, 'vllm:kv_cache_usage_perc'),
      ...metrics('tokens', SERVING, 'vllm:prompt_tokens_total', 'vllm:generation_tokens_total'),
      ...metrics('1', [...SERVING, 'finished_reason'], 'vllm:request_success_total'),
      // `status` is a class: 2xx, 4xx, 5xx. Health and metrics are not counted.
      ...metrics('1', [...SERVING_TARGET, 'handler', 'method', 'status'], 'http_requests_total'),
      ...histogram('vllm:time_to_first_token_seconds', SERVING),
      ...histogram('vllm:inter_token_latency_seconds', SERVING),
      ...histogram('vllm:e2e_request_latency_seconds', SERVING),
    ],
  },
  {
    name: 'Gateway',
    installedBy: 'prerequisite',
    source:
      'envoyproxy/gateway (d32f282942): charts/gateway-addons-helm/dashboards/envoy-clusters.json, envoy-proxy-global.json',
    metrics: [
      ...metrics('1', PROXY, 'envoy_server_live'),
      ...metrics('1', [...PROXY, 'envoy_cluster_name'], 'envoy_cluster_upstream_rq_total'),
      ...metrics(
        '1',
        [...PROXY, 'envoy_cluster_name', 'envoy_response_code_class'],
        'envoy_cluster_upstream_rq_xx',
      ),
    ],
    needs: 'a PodMonitor for the proxies of Envoy Gateway, path /stats/prometheus',
  },
  {
    name: 'Prometheus',
    installedBy: 'prerequisite',
    source:
      'prometheus.io/docs: concepts/jobs_instances (up), configuration/alerting_rules (ALERTS)',
    metrics: [
      // `cluster` where a target is that of our PodMonitors.
      ...metrics('1', ['job', 'instance', 'cluster'], 'up'),
      // Of our alerts; `namespace` where it is about a tenant.
      ...metrics('1', ['alertname', 'alertstate', 'severity', 'cluster', 'namespace'], 'ALERTS'),
    ],
    needs: 'one Prometheus a cluster that selects our PrometheusRule and PodMonitors',
  },
];
