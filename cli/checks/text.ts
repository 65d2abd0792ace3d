import Table from 'cli-table3';
import type { CheckReport, ReportedFinding } from './check';

/** The report for a terminal: what was found and what to do, in the order of the checks. */
export function checkText({ result, phase, context, checks, findings }: CheckReport): string {
  const errors = findings.filter(({ level }) => level === 'error').length;
  const passed = checks.filter((check) => check.result === 'passed').length;
  const summary = `${phase} on context ${context}: ${result}; ${passed} of ${checks.length} checks passed, ${errors} errors, ${findings.length - errors} warnings`;
  const seen = checks.flatMap((check) => check.seen ?? []);
  if (findings.length === 0) return [...seen, summary].join('\n');
  const table = new Table({
    head: ['id', 'level', 'what', 'found', 'what to do'],
    style: { head: [], border: [], compact: true },
    colWidths: [14, 9, 32, 48, 48],
    wordWrap: true,
    // Names are longer than a column.
    wrapOnWordBoundary: false,
  });
  for (const { id, level, path, statement, remedy } of findings) {
    table.push([id, level, path, statement, remedy]);
  }
  return [table.toString(), ...seen, summary].join('\n');
}

/** The same for programs. */
export function checkJson({ findings, ...report }: CheckReport): string {
  const reported = findings.map(
    ({ id, level, path: subject, statement: found, remedy }): ReportedFinding => ({
      id,
      level,
      subject,
      found,
      remedy,
    }),
  );
  return JSON.stringify({ ...report, findings: reported }, null, 2);
}
