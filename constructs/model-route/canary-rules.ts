import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import type { Construct } from 'constructs';
import { MANAGED_BY } from '../../core/names';
import type { ComputeCluster } from '../compute-cluster';
import { type CanaryRulesProps, canaryRules } from '../compute-cluster/monitoring';
import { customResource } from '../custom-resource';

/** The figures by which the two sides of an alias are compared: there while both answer. */
export function addCanaryRules(
  scope: Construct,
  cluster: ComputeCluster,
  props: Omit<CanaryRulesProps, 'clusterName'>,
): void {
  const { name, rules } = canaryRules({ ...props, clusterName: cluster.clusterName });
  customResource<Pick<IPrometheusRule, 'spec'>>(scope, 'canary', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: {
      name: `replacement-${props.alias}`,
      namespace: cluster.monitoringNamespace,
      labels: { ...MANAGED_BY, ...cluster.monitoringLabels },
    },
    spec: { groups: [{ name, rules: [...rules] }] },
  });
}
