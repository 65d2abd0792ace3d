import { perObject } from '../../../../core/monitoring/per-object';
import { type Alert, type RulesInput, resourceMatcher } from '../rule';

/**
 * DaemonSets of the device plugin: one in Ascend/mind-cluster branch_v26.1.0 (ascendplugin-volcano.yaml), one
 * for each chip type before, `ascend-device-plugin-daemonset-910`, `ascend-device-plugin3-daemonset-310p`.
 */
const DEVICE_PLUGIN = 'namespace="kube-system", daemonset=~"ascend-device-plugin.*"';

const NPU = 'NPU {{ $labels.id }} of node {{ $labels.node }}';

/** NPUs of which somebody tells a state. */
function is(metric: string, state: number): string {
  return perObject(metric, '', { read: (series) => `${series} == ${state}` });
}

/** Chips, their servers and what Kubernetes knows of them. */
export function npuAlerts({ resources, thresholds }: RulesInput): Alert[] {
  const npus = resourceMatcher(resources);
  return [
    {
      name: 'NpuUnhealthy',
      severity: 'critical',
      expr: is('npu_chip_info_health_status', 0),
      minutes: thresholds.npuFault,
      summary: `${NPU} is unhealthy`,
      description: 'The driver reports a fault; the device plugin takes the NPU out of scheduling.',
    },
    {
      name: 'NpuStateUnknown',
      severity: 'warning',
      expr: is('npu_chip_info_health_status', -1),
      minutes: thresholds.npuFault,
      summary: `${NPU} does not tell its health`,
      description: 'The exporter got no answer from the driver: the NPU may be good or bad.',
    },
    {
      name: 'NpuOverTemperature',
      severity: 'warning',
      expr: `${perObject('npu_chip_info_temperature')} > ${thresholds.npuTemperature}`,
      minutes: thresholds.npuFault,
      summary: `${NPU} is at {{ $value }} °C`,
      description: `Above ${thresholds.npuTemperature} °C. A hot chip slows down before it stops.`,
    },
    {
      name: 'NpuLinkDown',
      severity: 'critical',
      expr: `${is('npu_chip_info_link_status', 0)} or ${is('npu_chip_info_network_status', 0)}`,
      minutes: thresholds.npuFault,
      summary: `${NPU} has lost its network`,
      description: 'The port is down or the network is not reachable: jobs over servers hang.',
    },
    {
      name: 'NpuMemoryPressure',
      severity: 'info',
      expr: `aicc:npu_memory_used:ratio > ${thresholds.npuMemoryUsed}`,
      minutes: thresholds.npuFault,
      summary: `${NPU} has {{ $value | humanizePercentage }} of its memory in use`,
      description:
        'Pod {{ $labels.namespace }}/{{ $labels.pod_name }} is about to run out of device memory.',
    },
    {
      name: 'DevicePluginDown',
      severity: 'critical',
      expr: `(${perObject('kube_daemonset_status_number_unavailable', DEVICE_PLUGIN)} > 0)
or absent(kube_daemonset_status_number_unavailable{${DEVICE_PLUGIN}})`,
      minutes: thresholds.devicePluginDown,
      summary:
        'The Ascend device plugin is not available on {{ $value }} nodes, or not there at all',
      description: 'No pod gets NPUs on a node without device plugin; running pods go on.',
    },
    {
      name: 'NodeWithoutNpus',
      severity: 'critical',
      // Whoever scrapes an external exporter may not tell the node: NpuExporterMissing speaks of that.
      expr: `max by (node) (machine_npu_nums{node!=""}) > 0
unless on (node) (kube_node_status_allocatable{${npus}} > 0)`,
      minutes: thresholds.devicePluginDown,
      summary:
        'Node {{ $labels.node }} has {{ $value }} NPUs, and Kubernetes may give none of them',
      description: 'The driver sees the NPUs, so the way from device plugin to kubelet is broken.',
    },
    {
      name: 'NodeLostNpus',
      severity: 'warning',
      expr: resources
        .map(
          ({ label, npusPerServer }) =>
            `(${perObject('kube_node_status_allocatable', `resource="${label}"`)} < ${npusPerServer})`,
        )
        .concat(
          `(${perObject('kube_node_status_allocatable', npus)} < ${perObject('kube_node_status_capacity', npus)})`,
        )
        .join('\nor '),
      minutes: thresholds.npuFault,
      summary: 'Node {{ $labels.node }} offers only {{ $value }} NPUs of {{ $labels.resource }}',
      description: 'Fewer than a server of its form has, or than the device plugin has registered.',
    },
    {
      name: 'NpusBelowDeclared',
      severity: 'warning',
      expr: `aicc:cluster_npus_declared:sum
- on (resource) (
  aicc:cluster_npus_allocatable:sum
  or on (resource) 0 * aicc:cluster_npus_declared:sum
) > 0`,
      minutes: thresholds.npusMissing,
      summary: '{{ $value }} NPUs of {{ $labels.resource }} are missing',
      description: 'Ready nodes offer fewer NPUs than the phase declares for servers in service.',
    },
  ];
}
