import type {
  V1ValidatingAdmissionPolicyBindingSpec,
  V1ValidatingAdmissionPolicySpec,
} from '@kubernetes/client-node';
import { Construct } from 'constructs';
import { lookup } from '../../../core/lookup';
import { LABEL_PREFIX, MANAGED_BY, TENANT_LABEL } from '../../../core/names';
import { NAMESPACE_NAME } from '../../../core/network-peers';
import type { DnsLabel, PositiveCount } from '../../../core/schema/types';
import { checkProps, refuseWrong } from '../../check-props';
import { customResource } from '../../custom-resource';
import { text } from './cel';
import type { AdmissionPolicy, PolicyCheck, PolicySettings } from './policy';
import { ADMISSION_POLICIES } from './registry';

/** What the API server does with a request that a policy objects to. */
export const POLICY_ACTIONS = ['Deny', 'Audit'] as const;
export type PolicyAction = (typeof POLICY_ACTIONS)[number];

/** Label of both objects of a policy; its value is the id. */
export const POLICY_LABEL = `${LABEL_PREFIX}/policy`;

const API_VERSION = 'admissionregistration.k8s.io/v1';

/** @minItems 1 */
export type PodNpuCounts = readonly PositiveCount[];

export interface AdmissionPoliciesProps {
  /**
   * Devices that one pod may ask for, by extended resource name of the cluster's NPUs:
   * `{ 'huawei.com/Ascend910': [1, 2, 4, 8] }`. A pod with a limit on one of the names is an NPU pod.
   * @minProperties 1
   */
  readonly npuCounts: Readonly<Record<string, PodNpuCounts>>;
  /**
   * Namespaces of tenants whose pods may use network, ports and folders of the host.
   * @default - none
   */
  readonly hostAccessNamespaces?: readonly DnsLabel[];
  /**
   * Action by policy id, for policies that are not to deny: `{ 'AICC-POL-003': 'Audit' }` writes an
   * audit annotation and admits.
   * @default - Deny for all
   */
  readonly actions?: Readonly<Record<string, PolicyAction>>;
}

/**
 * The rules of a cluster for what tenants create, evaluated by its API server: a
 * ValidatingAdmissionPolicy and a binding each, in namespaces with the tenant label. What differs
 * by tenant is read from annotations of the namespace. Needs Kubernetes 1.30, the first that has the
 * kinds in `v1`.
 *
 * @throws ValidationError with everything that is wrong with the props
 */
export class AdmissionPolicies extends Construct {
  constructor(scope: Construct, id: string, props: AdmissionPoliciesProps) {
    super(scope, id);
    const wrong = checkProps(this, 'AdmissionPoliciesProps', props);
    const { npuCounts, hostAccessNamespaces = [], actions = {} } = props;
    refuseWrong(this, wrong, validateActions('actions', actions));
    for (const policy of ADMISSION_POLICIES) {
      this.addPolicy(
        policy,
        { npuCounts, hostAccessNamespaces },
        lookup(actions, policy.id) ?? 'Deny',
      );
    }
  }

  private addPolicy(policy: AdmissionPolicy, settings: PolicySettings, action: PolicyAction): void {
    const metadata = {
      name: `${policy.name}.${LABEL_PREFIX}`,
      labels: { ...MANAGED_BY, [POLICY_LABEL]: policy.id },
    };
    const definition = customResource<{ spec: V1ValidatingAdmissionPolicySpec }>(this, policy.id, {
      apiVersion: API_VERSION,
      kind: 'ValidatingAdmissionPolicy',
      metadata,
      spec: policySpec(policy, settings),
    });
    const exempt = policy.exemptNamespaces?.(settings) ?? [];
    customResource<{ spec: V1ValidatingAdmissionPolicyBindingSpec }>(
      this,
      `${policy.id}-binding`,
      {
        apiVersion: API_VERSION,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata,
        spec: {
          policyName: metadata.name,
          validationActions: [action],
          matchResources: {
            namespaceSelector: {
              matchExpressions: [
                { key: TENANT_LABEL, operator: 'Exists' },
                {
                  key: NAMESPACE_NAME,
                  operator: 'NotIn',
                  values: ['kube-system', ...exempt],
                },
              ],
            },
          },
        },
      },
      [definition],
    );
  }
}

function policySpec(
  policy: AdmissionPolicy,
  settings: PolicySettings,
): V1ValidatingAdmissionPolicySpec {
  const { matchConditions, variables = [], checks } = policy.body(settings);
  return {
    // A policy that cannot be evaluated must not open the door.
    failurePolicy: 'Fail',
    matchConstraints: { resourceRules: [...policy.rules] },
    ...(matchConditions ? { matchConditions: [...matchConditions] } : {}),
    variables: [
      ...variables,
      ...checks.map((check, index) => ({
        name: offendersName(index),
        expression: check.offenders,
      })),
    ],
    validations: checks.map((check, index) => validation(policy, check, index)),
  };
}

function validation(policy: AdmissionPolicy, { rule }: PolicyCheck, index: number) {
  const offenders = `variables.${offendersName(index)}`;
  const message = `${policy.id}: ${rule}`;
  return {
    expression: `${offenders}.size() == 0`,
    message,
    messageExpression: `${text(`${message}, got: `)} + ${offenders}.join(", ")`,
  };
}

function offendersName(index: number): string {
  return `offenders${index + 1}`;
}

/** @param what name of the property that the actions were given in */
export function validateActions(
  what: string,
  actions: Readonly<Record<string, PolicyAction>> = {},
): string[] {
  const ids = ADMISSION_POLICIES.map((policy) => policy.id);
  return Object.keys(actions)
    .filter((id) => !ids.includes(id))
    .map((id) => `${what}: unknown policy; use one of ${ids.join(', ')}, got: '${id}'`);
}
