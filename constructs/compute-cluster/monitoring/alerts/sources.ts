import { perObject } from '../../../../core/monitoring/per-object';
import { MODEL_SERVICES, VLLM_CONTAINER } from '../recording-rules';
import { type Alert, type RulesInput, resourceMatcher } from '../rule';

/** Silence must never look like health: what the other alerts read has to be there. */
export function sourceAlerts({ resources, servers, gateway, thresholds }: RulesInput): Alert[] {
  const minutes = thresholds.sourceMissing;
  const alerts: Alert[] = [
    {
      name: 'NpuExporterMissing',
      severity: 'warning',
      expr: `${servers} - (count(count by (node) (machine_npu_nums{node!=""})) or vector(0)) > 0`,
      minutes,
      summary: '{{ $value }} NPU servers give no metrics',
      description:
        'Faults, temperature and links of their NPUs are not seen, or their series do not name the node.',
    },
    {
      name: 'KubeStateMetricsMissing',
      severity: 'critical',
      expr: 'absent(kube_node_status_allocatable)',
      minutes,
      summary: 'kube-state-metrics gives no metrics',
      description: 'Nodes, quotas and servings are not seen; their alerts cannot fire.',
    },
    {
      name: 'VolcanoMetricsMissing',
      severity: 'warning',
      expr: `label_replace(absent(volcano_queue_pod_group_running_count), "component", "controller", "", "")
or label_replace(absent(volcano_queue_allocated_milli_cpu), "component", "scheduler", "", "")`,
      minutes,
      summary: 'The Volcano {{ $labels.component }} gives no metrics',
      description: 'Queues are not seen; a starved tenant goes unnoticed.',
    },
    {
      name: 'ServingLabelsMissing',
      severity: 'warning',
      expr: `count(${perObject('kube_pod_container_resource_requests', `container="${VLLM_CONTAINER}", ${resourceMatcher(resources)}`)}) > 0
unless on () ${MODEL_SERVICES}`,
      minutes,
      summary: '{{ $value }} serving pods run, and kube-state-metrics tells the model of none',
      description:
        'Its label allow-list lacks aicc.internal/model: alerts on servings cannot fire.',
    },
    {
      name: 'GatewayMetricsMissing',
      severity: 'warning',
      expr: 'absent(envoy_server_live)',
      minutes,
      summary: 'The gateway gives no metrics',
      description: 'Requests and errors of clients are not seen.',
    },
  ];
  return alerts.filter(({ name }) => gateway || name !== 'GatewayMetricsMissing');
}
