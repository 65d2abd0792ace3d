import type {
  V1LabelSelector,
  V1MatchResources,
  V1NamedRuleWithOperations,
  V1ValidatingAdmissionPolicy,
  V1ValidatingAdmissionPolicyBinding,
} from '@kubernetes/client-node';
import { changesOf, isOfWholeStack } from '../../compare/objects';
import { about, type RiskRule } from '../risk';

export const policyLoosened: RiskRule = {
  id: 'AICC-RISK-021',
  level: 'error',
  title: 'admission policy loosened',
  why: 'The API server refuses less than before.',
  remedy: 'say who needs it, and exempt that namespace alone',
  check({ changes }) {
    const loosened = [
      ...changesOf(changes, 'ValidatingAdmissionPolicy').map(
        ({ change, before, after }) => [change, loosePolicy(before, after)] as const,
      ),
      ...changesOf(changes, 'ValidatingAdmissionPolicyBinding').map(
        ({ change, before, after }) => [change, looseBinding(before, after)] as const,
      ),
    ];
    return loosened
      .filter(([change]) => !isOfWholeStack(change))
      .map(([change, loose]) =>
        about(
          change,
          loose.map((what) => `${change.kind} ${change.name} ${what}`),
        ),
      );
  },
};

function loosePolicy(
  before: V1ValidatingAdmissionPolicy | undefined,
  after: V1ValidatingAdmissionPolicy | undefined,
): string[] {
  if (!before) return [];
  if (!after) return ['is gone'];
  const [was, is] = [before.spec ?? {}, after.spec ?? {}];
  const found: string[] = [];
  if (was.failurePolicy !== 'Ignore' && is.failurePolicy === 'Ignore') {
    found.push('lets everything through when it cannot be evaluated');
  }
  const fewer = (was.validations?.length ?? 0) - (is.validations?.length ?? 0);
  if (fewer > 0) found.push(`has ${fewer} checks less`);
  const requests = operations(was.matchConstraints?.resourceRules);
  const missed = [...requests].filter(
    (request) => !operations(is.matchConstraints?.resourceRules).has(request),
  );
  if (missed.length > 0) found.push(`does not look at ${missed.join(', ')} any more`);
  const conditions = (was.matchConditions ?? []).map(({ name }) => name);
  const added = (is.matchConditions ?? []).filter(({ name }) => !conditions.includes(name));
  for (const { name } of added) found.push(`looks only at requests with ${name}`);
  return [...found, ...narrowed(was.matchConstraints, is.matchConstraints)];
}

/** What leaves out some of what was looked at. */
function narrowed(was: V1MatchResources = {}, is: V1MatchResources = {}): string[] {
  const found: string[] = [];
  const missed = [...operations(is.excludeResourceRules)].filter(
    (request) => !operations(was.excludeResourceRules).has(request),
  );
  if (missed.length > 0) found.push(`leaves out ${missed.join(', ')}`);
  for (const selector of ['namespaceSelector', 'objectSelector'] as const) {
    const old = conditions(was[selector]);
    const more = [...conditions(is[selector])].filter((condition) => !old.has(condition));
    found.push(...more.map((condition) => `does not hold for ${condition} any more`));
  }
  return found;
}

/** `CREATE pods` … */
function operations(rules: readonly V1NamedRuleWithOperations[] = []): Set<string> {
  return new Set(
    rules.flatMap(({ operations: all = [], resources = [] }) =>
      all.flatMap((operation) => resources.map((resource) => `${operation} ${resource}`)),
    ),
  );
}

function looseBinding(
  before: V1ValidatingAdmissionPolicyBinding | undefined,
  after: V1ValidatingAdmissionPolicyBinding | undefined,
): string[] {
  if (!before) return [];
  if (!after) return ['is gone'];
  const actions = ({ spec }: typeof after) => spec?.validationActions ?? [];
  const denies = actions(before).includes('Deny') && !actions(after).includes('Deny');
  const { policyName } = before.spec ?? {};
  const other = policyName !== after.spec?.policyName;
  return [
    ...(other ? [`is of ${after.spec?.policyName} instead of ${policyName}`] : []),
    ...(denies ? [`does not deny any more, only ${actions(after).join(', ') || 'nothing'}`] : []),
    ...narrowed(before.spec?.matchResources, after.spec?.matchResources),
  ];
}

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Namespaces that are left out by name, and every other condition that leaves some out. */
function conditions(selector: V1LabelSelector = {}): Set<string> {
  const { matchExpressions = [], matchLabels = {} } = selector;
  return new Set([
    ...matchExpressions.flatMap(({ key, operator, values = [] }) =>
      operator === 'NotIn'
        ? values.map((value) => (key === NAMESPACE_NAME ? `namespace ${value}` : `${key}=${value}`))
        : [`what is without '${[key, operator, ...values].join(' ')}'`],
    ),
    ...Object.entries(matchLabels).map(([key, value]) => `what is without ${key}=${value}`),
  ]);
}
