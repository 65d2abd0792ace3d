import { perObject, ratePerObject } from '../per-object';
import { dashboard, graph, type Query, stat } from './panel';

const MODEL = 'cluster=~"$cluster", model="$model"';

function quantiles(histogram: string): Query[] {
  return [0.5, 0.95].map((quantile) => ({
    expr: `histogram_quantile(${quantile}, sum by (serving, le) (${ratePerObject(`${histogram}_bucket`, '$__rate_interval', MODEL)}))`,
    legend: `{{serving}} p${quantile * 100}`,
  }));
}

function rate(counter: string, legend: string): Query {
  return { expr: `sum(${ratePerObject(counter, '$__rate_interval', MODEL)})`, legend };
}

/** One model, wherever it is served. */
export const MODEL_DASHBOARD = dashboard({
  uid: 'aicc-model',
  title: 'Model',
  variables: [
    {
      name: 'cluster',
      query: 'label_values(aicc:cluster_npus_declared:sum, cluster)',
      several: true,
    },
    {
      name: 'model',
      query: 'label_values(aicc:serving_replicas_desired:sum{cluster=~"$cluster"}, model)',
      several: false,
    },
  ],
  panels: [
    stat('Replicas', 'short', `sum(aicc:serving_replicas_desired:sum{${MODEL}})`, 'wanted'),
    stat('Ready replicas', 'short', `sum(aicc:serving_replicas_available:sum{${MODEL}})`, 'ready'),
    stat(
      'Requests running',
      'short',
      `sum(${perObject('vllm:num_requests_running', MODEL)})`,
      'running',
    ),
    stat(
      'Requests waiting',
      'short',
      `sum(${perObject('vllm:num_requests_waiting', MODEL)})`,
      'waiting',
    ),
    graph('Requests finished a second', 'reqps', [
      {
        expr: `sum by (finished_reason) (${ratePerObject('vllm:request_success_total', '$__rate_interval', MODEL)})`,
        legend: '{{finished_reason}}',
      },
    ]),
    graph('Tokens a second', 'short', [
      rate('vllm:prompt_tokens_total', 'read'),
      rate('vllm:generation_tokens_total', 'written'),
    ]),
    graph('Time to the first token', 's', quantiles('vllm:time_to_first_token_seconds')),
    graph('Time between tokens', 's', quantiles('vllm:inter_token_latency_seconds')),
    graph('Time of a whole request', 's', quantiles('vllm:e2e_request_latency_seconds')),
    graph('Cache of keys and values in use', 'percentunit', [
      {
        expr: `max by (serving, pod) (vllm:kv_cache_usage_perc{${MODEL}})`,
        legend: '{{serving}} {{pod}}',
      },
    ]),
    graph('Requests waiting by serving', 'short', [
      {
        expr: `sum by (cluster, serving) (${perObject('vllm:num_requests_waiting', MODEL)})`,
        legend: '{{cluster}} {{serving}}',
      },
    ]),
  ],
});
