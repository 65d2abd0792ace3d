export {
  ADMISSION_POLICIES,
  AdmissionPolicies,
  type AdmissionPoliciesProps,
  type AdmissionPolicy,
  POLICY_LABEL,
  type PolicyAction,
} from './admission';
export * from './compute-cluster';
export * from './declared-capacity';
export {
  COMPONENT_NAMESPACES,
  type ComponentMode,
  type ComponentNamespaceName,
  type Components,
  IMAGE_REGISTRY,
  type MindClusterComponent,
} from './mindcluster';
export {
  type Alert,
  BUDGETS,
  type Budgets,
  type CanaryRulesProps,
  canaryRules,
  METRIC_SOURCES,
  type MetricSource,
  Monitoring,
  type MonitoringOptions,
  type MonitoringProps,
  type MonitoringRulesProps,
  monitoringRules,
  type RuleGroup,
  THRESHOLDS,
  type ThresholdName,
  type Thresholds,
} from './monitoring';
export * from './priorities';
