export { DASHBOARDS, type Dashboard } from '../../../core/monitoring/dashboards';
export * from '../../../core/monitoring/metric-sources';
export * from './canary-rules';
export * from './monitoring';
export * from './options';
export type { Alert, AlertingRule, RecordingRule, RuleGroup, Severity } from './rule';
export * from './rules';
export * from './thresholds';
