import type { Thresholds } from '../../../core/monitoring/thresholds';
import type { NpuResource } from './npu-resources';

/** What the rules of a cluster are made from. */
export interface RulesInput {
  readonly clusterName: string;
  readonly resources: readonly NpuResource[];
  /** Servers in service. */
  readonly servers: number;
  /** Whether the cluster has a gateway, whose silence is then an alert. */
  readonly gateway: boolean;
  readonly thresholds: Thresholds;
}

export interface RecordingRule {
  /** `aicc:<level>_<metric>:<operation>`, after prometheus.io/docs/practices/rules. */
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

export type Severity = 'critical' | 'warning' | 'info';

export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: Severity; readonly cluster: string };
  readonly annotations: {
    readonly summary: string;
    readonly description: string;
    /** Section of the runbook: a path in this repository with an anchor. */
    readonly runbook: string;
  };
}

export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly (RecordingRule | AlertingRule)[];
}

/** An alert before the cluster is known. */
export interface Alert {
  readonly name: string;
  readonly severity: Severity;
  readonly expr: string;
  readonly minutes: number;
  readonly summary: string;
  readonly description: string;
}

export function alertingRule(clusterName: string, alert: Alert): AlertingRule {
  return {
    alert: alert.name,
    expr: alert.expr,
    for: `${alert.minutes}m`,
    labels: { severity: alert.severity, cluster: clusterName },
    annotations: {
      summary: alert.summary,
      description: alert.description,
      runbook: `docs/runbook.md#${alert.name.toLowerCase()}`,
    },
  };
}

/** Matcher of all NPU resources of a cluster as kube-state-metrics spells them on nodes and pods. */
export function resourceMatcher(resources: readonly NpuResource[]): string {
  return `resource=~"${resources.map((resource) => resource.label).join('|')}"`;
}
