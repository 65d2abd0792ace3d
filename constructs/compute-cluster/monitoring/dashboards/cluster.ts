import { perObject } from '../per-object';
import { dashboard, graph, stat, table } from './panel';

const CLUSTER = 'cluster="$cluster"';

/** One cluster: NPUs, servers, queues and the gateway. */
export const CLUSTER_DASHBOARD = dashboard({
  uid: 'aicc-cluster',
  title: 'Cluster',
  variables: [
    {
      name: 'cluster',
      query: 'label_values(aicc:cluster_npus_declared:sum, cluster)',
      several: false,
    },
  ],
  panels: [
    stat('NPUs declared', 'short', `aicc:cluster_npus_declared:sum{${CLUSTER}}`, '{{resource}}'),
    stat(
      'NPUs allocatable',
      'short',
      `aicc:cluster_npus_allocatable:sum{${CLUSTER}}`,
      '{{resource}}',
    ),
    stat('NPUs in use', 'short', `aicc:cluster_npus_in_use:sum{${CLUSTER}}`, '{{resource}}'),
    stat(
      'NPUs unhealthy',
      'short',
      `count(${perObject('npu_chip_info_health_status', CLUSTER, { read: (series) => `${series} == 0` })}) or vector(0)`,
      'NPUs',
    ),
    graph('NPUs in use by tenant', 'short', [
      { expr: `aicc:tenant_npus_in_use:sum{${CLUSTER}}`, legend: '{{namespace}} {{resource}}' },
    ]),
    graph('NPUs that pods run with or wait for by queue', 'short', [
      { expr: `aicc:queue_npus_requested:sum{${CLUSTER}}`, legend: '{{queue_name}} {{resource}}' },
    ]),
    graph('Utilization of the AI cores by node', 'percent', [
      {
        expr: `avg by (node) (${perObject('npu_chip_info_utilization', CLUSTER)})`,
        legend: '{{node}}',
      },
    ]),
    graph('Hottest NPU by node', 'celsius', [
      { expr: `max by (node) (npu_chip_info_temperature{${CLUSTER}})`, legend: '{{node}}' },
    ]),
    graph('Device memory in use by node', 'percentunit', [
      { expr: `avg by (node) (aicc:npu_memory_used:ratio{${CLUSTER}})`, legend: '{{node}}' },
    ]),
    graph('Pod groups waiting by queue', 'short', [
      { expr: `aicc:queue_pod_groups_waiting:sum{${CLUSTER}}`, legend: '{{queue_name}}' },
    ]),
    graph('Pod groups running by queue', 'short', [
      { expr: `aicc:queue_pod_groups_running:sum{${CLUSTER}}`, legend: '{{queue_name}}' },
    ]),
    graph('Requests of the gateway by upstream', 'reqps', [
      { expr: `aicc:gateway_requests:rate5m{${CLUSTER}}`, legend: '{{envoy_cluster_name}}' },
    ]),
    graph('Answers 5xx of the gateway by upstream', 'percentunit', [
      {
        expr: `aicc:gateway_request_errors:ratio_rate5m{${CLUSTER}}`,
        legend: '{{envoy_cluster_name}}',
      },
    ]),
    table('Error codes of NPUs', perObject('npu_chip_info_error_code', CLUSTER)),
    // Targets of others than our monitors have no label `cluster`, where Prometheus itself is asked.
    table('Sources that do not answer', 'up{cluster=~"$cluster|"} == 0'),
    table('Alerts', `ALERTS{alertstate="firing", ${CLUSTER}}`),
  ],
});
