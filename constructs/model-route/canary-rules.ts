import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import type { Construct } from 'constructs';
import { customResource } from '../custom-resource';
import { MANAGED_BY } from '../names';

/** By how much the domestic side may be worse than the foreign one. */
export interface Budgets {
  /** Latency of the domestic side as a multiple of the foreign side's, above 0. @default 1.2 */
  readonly latencyRatio?: number;
  /** Share of failed requests of the domestic side less that of the foreign side: 0 to 1. @default 0.01 */
  readonly errorDifference?: number;
}

export const BUDGETS = { latencyRatio: 1.2, errorDifference: 0.01 } as const;

/** What clients wait for: the first token of a text, or the whole answer. */
export type LatencyMeasure = 'time-to-first-token' | 'whole-answer';

const HISTOGRAMS: Readonly<Record<LatencyMeasure, string>> = {
  'time-to-first-token': 'vllm:time_to_first_token_seconds',
  'whole-answer': 'vllm:e2e_request_latency_seconds',
};

export interface CanaryRulesProps {
  readonly clusterName: string;
  /** Namespace of the cluster's rules, and the labels by which Prometheus selects them. */
  readonly monitoringNamespace: string;
  readonly monitoringLabels: Readonly<Record<string, string>>;
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
 * Figures of both sides of an alias and its budgets, for the alerts of the cluster
 * (`constructs/compute-cluster/monitoring/alerts/replacements.ts`). They are there while both sides
 * answer, so that no other alias and no other stack changes with a stage.
 */
export function canaryRules(scope: Construct, id: string, props: CanaryRulesProps): void {
  customResource<Pick<IPrometheusRule, 'spec'>>(scope, id, {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: {
      name: `replacement-${props.alias}`,
      namespace: props.monitoringNamespace,
      labels: { ...MANAGED_BY, ...props.monitoringLabels },
    },
    spec: { groups: [canaryGroup(props)] },
  });
}

/** The one group of rules of an alias. */
export function canaryGroup(props: CanaryRulesProps) {
  const { clusterName: cluster, namespace, alias, budgets } = props;
  const rule = (record: string, expr: string, labels: Record<string, string> = {}) => ({
    record,
    expr,
    labels: { cluster, namespace, alias, ...labels },
  });
  const both = (figure: (serving: string) => string, operator: string) =>
    `${figure(props.domestic)}\n${operator}\n${figure(props.foreign)}`;
  const series = (serving: string, more = '') =>
    `{namespace="${namespace}", serving="${serving}"${more}}`;
  const answers = (serving: string) =>
    `sum(increase(vllm:e2e_request_latency_seconds_count${series(serving)}[${WINDOW}]))`;
  const latency = (serving: string) =>
    `histogram_quantile(0.95, sum by (le) (rate(${HISTOGRAMS[props.latency]}_bucket${series(serving)}[${WINDOW}])))`;
  const requests = (serving: string, more: string) =>
    `sum(rate(http_requests_total${series(serving, more)}[${WINDOW}]))`;
  // A side without a failed request has no such series: that is a share of zero, not an unknown one.
  const failed = (serving: string) =>
    `(${requests(serving, ', status="5xx"')} or vector(0)) / (${requests(serving, '')} > 0)`;
  return {
    name: `aicc-replacement-${alias}`,
    rules: [
      rule('aicc:replacement_answers:increase30m', answers(props.foreign), { side: 'foreign' }),
      rule('aicc:replacement_answers:increase30m', answers(props.domestic), { side: 'domestic' }),
      rule('aicc:replacement_latency:ratio30m', both(latency, '/')),
      rule('aicc:replacement_latency_budget:ratio', `vector(${budgets.latencyRatio})`),
      rule(
        'aicc:replacement_errors:difference30m',
        both((s) => `(${failed(s)})`, '-'),
      ),
      rule('aicc:replacement_errors_budget:difference', `vector(${budgets.errorDifference})`),
    ],
  };
}
