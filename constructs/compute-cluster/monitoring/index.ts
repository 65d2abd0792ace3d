export { DASHBOARDS } from './dashboards';
export type { Dashboard } from './dashboards/panel';
export * from './monitoring';
export type { AlertingRule, RecordingRule, RuleGroup, Severity } from './rule';
export * from './rules';
export * from './sources';
export * from './thresholds';
