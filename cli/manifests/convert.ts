import * as models from '@kubernetes/client-node/dist/gen/models/all';

/** One field of a type of the Kubernetes API, as `@kubernetes/client-node` describes it. */
interface Field {
  readonly baseName: string;
  /** `string`, `number`, `IntOrString`, `Array<V1Container>`, `{ [key: string]: string; }` … */
  readonly type: string;
}

type Model = { getAttributeTypeMap(): readonly Field[] };

/** Where a problem was found, and what it is. */
export type Report = (path: string, message: string) => void;

function fieldsOf(type: string): readonly Field[] | undefined {
  const model = (models as unknown as Record<string, Model | undefined>)[type];
  return typeof model?.getAttributeTypeMap === 'function' ? model.getAttributeTypeMap() : undefined;
}

/**
 * Turns attributes of the provider into an object of a Kubernetes type.
 *
 * The provider writes names in snake_case and lists as repeated blocks in the singular; the type of
 * each Kubernetes field says what it is. A key without a field is reported, never dropped.
 *
 * @param type name in `@kubernetes/client-node`, `V1DeploymentSpec`
 */
export function convertObject(
  attributes: Record<string, unknown>,
  type: string,
  path: string,
  report: Report,
): Record<string, unknown> {
  const fields = fieldsOf(type) ?? [];
  const object: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null) continue;
    const field = findField(fields, RENAMED[`${type}.${key}`] ?? key);
    if (field === undefined) {
      report(`${path}.${key}`, `${type} has no such field`);
    } else {
      object[field.baseName] = convertValue(value, field.type, `${path}.${key}`, report);
    }
  }
  return object;
}

/** Where the provider's name is not made from that of Kubernetes. */
const RENAMED: Readonly<Record<string, string>> = {
  'V1DaemonSetSpec.strategy': 'update_strategy',
};

/** `cluster_ip` → `clusterIP`, `container` → `containers`, `policy` → `policies`. */
function findField(fields: readonly Field[], key: string): Field | undefined {
  const name = key.replaceAll('_', '').toLowerCase();
  const plurals = [`${name}s`, `${name}es`, name.replace(/y$/, 'ies')];
  const byName = (wanted: string) =>
    fields.find((field) => field.baseName.replace(/^_/, '').toLowerCase() === wanted);
  return byName(name) ?? plurals.map(byName).find((field) => field !== undefined);
}

function convertValue(value: unknown, type: string, path: string, report: Report): unknown {
  const element = /^Array<(.+)>$/.exec(type)?.[1];
  if (element !== undefined) {
    const items = Array.isArray(value) ? value : [value];
    return items.map((item, index) => convertValue(item, element, `${path}[${index}]`, report));
  }
  // Maps keep their keys: they are data, not names of the provider.
  if (type.startsWith('{ [key: string]:'))
    return resolveText(single(value, path, report), path, report);
  if (fieldsOf(type)) {
    const block = single(value, path, report);
    if (typeof block !== 'object' || block === null) {
      report(path, `must be a block of ${type}, got: ${JSON.stringify(block)}`);
      return block;
    }
    return convertObject(block as Record<string, unknown>, type, path, report);
  }
  return convertScalar(single(value, path, report), type, path, report);
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

/** Undoes Terraform's `$${` and `%%{`; what is left of `${…}` cannot be known without Terraform. */
export function resolveText(value: unknown, path: string, report: Report): unknown {
  if (typeof value === 'string') {
    if (/(^|[^$])\$\{|(^|[^%])%\{/.test(value)) report(path, `unresolved token, got: '${value}'`);
    return value.replace(/([$%])\1\{/g, '$1{');
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
