import { serversInService, sum } from '../../../core/capacity';
import { resolveThresholds, type Thresholds } from '../../../core/monitoring/thresholds';
import type { DnsLabel } from '../../../core/schema/types';
import { alertGroups } from './alerts';
import { type MonitoredPool, npuResources } from './npu-resources';
import { recordingRules } from './recording-rules';
import type { RuleGroup } from './rule';

export interface MonitoringRulesProps {
  /** Value of the label `cluster` of everything that the rules make. */
  readonly clusterName: DnsLabel;
  /** Pools as the inventory of the cluster has them; servers out of service are not expected. @minItems 1 */
  readonly pools: readonly MonitoredPool[];
  /** Whether the cluster has a gateway of Envoy, whose metrics must then be there. */
  readonly gateway: boolean;
  /** Thresholds in place of the defaults. @default - those of `THRESHOLDS` */
  readonly thresholds?: Partial<Thresholds>;
}

/** Recording rules, then alerts, of a cluster: plain data, the `spec.groups` of a PrometheusRule. */
export function monitoringRules(props: MonitoringRulesProps): RuleGroup[] {
  const input = {
    clusterName: props.clusterName,
    gateway: props.gateway,
    resources: npuResources(props.pools),
    servers: sum(props.pools.map(serversInService)),
    thresholds: resolveThresholds(props.thresholds),
  };
  return [...recordingRules(input), ...alertGroups(input)];
}
