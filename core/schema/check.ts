import { lookup } from '../lookup';
import { duplicates, validateCount } from '../validate';
import { FORMATS } from './formats';
import { allowed, nearest, shown, typeOf } from './messages';
import { entryOf, itemOf, keyOf, type Place, ROOT } from './place';
import { resolved, type Schema, type SchemaName, schemaOf } from './schema';

/** One thing that is wrong with a value by its schema. */
export interface Violation {
  /** Keys and indices from the checked value on. */
  readonly path: readonly (string | number)[];
  /** What is wrong, what is allowed, `got: VALUE`. */
  readonly message: string;
  /** Whether the value has another shape than its type says, so that nobody should read on. */
  readonly misshapen: boolean;
}

/** What the framework knows of values that are not data. */
export interface Values {
  /** Whether a value is known at deploy only: a reference to something that Terraform makes. */
  isUnknown(value: unknown): boolean;
  /** Whether a value is a construct. */
  isConstruct(value: unknown): boolean;
}

/** Values of a file: all of them are data. */
export const DATA: Values = { isUnknown: () => false, isConstruct: () => false };

/**
 * Checks a value by the schema of its type: keys, types, ranges, formats, choices.
 * @returns everything that is wrong, in the order of the value's keys
 */
export function check(name: SchemaName, value: unknown, values: Values = DATA): Violation[] {
  const schema = schemaOf(name);
  return visit(schema, value, { ...ROOT, title: schema.title }, values);
}

function visit(reference: Schema, value: unknown, at: Place, values: Values): Violation[] {
  const schema = resolved(reference);
  const wrong = (message: string, misshapen = false) => [{ path: at.path, message, misshapen }];
  if (values.isUnknown(value)) {
    return schema.deployTime
      ? []
      : wrong(
          `${calledAs(at)} must be known at synthesis, where it is checked and counted with; write the value itself, got: a value that is known at deploy only`,
          true,
        );
  }
  if (schema.construct !== undefined) {
    const fits = typeof value === 'function' || values.isConstruct(value);
    return fits
      ? []
      : wrong(`${at.name} must be a ${schema.construct}; pass one, got: ${typeOf(value)}`, true);
  }
  if (schema.anyOf) return visitUnion(schema, schema.anyOf, value, at, values);
  const choices = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (choices) {
    if (choices.includes(value)) return [];
    const near = nearest(value, choices);
    const remedy = near === undefined ? 'change it' : `did you mean '${near}'? change it`;
    return wrong(
      `${at.name} must be ${at.listed ? 'of' : 'one of'} ${choices.join(', ')}; ${remedy}, got: ${shown(value)}`,
    );
  }
  if (!hasType(schema, value)) {
    return wrong(
      `${calledAs(at)} ${schema.errorMessage ?? `must be ${allowed(schema)}; ${schema.type === 'string' ? 'quote it' : 'correct it'}`}, got: ${isPlain(schema) ? shown(value) : typeOf(value)}`,
      true,
    );
  }
  if (typeof value === 'number') return visitNumber(schema, value, at).flatMap((m) => wrong(m));
  if (typeof value === 'string') return visitText(schema, value, at).flatMap((m) => wrong(m));
  if (Array.isArray(value)) return visitList(schema, value, at, values);
  return typeof value === 'object' ? visitObject(schema, value as object, at, values) : [];
}

/** Name of a place in messages; the checked value itself is called as its type is. */
function calledAs({ name, title }: Place): string {
  return name === '' ? (title ?? 'it') : name;
}

function hasType({ type }: Schema, value: unknown): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
    case 'number':
      return typeof value === 'number';
    default:
      return type === undefined || typeof value === type;
  }
}

/** Whether a value may be shown in place of what was expected: lists and objects may hold secrets. */
function isPlain({ type }: Schema): boolean {
  return type === 'number' || type === 'integer' || type === 'boolean';
}

function visitNumber(schema: Schema, value: number, { name }: Place): string[] {
  const { type, minimum = Number.NEGATIVE_INFINITY, exclusiveMinimum: above, maximum } = schema;
  const fits =
    Number.isFinite(value) &&
    (type !== 'integer' || Number.isInteger(value)) &&
    value >= minimum &&
    (above === undefined || value > above) &&
    (maximum === undefined || value <= maximum);
  if (fits) return [];
  if (schema.errorMessage !== undefined) return [`${name} ${schema.errorMessage}, got: ${value}`];
  return type === 'integer' && Number.isFinite(minimum)
    ? validateCount(name, value, minimum, maximum)
    : [`${name} must be ${allowed(schema)}; correct it, got: ${value}`];
}

function visitText(schema: Schema, value: string, { name }: Place): readonly string[] {
  const { format, pattern, maxLength, errorMessage } = schema;
  if (maxLength !== undefined && value.length > maxLength) {
    return [`${name} must have at most ${maxLength} characters; shorten it, got: ${value.length}`];
  }
  if (pattern !== undefined && !new RegExp(pattern).test(value)) {
    return [`${name} ${errorMessage ?? `must match ${pattern}; correct it`}, got: '${value}'`];
  }
  return (format === undefined ? undefined : lookup(FORMATS, format))?.(name, value) ?? [];
}

function visitList(schema: Schema, list: readonly unknown[], at: Place, values: Values) {
  const { items = {}, minItems = 0, uniqueItems } = schema;
  const item = resolved(items);
  const wrong = (message: string) => ({ path: at.path, message, misshapen: false });
  const twice = uniqueItems ? duplicates(list.filter((one) => typeof one === 'string')) : [];
  return [
    ...(list.length < minItems
      ? [
          wrong(
            `${at.name} ${schema.errorMessage ?? `must hold one ${item.title ?? 'entry'} at least; add one`}, got: none`,
          ),
        ]
      : []),
    // What stands there twice is wrong once.
    ...list.flatMap((one, index) =>
      list.indexOf(one) === index ? visit(item, one, itemOf(at, index, item, one), values) : [],
    ),
    ...twice.map((one) => wrong(`${at.name} must be different; remove one, got: '${one}' twice`)),
  ];
}

function visitObject(schema: Schema, value: object, at: Place, values: Values): Violation[] {
  const { properties = {}, required = [], additionalProperties = true, propertyNames } = schema;
  const own = { ...at, title: at.title ?? schema.title };
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const known = Object.keys(properties);
  const given = new Set(entries.map(([key]) => key));
  const meant = new Set<string>();
  const found = entries.flatMap(([key, item]): Violation[] => {
    const property = lookup(properties, key);
    if (property) return visit(property, item, keyOf(own, key), values);
    const name = propertyNames
      ? visit(propertyNames, key, { ...entryOf(own, key), name: `a key of ${at.name}` }, values)
      : [];
    if (typeof additionalProperties === 'object')
      return [...name, ...visit(additionalProperties, item, entryOf(own, key), values)];
    if (additionalProperties) return name;
    const near = nearest(
      key,
      known.filter((other) => !given.has(other)),
    );
    if (near !== undefined) meant.add(near);
    const hint = near === undefined ? '' : `did you mean '${near}'? `;
    const message = `${calledAs(own)}: unknown key; ${hint}use one of ${known.join(', ')}, got: '${key}'`;
    // What was meant is missing: whatever asks for it would complain about the same mistake.
    return [{ path: [...at.path, key], message, misshapen: near !== undefined }];
  });
  const missing = required
    // One mistake, one line: a misspelt key is not missing, too.
    .filter((key) => !given.has(key) && !meant.has(key))
    .map((key) => {
      const { errorMessage } = resolved(properties[key] ?? {});
      const message =
        errorMessage === undefined
          ? `${calledAs(own)}: missing key; add ${key}`
          : `${keyOf(own, key).name} ${errorMessage}`;
      return { path: at.path, message: `${message}, got: none`, misshapen: true };
    });
  const few =
    schema.minProperties !== undefined && entries.length < schema.minProperties
      ? [
          {
            path: at.path,
            message: `${at.name} must hold one entry at least; add ${known.length > 0 ? `one of ${known.join(', ')}` : 'one'}, got: none`,
            misshapen: false,
          },
        ]
      : [];
  return [...found, ...missing, ...few];
}

/** The branch that a value was meant for: the one with which the least is wrong. */
function visitUnion(
  schema: Schema,
  branches: readonly Schema[],
  value: unknown,
  at: Place,
  values: Values,
): Violation[] {
  const all = branches.map((branch) => ({
    branch: resolved(branch),
    found: visit(branch, value, at, values),
  }));
  if (all.some(({ found }) => found.length === 0)) return [];
  const shaped = all.filter(({ branch }) => isMeant(branch, value, values));
  const [best] = shaped.sort((a, b) => weight(a.found) - weight(b.found));
  if (best) return best.found;
  const rule = schema.errorMessage ?? `must be ${allowed(schema)}; correct it`;
  return [
    { path: at.path, message: `${calledAs(at)} ${rule}, got: ${typeOf(value)}`, misshapen: true },
  ];
}

/** Whether a value has the type of a branch, and the constants by which branches are told apart. */
function isMeant(branch: Schema, value: unknown, values: Values): boolean {
  if (branch.construct !== undefined)
    return typeof value === 'function' || values.isConstruct(value);
  if (branch.anyOf) return branch.anyOf.some((inner) => isMeant(resolved(inner), value, values));
  const constants = Object.entries(branch.properties ?? {}).filter(([, one]) => 'const' in one);
  return (
    branch.const === undefined &&
    hasType(branch, value) &&
    constants.every(([key, one]) => lookup(value as Record<string, unknown>, key) === one.const)
  );
}

function weight(found: readonly Violation[]): number {
  return found.reduce((sum, { misshapen }) => sum + (misshapen ? 10 : 1), 0);
}
