import { ApiError } from '../live/cluster';
import type { Check, CheckReport, Finding, Subject } from './finding';

/**
 * Runs all checks; one that the API server does not let look is a finding, too.
 * @throws UserError where the API server does not answer
 */
export async function runChecks<T extends Subject>(
  checks: readonly Check<T>[],
  subject: T,
): Promise<CheckReport> {
  const found = await Promise.all(checks.map((check) => findings(check, subject)));
  const seen = await Promise.all(checks.map((check) => seenBy(check, subject)));
  const all = found.flat();
  const failed = (some: readonly Finding[]) => some.some(({ level }) => level === 'error');
  return {
    result: failed(all) ? 'failed' : 'passed',
    phase: subject.phase.id,
    context: subject.cluster.target.context,
    checks: checks.map(({ id, title }, index) => ({
      id,
      title,
      result: failed(found[index] ?? []) ? 'failed' : 'passed',
      ...(seen[index] === undefined ? {} : { seen: seen[index] }),
    })),
    findings: all,
  };
}

async function findings<T>({ id, title, check }: Check<T>, subject: T): Promise<Finding[]> {
  try {
    return (await check(subject)).map((found) => ({ id, level: 'error', ...found }));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return [
      {
        id,
        level: 'error',
        subject: title,
        found: `cannot be told: ${error.message}`,
        remedy: 'give the caller the right to look, or ask somebody who has it',
      },
    ];
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
