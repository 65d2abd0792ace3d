import { judge, type Result } from '../../core/rules';
import { findingsOf } from '../findings';
import { ApiError } from '../live/cluster';
import type { Check, CheckReport, Subject } from './check';

/**
 * Runs all checks; one that the API server does not let look is a finding, too.
 * @throws UserError where the API server does not answer
 */
export async function runChecks<T extends Subject>(
  checks: readonly Check<T>[],
  subject: T,
): Promise<CheckReport> {
  const found = await Promise.all(checks.map((check) => results(check, subject)));
  const seen = await Promise.all(checks.map((check) => seenBy(check, subject)));
  const all = found.flat();
  const result = (some: readonly Result[]) =>
    some.some(({ level }) => level === 'error') ? 'failed' : 'passed';
  return {
    result: result(all),
    phase: subject.phase.id,
    context: subject.cluster.target.context,
    checks: checks.map(({ id, title }, index) => ({
      id,
      title,
      result: result(found[index] ?? []),
      ...(seen[index] === undefined ? {} : { seen: seen[index] }),
    })),
    findings: all,
  };
}

async function results<T>(check: Check<T>, subject: T): Promise<Result[]> {
  try {
    return judge(check, findingsOf(check, await check.check(subject)));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const remedy = 'give the caller the right to look, or ask somebody who has it';
    const statement = `cannot be told: ${error.message}`;
    return judge(check, [{ level: 'error', path: check.title, statement, remedy }]);
  }
}

/** Nothing where the API server does not let look: the check itself says so. */
async function seenBy<T>(check: Check<T>, subject: T): Promise<string | undefined> {
  try {
    return await check.seen?.(subject);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return undefined;
  }
}
