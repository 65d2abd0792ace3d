export * from './canary-rules';
export { DASHBOARDS } from './dashboards';
export type { Dashboard } from './dashboards/panel';
export * from './monitoring';
export * from './options';
export type { Alert, AlertingRule, RecordingRule, RuleGroup, Severity } from './rule';
export * from './rules';
export * from './sources';
export * from './thresholds';
