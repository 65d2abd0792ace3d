import { dashboard, graph, stat, table } from './panel';

const CLUSTERS = 'cluster=~"$cluster"';

/**
 * All clusters side by side. It reads recorded figures only: those of every cluster are there where
 * the data source sees all of them, and those of one otherwise.
 */
export const CENTRE_DASHBOARD = dashboard({
  uid: 'aicc-centre',
  title: 'AI computing centre',
  variables: [
    {
      name: 'cluster',
      query: 'label_values(aicc:cluster_npus_declared:sum, cluster)',
      several: true,
    },
  ],
  panels: [
    stat(
      'Petaflops declared (FP16)',
      'short',
      `sum(aicc:cluster_petaflops_declared:sum{${CLUSTERS}})`,
      'PF',
    ),
    stat(
      'Petaflops in use (FP16 peak)',
      'short',
      `sum(aicc:cluster_petaflops_in_use:sum{${CLUSTERS}})`,
      'PF',
    ),
    stat(
      'NPUs missing',
      'short',
      `sum(aicc:cluster_npus_declared:sum{${CLUSTERS}}) - (sum(aicc:cluster_npus_allocatable:sum{${CLUSTERS}}) or vector(0))`,
      'NPUs',
    ),
    stat(
      'NPUs given to pods',
      'percentunit',
      `sum(aicc:cluster_npus_in_use:sum{${CLUSTERS}}) / sum(aicc:cluster_npus_allocatable:sum{${CLUSTERS}})`,
      'of those allocatable',
    ),
    graph('Petaflops in use by cluster', 'short', [
      {
        expr: `sum by (cluster) (aicc:cluster_petaflops_in_use:sum{${CLUSTERS}})`,
        legend: '{{cluster}}',
      },
    ]),
    graph('Petaflops in use by tenant', 'short', [
      {
        expr: `sum by (namespace) (aicc:tenant_petaflops_in_use:sum{${CLUSTERS}})`,
        legend: '{{namespace}}',
      },
    ]),
    graph('NPUs allocatable by cluster', 'short', [
      {
        expr: `sum by (cluster) (aicc:cluster_npus_allocatable:sum{${CLUSTERS}})`,
        legend: '{{cluster}}',
      },
    ]),
    graph('Ready replicas by model', 'short', [
      {
        expr: `sum by (model) (aicc:serving_replicas_available:sum{${CLUSTERS}})`,
        legend: '{{model}}',
      },
    ]),
    table(
      'Alerts',
      `count by (cluster, alertname, severity) (ALERTS{alertstate="firing", ${CLUSTERS}})`,
    ),
  ],
});
