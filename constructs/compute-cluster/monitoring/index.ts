export { DASHBOARDS, type Dashboard } from '../../../core/monitoring/dashboards';
export * from '../../../core/monitoring/metric-sources';
export * from '../../../core/monitoring/thresholds';
export * from './canary-rules';
export * from './monitoring';
export * from './options';
export type { Alert, AlertingRule, RecordingRule, RuleGroup, Severity } from './rule';
export * from './rules';
