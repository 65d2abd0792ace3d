import { distance } from 'fastest-levenshtein';
import { resolved, type Schema } from './schema';

/** What a schema allows, as messages say it: `a whole number of 1 or more`, `a list`. */
export function allowed(schema: Schema): string {
  const { type, minimum, exclusiveMinimum: above, maximum } = schema;
  if (schema.anyOf) return schema.anyOf.map((one) => allowed(resolved(one))).join(' or ');
  if (schema.const !== undefined) return `'${schema.const}'`;
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  if (schema.construct !== undefined) return `a ${schema.construct}`;
  switch (type) {
    case 'object':
      return schema.properties
        ? `an object with ${Object.keys(schema.properties).join(', ')}`
        : 'an object';
    case 'array':
      return 'a list';
    case 'string':
      return 'a text';
    case 'boolean':
      return 'true or false';
    case 'integer':
      return minimum === undefined
        ? 'a whole number'
        : `a whole number of ${maximum === undefined ? `${minimum} or more` : `${minimum} to ${maximum}`}`;
    default: {
      if (above !== undefined)
        return `above ${above}${maximum === undefined ? '' : ` and at most ${maximum}`}`;
      if (minimum === undefined) return 'a number';
      return maximum === undefined ? `${minimum} or more` : `${minimum} to ${maximum}`;
    }
  }
}

/** A value in a message: texts in quotes. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : isScalar(value) ? `${value}` : typeOf(value);
}

function isScalar(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

/** The kind of a value that is not repeated, because it is long or may be secret. */
export function typeOf(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** The choice that a misspelt one was meant for: few letters away. @returns undefined where none is near */
export function nearest(given: unknown, choices: readonly unknown[]): string | undefined {
  if (typeof given !== 'string') return undefined;
  const far = Math.max(1, Math.ceil(given.length / 3));
  const [best] = choices
    .filter((choice) => typeof choice === 'string')
    .map((choice) => ({ choice, far: distance(given.toLowerCase(), choice.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= far ? best.choice : undefined;
}
