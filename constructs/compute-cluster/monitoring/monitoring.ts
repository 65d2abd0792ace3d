import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { Construct } from 'constructs';
import { DASHBOARDS } from '../../../core/monitoring/dashboards';
import { MANAGED_BY } from '../../../core/names';
import type { DnsLabel } from '../../../core/schema/types';
import { validateLabels } from '../../../core/validate';
import { checkProps, refuseWrong } from '../../check-props';
import { customResource } from '../../custom-resource';
import { kubernetesObject } from '../../kubernetes-object';
import { addPodMonitors } from './monitors';
import { monitoredPool, validateResources } from './npu-resources';
import { type MonitoringRulesProps, monitoringRules } from './rules';

/** Name of the PrometheusRule. */
export const RULES_NAME = 'ai-computing-centre';

/**
 * Label by which the sidecar of Grafana finds dashboards, as kube-prometheus-stack sets it up
 * (charts/kube-prometheus-stack/values.yaml: sidecar.dashboards.label, labelValue).
 */
const DASHBOARD_LABEL = { grafana_dashboard: '1' };

export interface MonitoringProps extends MonitoringRulesProps {
  /** Namespace that Prometheus and Grafana run in. It exists: this construct does not make it. */
  readonly namespace: DnsLabel;
  /** Labels by which Prometheus selects rules and monitors, `{ release: … }`. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether the NPU Exporter is this package's, and so its PodMonitor. */
  readonly npuExporter: boolean;
}

/**
 * Monitoring of a cluster: one PrometheusRule, PodMonitors of the NPU Exporter and of the servings,
 * and dashboards. It installs neither Prometheus nor Grafana; docs/runbook.md lists what has to be
 * there.
 *
 * @throws ValidationError with everything that is wrong with the props
 */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    // Entries of the inventory say more of a pool than is asked for.
    const pools = props.pools.map(monitoredPool);
    const wrong = checkProps(this, 'MonitoringProps', { ...props, pools });
    refuseWrong(this, wrong, [
      ...validateLabels('labels', props.labels ?? {}),
      ...validateResources(props.pools),
    ]);
    const labels = { ...MANAGED_BY, ...props.labels };

    customResource<Pick<IPrometheusRule, 'spec'>>(this, 'rules', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: RULES_NAME, namespace: props.namespace, labels },
      spec: {
        groups: monitoringRules(props).map(({ name, rules }) => ({ name, rules: [...rules] })),
      },
    });
    addPodMonitors(this, { ...props, labels });
    for (const dashboard of DASHBOARDS) {
      kubernetesObject(this, `dashboard-${dashboard.uid}`, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: `dashboard-${dashboard.uid}`,
          namespace: props.namespace,
          labels: { ...MANAGED_BY, ...DASHBOARD_LABEL },
        },
        data: { [`${dashboard.uid}.json`]: JSON.stringify(dashboard, null, 2) },
      });
    }
  }
}
