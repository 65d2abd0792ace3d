import { isTree, type Tree } from '../tree';
import { DEFAULT_ACCOUNT, DEFAULT_ACCOUNT_NAME, KINDS, TERRAFORM_ONLY } from './kinds';
import type { KubernetesObject, Report } from './object';
import { type Field, fieldOfAttribute, isWrapper, modelName } from './schema';
import { hasTemplate, unescapeTemplate } from './templates';

/** What was read before, without a problem: parts that are the same object are taken from it. */
export interface Earlier {
  readonly from: Tree;
  readonly to: Tree;
}

/** An object that a resource stands for. */
export interface Provided {
  readonly object: KubernetesObject;
  /** Field manager, where the resource only patches an object of somebody else. */
  readonly patchBy?: string;
}

/** Field manager of the provider, where a resource names none. */
const DEFAULT_MANAGER = 'Terraform';

/** Resources of the provider that stand for objects of any kind. */
const UNTYPED: Readonly<Record<string, typeof manifest>> = {
  kubernetes_manifest: manifest,
  kubernetes_labels: labels,
};

/**
 * The object of Kubernetes that a resource of the provider stands for, from its attributes as they are in
 * a configuration or in a plan. What it cannot say is reported, never dropped: an attribute without a
 * field, a value that does not fit, a token that is not resolved.
 *
 * @param path where the attributes are, for reports
 * @param earlier of the same type
 * @returns undefined for a resource type that is not known
 */
export function fromProvider(
  resourceType: string,
  attributes: Tree,
  path: string,
  report: Report,
  earlier?: Earlier,
): Provided | undefined {
  const own = Object.fromEntries(
    Object.entries(attributes).filter(([key]) => !TERRAFORM_ONLY.has(key)),
  );
  const untyped = UNTYPED[resourceType];
  if (untyped) return untyped(own, path, report);
  const [apiVersion, kind] = KINDS[resourceType] ?? [];
  if (!apiVersion) return undefined;
  const object = readBlock(own, resourceType, path, report, earlier);
  if (resourceType !== DEFAULT_ACCOUNT) {
    return { object: { apiVersion, kind, ...object } as KubernetesObject };
  }
  const { metadata, ...rest } = object;
  const named = { ...(metadata as object), name: DEFAULT_ACCOUNT_NAME };
  return {
    object: { apiVersion, kind, metadata: named, ...rest },
    patchBy: DEFAULT_MANAGER,
  } as Provided;
}

function manifest(own: Tree, path: string, report: Report): Provided {
  for (const key of Object.keys(own).filter((name) => name !== 'manifest')) {
    // `field_manager`, `computed_fields` and `wait` say how Terraform applies it.
    if (!['field_manager', 'computed_fields', 'wait'].includes(key)) {
      report(`${path}.${key}`, 'unknown argument of kubernetes_manifest');
    }
  }
  return { object: resolve(own.manifest, `${path}.manifest`, report) as KubernetesObject };
}

function labels(own: Tree, path: string, report: Report): Provided {
  const { api_version, kind, metadata, labels, field_manager, force: _, ...unknown } = own;
  for (const key of Object.keys(unknown)) {
    report(`${path}.${key}`, 'unknown argument of kubernetes_labels');
  }
  const [block] = [metadata].flat() as { name: string; namespace?: string }[];
  const object = { apiVersion: api_version, kind, metadata: { ...block, labels } };
  return {
    object: resolve(object, path, report) as KubernetesObject,
    patchBy: (field_manager as string | undefined) ?? DEFAULT_MANAGER,
  };
}

/** An object from a block, where each name is that of the provider and each list a repeated block. */
function readBlock(
  block: Tree,
  type: string,
  path: string,
  report: Report,
  earlier?: Earlier,
  wrapper = '',
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const key of Object.keys(block)) {
    const value = block[key];
    if (value === undefined || value === null) continue;
    const below = `${path}.${key}`;
    const field = fieldOfAttribute(type, `${wrapper}${key}`);
    if (field) {
      const like = earlier && { from: earlier.from[key], to: earlier.to[field.name] };
      object[field.name] = readValue(value, field, below, report, like);
    } else if (isWrapper(type, key)) {
      const inner = one(value, below, report);
      Object.assign(object, readBlock(inner as Tree, type, below, report, undefined, `${key}.`));
    } else {
      report(below, `${modelName(type)} has no such field`);
    }
  }
  return object;
}

interface Like {
  readonly from: unknown;
  readonly to: unknown;
}

function readValue(
  value: unknown,
  { shape, type = '' }: Field,
  path: string,
  report: Report,
  earlier?: Like,
): unknown {
  if (earlier && value === earlier.from && typeof value === 'object') return earlier.to;
  switch (shape) {
    case 'block':
    case 'listOfOne':
      return readOne(value, type, path, report, earlier);
    case 'blocks':
      return listOf(value).map((item, index) =>
        readOne(item, type, `${path}[${index}]`, report, {
          from: Array.isArray(earlier?.from) ? earlier.from[index] : undefined,
          to: Array.isArray(earlier?.to) ? earlier.to[index] : undefined,
        }),
      );
    case 'oneOfList':
      return [readOne(value, type, path, report)];
    case 'strings':
    case 'numbers':
      return listOf(value).map((item, index) =>
        readScalar(item, shape === 'strings' ? 'string' : 'number', `${path}[${index}]`, report),
      );
    case 'map':
      return resolve(one(value, path, report), path, report);
    default:
      return readScalar(one(value, path, report), shape, path, report);
  }
}

function readOne(value: unknown, type: string, path: string, report: Report, earlier?: Like) {
  const block = one(value, path, report);
  if (!isTree(block)) {
    report(path, `must be a block of ${modelName(type)}, got: ${JSON.stringify(block)}`);
    return block;
  }
  const from = Array.isArray(earlier?.from) ? earlier.from[0] : earlier?.from;
  const like = isTree(from) && isTree(earlier?.to) ? { from, to: earlier.to } : undefined;
  return readBlock(block, type, path, report, like);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** A block that the provider allows once may be written as a list of one. */
function one(value: unknown, path: string, report: Report): unknown {
  if (!Array.isArray(value)) return value;
  if (value.length !== 1) report(path, `must be one block, got: ${value.length}`);
  return value[0];
}

function readScalar(value: unknown, shape: Field['shape'], path: string, report: Report): unknown {
  const plain = resolve(value, path, report);
  if (typeof plain !== 'string') return plain;
  switch (shape) {
    case 'intOrString':
      // "0" → 0, but "25%" and "http" stay.
      return /^-?\d+$/.test(plain) ? Number(plain) : plain;
    case 'octal':
      return readNumber(plain, /^-?[0-7]+$/, 8, path, report);
    case 'number':
    case 'decimal':
      return readNumber(plain, /^-?\d+(\.\d+)?$/, 10, path, report);
    case 'boolean':
      return plain === 'true';
    default:
      return plain;
  }
}

function readNumber(text: string, form: RegExp, base: 8 | 10, path: string, report: Report) {
  if (!form.test(text)) report(path, `must be a number, got: '${text}'`);
  return base === 8 ? Number.parseInt(text, 8) : Number(text);
}

/** Undoes Terraform's `$${` and `%%{`; what is left of `${…}` cannot be known without Terraform. */
function resolve(value: unknown, path: string, report: Report): unknown {
  if (typeof value === 'string') {
    if (!value.includes('{')) return value;
    if (hasTemplate(value)) report(path, `unresolved token, got: '${value}'`);
    return unescapeTemplate(value);
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => resolve(item, `${path}[${index}]`, report));
  }
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      unescapeTemplate(key),
      resolve(item, `${path}.${key}`, report),
    ]),
  );
}
