import { stuckServingPods, vllmServings } from '../recording-rules';
import type { Alert, RulesInput } from '../rule';

const SERVING = 'Serving {{ $labels.namespace }}/{{ $labels.serving }}';

/** Models that clients call. */
export function servingAlerts({ resources, thresholds }: RulesInput): Alert[] {
  const start = thresholds.servingStart;
  return [
    {
      name: 'ServingWithoutReadyReplica',
      severity: 'critical',
      // A first start is no outage: nothing was there that could be lost.
      expr: `(aicc:serving_replicas_desired:sum > 0)
and on (namespace, serving) (aicc:serving_replicas_available:sum == 0)
unless on (namespace, serving) (
  aicc:serving_pods_starting:count
  unless on (namespace, serving) (max_over_time(aicc:serving_replicas_available:sum[${2 * start}m]) > 0)
)`,
      minutes: thresholds.servingDown,
      summary: `${SERVING} ({{ $labels.model }}) has no ready replica of {{ $value }}`,
      description: 'Calls to the model fail.',
    },
    {
      name: 'ServingStartTooLong',
      severity: 'warning',
      expr: stuckServingPods(resources, start),
      minutes: thresholds.servingDown,
      summary: `${SERVING} has {{ $value }} pods that do not get ready`,
      description: `They have not been ready for ${start} minutes, longer than a start-up may take.`,
    },
    {
      name: 'ServingNotScraped',
      severity: 'warning',
      // A container of the site's has no metrics of vLLM, and none that we know.
      expr: `(aicc:serving_replicas_available:sum > 0)
and on (namespace, serving) (${vllmServings(resources)})
unless on (namespace, serving) vllm:num_requests_running`,
      minutes: thresholds.sourceMissing,
      summary: `${SERVING} ({{ $labels.model }}) gives no metrics`,
      description: 'It serves, but load and latency are not seen.',
    },
  ];
}
