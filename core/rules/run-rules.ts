import { acceptedBy } from './acknowledgement';
import type { Acknowledgement, Result } from './result';
import type { AnyRule, Finding, Rule } from './rule';

/** What is accepted, and the day of the check. */
export interface Accepted {
  /** @default - nothing is accepted */
  readonly acknowledgements?: readonly Acknowledgement[];
  /** `2026-11-23`. @default - no acknowledgement ends */
  readonly today?: string;
}

/** Runs rules on a subject: results in the order of the rules. */
export function runRules<Subject>(
  rules: readonly Rule<Subject>[],
  subject: Subject,
  accepted: Accepted = {},
): Result[] {
  return rules.flatMap((rule) => judge(rule, rule.check(subject), accepted));
}

/** What findings of a rule come to. */
export function judge(
  rule: AnyRule,
  findings: readonly Finding[],
  { acknowledgements = [], today }: Accepted = {},
): Result[] {
  return findings.map((finding) => {
    if (finding.holds) return resultOf(rule, finding, 'passed');
    const acknowledgement = acceptedBy(finding, rule.id, acknowledgements, today);
    return acknowledgement === undefined
      ? resultOf(rule, finding, 'failed')
      : { ...resultOf(rule, finding, 'acknowledged'), acknowledgement };
  });
}

/** Field by field: a large cluster has a hundred thousand, and copies of objects cost a third of the time. */
function resultOf(
  { id, title, level: own }: AnyRule,
  { path, statement, remedy, holds = false, notProven, level = own }: Finding,
  status: Result['status'],
): Result {
  return notProven === undefined
    ? { path, holds, statement, remedy, id, level, title, status }
    : { path, holds, statement, remedy, notProven, id, level, title, status };
}
