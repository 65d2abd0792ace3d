import type { LatencyMeasure } from '../../../core/capacity';
import { perObject, ratePerObject } from '../../../core/monitoring/per-object';
import type { PositiveNumber } from '../../../core/schema/types';
import type { RuleGroup } from './rule';

/** By how much the domestic side of an alias may be worse than the foreign one. */
export interface Budgets {
  /** Latency of the domestic side as a multiple of the foreign side's. @default 1.2 */
  readonly latencyRatio?: PositiveNumber;
  /** Share of failed requests of the domestic side less that of the foreign side: 0 to 1. @default 0.01 */
  readonly errorDifference?: PositiveNumber;
}

/** Assumptions of ours: a fifth slower, one request in a hundred. */
export const BUDGETS: Required<Budgets> = { latencyRatio: 1.2, errorDifference: 0.01 };

const HISTOGRAMS: Readonly<Record<LatencyMeasure, string>> = {
  'time-to-first-token': 'vllm:time_to_first_token_seconds',
  'whole-answer': 'vllm:e2e_request_latency_seconds',
};

export interface CanaryRulesProps {
  readonly clusterName: string;
  /** Name that clients call. */
  readonly alias: string;
  /** Namespace and names of the two servings. */
  readonly namespace: string;
  readonly foreign: string;
  readonly domestic: string;
  readonly latency: LatencyMeasure;
  readonly budgets: Required<Budgets>;
}

/** Long enough for a side that answers one request in a hundred to be seen. */
const WINDOW = '30m';

/**
 * Figures of both sides of an alias and its budgets, which the alerts of `alerts/replacements.ts`
 * compare. They are apart from the rules of the cluster, because they come and go with a stage.
 */
export function canaryRules(props: CanaryRulesProps): RuleGroup {
  const { clusterName: cluster, namespace, alias, foreign, domestic, budgets } = props;
  const rule = (record: string, expr: string, labels: Record<string, string> = {}) => ({
    record,
    expr,
    labels: { cluster, namespace, alias, ...labels },
  });
  const side = (serving: string) => `namespace="${namespace}", serving="${serving}"`;
  const answered = (matchers: string) =>
    `sum(${perObject('http_requests_total', matchers, { read: (series) => `increase(${series}[${WINDOW}])` })})`;
  const requests = (serving: string) => answered(side(serving));
  // A side without a failed request has no such series: that is none, not an unknown number.
  const failed = (serving: string) =>
    `(${answered(`${side(serving)}, status="5xx"`)} or vector(0))`;
  const errors = (serving: string) => `${failed(serving)} / (${requests(serving)} > 0)`;
  const latency = (serving: string) =>
    `histogram_quantile(0.95, sum by (le) (${ratePerObject(`${HISTOGRAMS[props.latency]}_bucket`, WINDOW, side(serving))}))`;
  return {
    name: `aicc-replacement-${alias}`,
    rules: [
      rule('aicc:replacement_requests:increase30m', requests(foreign), { side: 'foreign' }),
      rule('aicc:replacement_requests:increase30m', requests(domestic), { side: 'domestic' }),
      rule('aicc:replacement_latency:ratio30m', `${latency(domestic)}\n/\n${latency(foreign)}`),
      rule('aicc:replacement_latency_budget:ratio', `vector(${budgets.latencyRatio})`),
      rule('aicc:replacement_errors:difference30m', `${errors(domestic)}\n-\n${errors(foreign)}`),
      rule('aicc:replacement_errors_budget:difference', `vector(${budgets.errorDifference})`),
    ],
  };
}
