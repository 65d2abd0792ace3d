import { perObject, ratePerObject } from '../per-object';
import { dashboard, graph, stat, table } from './panel';

const TENANT = 'cluster="$cluster", namespace="$tenant"';

/** One tenant on one cluster: what it may have, holds and makes of it. */
export const TENANT_DASHBOARD = dashboard({
  uid: 'aicc-tenant',
  title: 'Tenant',
  variables: [
    {
      name: 'cluster',
      query: 'label_values(aicc:cluster_npus_declared:sum, cluster)',
      several: false,
    },
    {
      name: 'tenant',
      query: 'label_values(aicc:tenant_npus_quota:sum{cluster="$cluster"}, namespace)',
      several: false,
    },
  ],
  panels: [
    stat('NPUs at most', 'short', `sum(aicc:tenant_npus_quota:sum{${TENANT}})`, 'NPUs'),
    stat(
      'NPUs in use',
      'short',
      `sum(aicc:tenant_npus_in_use:sum{${TENANT}}) or vector(0)`,
      'NPUs',
    ),
    stat(
      'Petaflops in use (FP16 peak)',
      'short',
      `sum(aicc:tenant_petaflops_in_use:sum{${TENANT}}) or vector(0)`,
      'PF',
    ),
    stat(
      'Quota used',
      'percentunit',
      `max(aicc:tenant_npus_quota_used:ratio{${TENANT}})`,
      'of the NPUs',
    ),
    graph('NPUs in use', 'short', [
      { expr: `aicc:tenant_npus_in_use:sum{${TENANT}}`, legend: '{{resource}}' },
    ]),
    graph('Petaflops in use (FP16 peak)', 'short', [
      { expr: `aicc:tenant_petaflops_in_use:sum{${TENANT}}`, legend: '{{resource}}' },
    ]),
    graph('Utilization of the AI cores by pod', 'percent', [
      {
        expr: `avg by (pod_name) (${perObject('npu_chip_info_utilization', TENANT)})`,
        legend: '{{pod_name}}',
      },
    ]),
    graph('Device memory in use by pod', 'percentunit', [
      { expr: `avg by (pod_name) (aicc:npu_memory_used:ratio{${TENANT}})`, legend: '{{pod_name}}' },
    ]),
    graph('Replicas of servings that are missing', 'short', [
      {
        expr: `aicc:serving_replicas_desired:sum{${TENANT}} - on (namespace, serving) aicc:serving_replicas_available:sum{${TENANT}}`,
        legend: '{{serving}}',
      },
    ]),
    graph('Tokens a second by serving', 'short', [
      {
        expr: `sum by (serving) (${ratePerObject('vllm:generation_tokens_total', '$__rate_interval', TENANT)})`,
        legend: '{{serving}}',
      },
    ]),
    table('Alerts', `ALERTS{alertstate="firing", ${TENANT}}`),
  ],
});
