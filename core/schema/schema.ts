import { lookup } from '../lookup';
import generated from './centre.schema.json';

/** What of JSON Schema (draft 7) the generator writes and the check knows, and a few keywords of our own. */
export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly minProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  /** What editors and messages say in place of the general text: `must …; remedy`. */
  readonly errorMessage?: string;
  /** A construct or a function, which is not data: the name of its class. */
  readonly construct?: string;
  /** Whether the value may be one that is known at deploy only: it ends in a text for people. */
  readonly deployTime?: boolean;
}

const DEFINITIONS = generated.definitions as unknown as Readonly<Record<string, Schema>>;

/** Names of the types that can be checked. */
export type SchemaName = keyof typeof generated.definitions;

/** The schema of a type, made from the TypeScript type of that name. */
export function schemaOf(name: SchemaName): Schema {
  return DEFINITIONS[name] as Schema;
}

/** Schemas that refer to others, as they were resolved: thousands of values have the same. */
const known = new WeakMap<Schema, Schema>();

/** A schema with what it refers to; what stands beside a reference comes first. */
export function resolved(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  let made = known.get(schema);
  if (!made) {
    const { $ref, ...own } = schema;
    const target = lookup(DEFINITIONS, decodeURIComponent($ref.slice('#/definitions/'.length)));
    if (!target) throw new Error(`${$ref}: no such definition`);
    made = { ...resolved(target), ...own };
    known.set(schema, made);
  }
  return made;
}
