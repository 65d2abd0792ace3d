import { alertingRule, type RuleGroup, type RulesInput } from '../rule';
import { npuAlerts } from './npus';
import { replacementAlerts } from './replacements';
import { servingAlerts } from './servings';
import { sourceAlerts } from './sources';
import { tenantAlerts } from './tenants';

/** The alerts of a cluster; each has a section in docs/runbook.md. */
export function alertGroups(input: RulesInput): RuleGroup[] {
  const groups = {
    'aicc-npu-alerts': npuAlerts(input),
    'aicc-tenant-alerts': tenantAlerts(input),
    'aicc-serving-alerts': servingAlerts(input),
    'aicc-replacement-alerts': replacementAlerts(input),
    'aicc-source-alerts': sourceAlerts(input),
  };
  return Object.entries(groups).map(([name, alerts]) => ({
    name,
    rules: alerts.map((alert) => alertingRule(input.clusterName, alert)),
  }));
}
