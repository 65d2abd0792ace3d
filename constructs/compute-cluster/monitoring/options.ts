import type { Thresholds } from '../../../core/monitoring/thresholds';
import type { DnsLabel } from '../../../core/schema/types';

/** Where metrics of a cluster are gathered, and what its Prometheus looks for. */
export interface MonitoringOptions {
  /** Namespace of the site's Prometheus and Grafana; it must be there. @default 'monitoring' */
  readonly namespace?: DnsLabel;
  /** Labels by which Prometheus selects rules and monitors, `{ release: … }`. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether the cluster has Envoy Gateway, whose silence is then an alert. @default false */
  readonly gateway?: boolean;
  /** Thresholds of alerts in place of those of `THRESHOLDS`. @default - those of `THRESHOLDS` */
  readonly thresholds?: Partial<Thresholds>;
  /**
   * Whether monitors, rules and dashboards are made. Without the CRDs of the Prometheus operator
   * Terraform cannot plan them.
   * @default true
   */
  readonly enabled?: boolean;
}
