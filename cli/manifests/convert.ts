import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isTree, type Tree } from '../tree';

/** One field of a type of the Kubernetes API, as `@kubernetes/client-node` describes it. */
interface Field {
  readonly baseName: string;
  /** `string`, `number`, `IntOrString`, `Array<V1Container>`, `{ [key: string]: string; }` … */
  readonly type: string;
}

type Model = { getAttributeTypeMap(): readonly Field[] };

/** Where a problem was found, and what it is. */
export type Report = (path: string, message: string) => void;

/** What was converted before, without a problem: parts that are the same object are taken from it. */
export interface Converted {
  readonly from: Tree;
  readonly to: Tree;
}

const MODELS = dirname(require.resolve('@kubernetes/client-node/dist/gen/models/all.js'));

const FIELDS = new Map<string, readonly Field[] | undefined>();

/** Types are loaded one by one, when they are met: all 700 take a tenth of a second. */
export function fieldsOf(type: string): readonly Field[] | undefined {
  if (!FIELDS.has(type)) FIELDS.set(type, loadFields(type));
  return FIELDS.get(type);
}

function loadFields(type: string): readonly Field[] | undefined {
  const file = join(MODELS, `${type}.js`);
  if (!/^[A-Z]\w*$/.test(type) || !existsSync(file)) return undefined;
  const model: Model | undefined = require(file)[type];
  return typeof model?.getAttributeTypeMap === 'function' ? model.getAttributeTypeMap() : undefined;
}

/**
 * Turns attributes of the provider into an object of a Kubernetes type.
 *
 * The provider writes names in snake_case and lists as repeated blocks in the singular; the type of
 * each Kubernetes field says what it is. A key without a field is reported, never dropped.
 *
 * @param type name in `@kubernetes/client-node`, `V1DeploymentSpec`
 * @param earlier of the same type
 */
export function convertObject(
  attributes: Record<string, unknown>,
  type: string,
  path: string,
  report: Report,
  earlier?: Converted,
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const key of Object.keys(attributes)) {
    const value = attributes[key];
    if (value === undefined || value === null) continue;
    const field = fieldOf(type, key);
    if (field === undefined) {
      report(`${path}.${key}`, `${type} has no such field`);
    } else {
      const like = earlier && { from: earlier.from[key], to: earlier.to[field.baseName] };
      object[field.baseName] = convertValue(value, field.type, `${path}.${key}`, report, like);
    }
  }
  return object;
}

/** Where the provider's name is not made from that of Kubernetes. */
const RENAMED: Readonly<Record<string, string>> = {
  'V1DaemonSetSpec.strategy': 'update_strategy',
};

/** Fields that were looked up before, by type: there are few, and many resources. */
const FOUND = new Map<string, Map<string, Field | undefined>>();

function fieldOf(type: string, key: string): Field | undefined {
  let known = FOUND.get(type);
  if (!known) {
    known = new Map();
    FOUND.set(type, known);
  }
  if (!known.has(key)) {
    known.set(key, findField(fieldsOf(type) ?? [], RENAMED[`${type}.${key}`] ?? key));
  }
  return known.get(key);
}

/** `cluster_ip` → `clusterIP`, `container` → `containers`, `policy` → `policies`. */
function findField(fields: readonly Field[], key: string): Field | undefined {
  const name = key.replaceAll('_', '').toLowerCase();
  const plurals = [`${name}s`, `${name}es`, name.replace(/y$/, 'ies')];
  const byName = (wanted: string) =>
    fields.find((field) => field.baseName.replace(/^_/, '').toLowerCase() === wanted);
  return byName(name) ?? plurals.map(byName).find((field) => field !== undefined);
}

/** What a type of a field means for its value. */
type Shape =
  | { readonly kind: 'list'; readonly element: string }
  | { readonly kind: 'map' | 'model' | 'scalar' };

const SHAPES = new Map<string, Shape>();

export function shapeOf(type: string): Shape {
  const known = SHAPES.get(type);
  if (known) return known;
  const element = /^Array<(.+)>$/.exec(type)?.[1];
  // Maps keep their keys: they are data, not names of the provider.
  const kind = type.startsWith('{ [key: string]:') ? 'map' : fieldsOf(type) ? 'model' : 'scalar';
  const shape: Shape = element === undefined ? { kind } : { kind: 'list', element };
  SHAPES.set(type, shape);
  return shape;
}

function convertValue(
  value: unknown,
  type: string,
  path: string,
  report: Report,
  earlier?: { readonly from: unknown; readonly to: unknown },
): unknown {
  if (earlier && value === earlier.from && typeof value === 'object') return earlier.to;
  const shape = shapeOf(type);
  if (shape.kind === 'list') {
    const items = Array.isArray(value) ? value : [value];
    const [from, to] = [earlier?.from, earlier?.to].map((list) =>
      Array.isArray(list) ? list : [],
    );
    return items.map((item, index) => {
      const like = to && index < to.length ? { from: from?.[index], to: to[index] } : undefined;
      return convertValue(item, shape.element, `${path}[${index}]`, report, like);
    });
  }
  const one = single(value, path, report);
  if (shape.kind === 'map') return resolveText(one, path, report);
  if (shape.kind === 'scalar') return convertScalar(one, type, path, report);
  if (typeof one !== 'object' || one === null) {
    report(path, `must be a block of ${type}, got: ${JSON.stringify(one)}`);
    return one;
  }
  const from = Array.isArray(earlier?.from) ? earlier.from[0] : earlier?.from;
  const like = isTree(from) && isTree(earlier?.to) ? { from, to: earlier.to } : undefined;
  return convertObject(one as Record<string, unknown>, type, path, report, like);
}

/** A block that the provider allows once may be written as a list of one. */
function single(value: unknown, path: string, report: Report): unknown {
  if (!Array.isArray(value)) return value;
  if (value.length !== 1) report(path, `must be one block, got: ${value.length}`);
  return value[0];
}

function convertScalar(value: unknown, type: string, path: string, report: Report): unknown {
  const plain = resolveText(value, path, report);
  if (typeof plain !== 'string') return plain;
  // `IntOrString` is a number where it looks like one: "0" → 0, but "25%" and "http" stay.
  if (type === 'IntOrString') return /^-?\d+$/.test(plain) ? Number(plain) : plain;
  if (type === 'number') {
    if (!/^-?\d+(\.\d+)?$/.test(plain)) report(path, `must be a number, got: '${plain}'`);
    return Number(plain);
  }
  if (type === 'boolean') return plain === 'true';
  return plain;
}

/** A text as it was before `$${` and `%%{` were written for Terraform. */
export function unescaped(text: string): string {
  return text.replace(/([$%])\1\{/g, '$1{');
}

/** Undoes Terraform's `$${` and `%%{`; what is left of `${…}` cannot be known without Terraform. */
export function resolveText(value: unknown, path: string, report: Report): unknown {
  if (typeof value === 'string') {
    if (!value.includes('{')) return value;
    if (/(^|[^$])\$\{|(^|[^%])%\{/.test(value)) report(path, `unresolved token, got: '${value}'`);
    return unescaped(value);
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => resolveText(item, `${path}[${index}]`, report));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        resolveText(item, `${path}.${key}`, report),
      ]),
    );
  }
  return value;
}
