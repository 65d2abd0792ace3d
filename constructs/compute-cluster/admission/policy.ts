import type { V1NamedRuleWithOperations } from '@kubernetes/client-node';
import type { RuleText } from '../../../core/rules';

/** What the policies of a cluster depend on. */
export interface PolicySettings {
  /** Devices that one pod may ask for, by NPU resource name. */
  readonly npuCounts: Readonly<Record<string, readonly number[]>>;
  /** Namespaces whose pods may use network, ports and folders of the host. */
  readonly hostAccessNamespaces: readonly string[];
}

/** A named CEL expression. */
export interface CelExpression {
  readonly name: string;
  readonly expression: string;
}

/** One validation of a policy. */
export interface PolicyCheck {
  /** One line without a full stop, `rule; remedy`: the message is `AICC-POL-001: rule; remedy, got: …`. */
  readonly rule: string;
  /** CEL of type `list(string)`: what is wrong in the request. An empty list admits it. */
  readonly offenders: string;
}

/** What a policy evaluates, for the settings of one cluster. */
export interface PolicyBody {
  /** Requests for which one of these is false are not looked at. @default - none */
  readonly matchConditions?: readonly CelExpression[];
  /** Values that the checks read as `variables.NAME`, each from those before it. @default - none */
  readonly variables?: readonly CelExpression[];
  readonly checks: readonly PolicyCheck[];
}

/**
 * One rule for what tenants may create; one file each under `policies/`, listed in `registry.ts`. Its title
 * says what is refused. The API server checks it.
 */
export interface AdmissionPolicy extends RuleText {
  /** DNS label: first part of the name of the two objects. */
  readonly name: string;
  /** Requests that are looked at. */
  readonly rules: readonly V1NamedRuleWithOperations[];
  /** Namespaces of tenants in which the policy does not hold. @default - none */
  exemptNamespaces?(settings: PolicySettings): readonly string[];
  body(settings: PolicySettings): PolicyBody;
}
