import type { IConstruct } from 'constructs';
import { formatProblem, type Problem } from '../core/errors';

const CHECKS = Symbol.for('ai-computing-centre/checks');

type Checked = IConstruct & { [CHECKS]?: readonly (() => readonly Problem[])[] };

/** Makes a check part of the validation of a construct, which takes lines; here it stays data. */
export function addCheck(scope: Checked, check: () => readonly Problem[]): void {
  scope[CHECKS] = [...(scope[CHECKS] ?? []), check];
  scope.node.addValidation({ validate: () => check().map(formatProblem) });
}

/** Everything that validation says of a construct; what others than this package have added is at its path. */
export function validationProblems(construct: Checked): Problem[] {
  const own = (construct[CHECKS] ?? []).flatMap((check) => check());
  const lines = new Set(own.map(formatProblem));
  const others = construct.node.validate().filter((line) => !lines.has(line));
  return [...own, ...others.map((message) => ({ path: construct.node.path, message }))];
}
