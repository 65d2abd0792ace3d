import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { type Problem, throwIfAny, ValidationError } from '../core/errors';
import { check, type SchemaName, type Values, type Violation } from '../core/schema';

/** What cdktf knows of values that are not data. */
const VALUES: Values = {
  isUnknown: (value) => Token.isUnresolved(value),
  isConstruct: (value) => Construct.isConstruct(value),
};

/**
 * Checks props by the schema of their type: keys, types, ranges, forms of names, and values that are not known
 * at synthesis.
 *
 * @returns what is wrong with them, to be told with what else is
 * @throws ValidationError where they have another shape than their type, so that nothing else can be told
 */
export function checkProps(scope: Construct, type: SchemaName, props: unknown): Problem[] {
  const { path } = scope.node;
  const found = checkValue(type, props);
  const problems = found.map(({ message, path: key }) => ({ path, message, key }));
  if (found.some(({ misshapen }) => misshapen)) throw new ValidationError(problems);
  return problems;
}

/**
 * Refuses props with everything that is wrong with them: what their schema says, and what else is.
 * @throws ValidationError where there is anything
 */
export function refuseWrong(
  { node: { path } }: Construct,
  wrong: readonly Problem[],
  others: readonly string[],
): void {
  throwIfAny([...wrong, ...others.map((message) => ({ path, message }))]);
}

/** Checks a value of data by the schema of its type, as `checkProps` does. */
export function checkValue(type: SchemaName, value: unknown): Violation[] {
  return check(type, value, VALUES);
}

/** Keys right below a place that problems are about. */
export function wrongKeys(
  problems: readonly Problem[],
  ...place: readonly (string | number)[]
): ReadonlySet<string | number> {
  const below = problems.filter(({ key = [] }) =>
    place.every((part, index) => key[index] === part),
  );
  return new Set(below.flatMap(({ key = [] }) => key[place.length] ?? []));
}
