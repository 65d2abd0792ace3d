import type { Alert, RulesInput } from '../rule';

const ALIAS = 'Alias {{ $labels.alias }} ({{ $labels.namespace }})';

/** Requests of both sides below which their figures say little: an assumption of ours. */
const REQUESTS = 50;

/** A domestic model that is worse than the foreign one while it answers a share of the requests. */
export function replacementAlerts({ thresholds }: RulesInput): Alert[] {
  const minutes = thresholds.canaryOverBudget;
  return [
    {
      name: 'CanaryLatencyOverBudget',
      severity: 'warning',
      expr: overBudget(
        'aicc:replacement_latency:ratio30m',
        'aicc:replacement_latency_budget:ratio',
      ),
      minutes,
      summary: `${ALIAS}: the domestic side takes {{ $value | printf "%.2f" }} times as long as the foreign one`,
      description: 'Its share of the clients waits longer than was agreed; step back.',
    },
    {
      name: 'CanaryErrorsOverBudget',
      severity: 'critical',
      expr: overBudget(
        'aicc:replacement_errors:difference30m',
        'aicc:replacement_errors_budget:difference',
      ),
      minutes,
      summary: `${ALIAS}: the domestic side fails {{ $value | humanizePercentage }} more of its requests than the foreign one`,
      description: 'More requests fail than was agreed; step back.',
    },
    {
      name: 'CanarySilent',
      severity: 'critical',
      expr: `(aicc:replacement_requests:increase30m{side="foreign"} >= ${REQUESTS})
unless on (namespace, alias) (aicc:replacement_requests:increase30m{side="domestic"} > 0)`,
      minutes,
      summary: `${ALIAS}: the foreign side answered {{ $value | printf "%.0f" }} requests in 30 minutes, the domestic one none`,
      description: 'It hangs, is gone, or gives no metrics: nobody knows how its clients fare.',
    },
  ];
}

/** Over budget, once enough requests have been answered on both sides. */
function overBudget(figure: string, budget: string): string {
  return `(${figure} > on (namespace, alias) ${budget})
and on (namespace, alias) (min by (namespace, alias) (aicc:replacement_requests:increase30m) >= ${REQUESTS})`;
}
