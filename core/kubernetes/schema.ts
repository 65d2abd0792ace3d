import { modelOf } from './kinds';
import data from './provider-schema.json';

/**
 * How the provider has a value:
 * - `string`, `number`, `boolean`, `strings`, `numbers`, `map` of texts: as Kubernetes has it
 * - `decimal`, `octal`: a number, as text
 * - `intOrString`: as text, which is a number where it looks like one
 * - `block`, `blocks`: an object or a list of objects
 * - `listOfOne`: one object, as a list
 * - `oneOfList`: a list, of which the provider takes one
 */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'strings'
  | 'numbers'
  | 'map'
  | 'decimal'
  | 'octal'
  | 'intOrString'
  | 'block'
  | 'blocks'
  | 'listOfOne'
  | 'oneOfList';

/** A field of a Kubernetes object, and where the provider has it. */
export interface Field {
  /** As Kubernetes calls it. */
  readonly name: string;
  /** As the provider calls it, below the block that it is in: `persistent_volume_source.nfs`. */
  readonly attribute: string;
  readonly shape: Shape;
  /** Type of what is inside a block. */
  readonly type?: string;
  /** Whether the provider only reads it. */
  readonly readOnly?: boolean;
}

interface Type {
  readonly byName: ReadonlyMap<string, Field>;
  readonly byAttribute: ReadonlyMap<string, Field>;
  /** Blocks of the provider whose attributes Kubernetes has one level above. */
  readonly wrappers: ReadonlySet<string>;
}

type Row = readonly [attribute: string, shape: string, type?: string | null, readOnly?: boolean];

/** `provider-schema.json`, which `npm run docs` makes from the bindings and from `@kubernetes/client-node`. */
const TYPES = data as unknown as Readonly<Record<string, Readonly<Record<string, Row>>>>;

const PARSED = new Map<string, Type>();

function typeOf(type: string): Type {
  const known = PARSED.get(type);
  if (known) return known;
  const fields = Object.entries(TYPES[type] ?? {}).map(
    ([name, [attribute, shape, inside, readOnly]]): Field => ({
      name,
      attribute,
      shape: shape as Shape,
      ...(inside ? { type: inside } : {}),
      ...(readOnly ? { readOnly } : {}),
    }),
  );
  const parsed = {
    byName: new Map(fields.map((field) => [field.name, field])),
    byAttribute: new Map(fields.map((field) => [field.attribute, field])),
    wrappers: new Set(
      fields.flatMap(({ attribute }) => (attribute.includes('.') ? attribute.split('.', 1) : [])),
    ),
  };
  PARSED.set(type, parsed);
  return parsed;
}

/** Fields of a type, by the names that Kubernetes gives them. */
export function fieldsOf(type: string): ReadonlyMap<string, Field> {
  return typeOf(type).byName;
}

/** Field of a type by its name in the provider. */
export function fieldOfAttribute(type: string, attribute: string): Field | undefined {
  return typeOf(type).byAttribute.get(attribute);
}

/** Whether a block of the provider is none in Kubernetes: what is in it stands one level above. */
export function isWrapper(type: string, attribute: string): boolean {
  return typeOf(type).wrappers.has(attribute);
}

/**
 * Name in `@kubernetes/client-node` of a type, or of the object of a resource. The provider has some types in
 * several forms, which are numbered: `V1ObjectMeta#2` has no namespace.
 */
export function modelName(type: string): string {
  return modelOf(type) ?? type.replace(/#\d+$/, '');
}
