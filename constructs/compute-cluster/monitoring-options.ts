/** Where metrics of a cluster are gathered, and what its Prometheus operator looks for. */
export interface MonitoringOptions {
  /** Namespace of the site's Prometheus and Grafana; it must be there. @default 'monitoring' */
  readonly namespace?: string;
}
