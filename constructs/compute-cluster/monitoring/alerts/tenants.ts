import { perObject } from '../../../../core/monitoring/per-object';
import { type Alert, type RulesInput, resourceMatcher } from '../rule';

/** Who waits, and who soon will. */
export function tenantAlerts({ resources, thresholds }: RulesInput): Alert[] {
  return [
    {
      name: 'QueueStarved',
      severity: 'warning',
      expr: `aicc:queue_pod_groups_waiting:sum > 0
and on (queue_name) aicc:queue_pod_groups_running:sum == 0`,
      minutes: thresholds.queueStarved,
      summary:
        'Queue {{ $labels.queue_name }} has {{ $value }} pod groups waiting and none running',
      description: 'The tenant of the queue gets nothing at all, its guarantee included.',
    },
    {
      name: 'NpuPodsPending',
      severity: 'warning',
      expr: `count by (namespace) (
  (${perObject('kube_pod_status_scheduled', 'condition="false"')} == 1)
  and on (namespace, pod) (time() - ${perObject('kube_pod_created')} > ${thresholds.podPending * 60})
  and on (namespace, pod) kube_pod_container_resource_requests{${resourceMatcher(resources)}}
)`,
      minutes: 1,
      summary: '{{ $value }} pods of {{ $labels.namespace }} have waited for NPUs for long',
      description: `They have not been placed for ${thresholds.podPending} minutes.`,
    },
    {
      name: 'QuotaNearEnd',
      severity: 'info',
      expr: `aicc:tenant_npus_quota_used:ratio >= ${thresholds.quotaUsed}`,
      minutes: 10,
      summary:
        'Namespace {{ $labels.namespace }} has used {{ $value | humanizePercentage }} of its NPUs',
      description: 'Pods beyond the quota ({{ $labels.resource }}) are refused, not queued.',
    },
  ];
}
