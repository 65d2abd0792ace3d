import { isTree } from '../tree';
import { DEFAULT_ACCOUNT, DEFAULT_ACCOUNT_NAME, KINDS } from './kinds';
import type { Report } from './object';
import { type Field, fieldsOf, modelName } from './schema';
import { escapeTemplate } from './templates';

/** A typed resource of the provider. */
export interface ProviderResource {
  /** `kubernetes_deployment_v1` */
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Writing {
  /** Told of every field that the provider has not, and of every value that does not fit its field. */
  readonly report: Report;
  /** How the name of an attribute is written, `host_ipc`. @default - as it is */
  readonly nameOf?: (attribute: string) => string;
  /** Whether a value that is no text is known only when Terraform runs; it is left as it is. @default - none is */
  readonly isToken?: (value: unknown) => boolean;
}

/** An object of Kubernetes that may be one of a typed resource. */
export interface Described {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: { readonly name?: string };
}

/**
 * The typed resource of the provider that stands for an object of Kubernetes, the reverse of
 * `fromProvider`. What the provider has no field for is reported, never dropped.
 * @returns undefined for a kind without a typed resource
 */
export function toProvider(object: Described, writing: Writing): ProviderResource | undefined {
  const { apiVersion, kind, ...fields } = object;
  const type = resourceTypeOf(object);
  if (type === undefined) return undefined;
  const { name: _, ...metadata } = object.metadata ?? {};
  const own = type === DEFAULT_ACCOUNT ? { ...fields, metadata } : fields;
  return { type, attributes: new Writer(writing).block(own, type, '') };
}

function resourceTypeOf({ apiVersion, kind, metadata }: Described): string | undefined {
  const types = Object.entries(KINDS).filter(
    ([, [version, name]]) => version === apiVersion && name === kind,
  );
  const isDefault = metadata?.name === DEFAULT_ACCOUNT_NAME && kind === 'ServiceAccount';
  return types.map(([type]) => type).find((type) => (type === DEFAULT_ACCOUNT) === isDefault);
}

class Writer {
  private readonly report: Report;
  private readonly nameOf: (attribute: string) => string;
  private readonly isToken: (value: unknown) => boolean;

  constructor({ report, nameOf = (name) => name, isToken = () => false }: Writing) {
    this.report = report;
    this.nameOf = nameOf;
    this.isToken = isToken;
  }

  block(object: object, type: string, path: string): Record<string, unknown> {
    const block: Record<string, unknown> = {};
    const fields = fieldsOf(type);
    for (const [name, value] of Object.entries(object)) {
      if (value === undefined) continue;
      const below = path === '' ? name : `${path}.${name}`;
      const field = fields.get(name);
      if (!field || field.readOnly) {
        this.report(
          below,
          `the provider has no such field of ${modelName(type)}; leave it out, got: ${JSON.stringify(value)}`,
        );
        continue;
      }
      const [last = '', wrapper] = field.attribute.split('.').reverse();
      this.inside(block, wrapper)[this.nameOf(last)] = this.value(value, field, below);
    }
    return block;
  }

  private inside(block: Record<string, unknown>, wrapper?: string): Record<string, unknown> {
    if (wrapper === undefined) return block;
    const name = this.nameOf(wrapper);
    const inner = (block[name] ?? {}) as Record<string, unknown>;
    block[name] = inner;
    return inner;
  }

  private value(value: unknown, { shape, type = '' }: Field, path: string): unknown {
    if (shape !== 'string' && this.isToken(value)) return value;
    switch (shape) {
      case 'string':
        return this.text(value, path);
      case 'number':
        return this.number(value, path);
      case 'boolean':
        return typeof value === 'boolean' ? value : this.misfit(value, path, 'true or false');
      case 'decimal':
        return `${this.whole(value, path)}`;
      case 'octal':
        return this.mode(value, path);
      case 'intOrString':
        return this.intOrString(value, path);
      case 'strings':
        return this.list(value, path).map((item, index) => this.text(item, `${path}[${index}]`));
      case 'numbers':
        return this.list(value, path).map((item, index) => this.number(item, `${path}[${index}]`));
      case 'map':
        return Object.fromEntries(
          Object.entries(this.tree(value, path))
            .filter(([, item]) => item !== undefined)
            .map(([key, item]) => [escapeTemplate(key), this.text(item, `${path}.${key}`)]),
        );
      case 'block':
        return this.block(this.tree(value, path), type, path);
      case 'listOfOne':
        return [this.block(this.tree(value, path), type, path)];
      case 'blocks':
        return this.blocks(value, type, path);
      case 'oneOfList': {
        const blocks = this.blocks(value, type, path);
        if (blocks.length !== 1)
          this.misfit(value, path, 'a list of one: the provider takes no more');
        return blocks[0];
      }
    }
  }

  private blocks(value: unknown, type: string, path: string) {
    return this.list(value, path).map((item, index) =>
      this.block(this.tree(item, `${path}[${index}]`), type, `${path}[${index}]`),
    );
  }

  private text(value: unknown, path: string): string {
    if (typeof value !== 'string') return this.misfit(value, path, 'a text', '');
    return escapeTemplate(value);
  }

  private number(value: unknown, path: string): number {
    return Number.isFinite(value) ? (value as number) : this.misfit(value, path, 'a number', 0);
  }

  private whole(value: unknown, path: string): number {
    return Number.isSafeInteger(value)
      ? (value as number)
      : this.misfit(value, path, 'a whole number', 0);
  }

  private mode(value: unknown, path: string): string {
    const bits = this.whole(value, path);
    if (bits >= 0 && bits <= 0o777) return `0${bits.toString(8)}`;
    return this.misfit(value, path, 'a mode of files, 0 to 511 (0777)', '');
  }

  private intOrString(value: unknown, path: string): string {
    if (typeof value === 'number') return `${this.whole(value, path)}`;
    const text = this.text(value, path);
    return /^-?\d+$/.test(text) ? this.misfit(value, path, 'a number, without quotes', '') : text;
  }

  private list(value: unknown, path: string): readonly unknown[] {
    return Array.isArray(value) ? value : this.misfit(value, path, 'a list', []);
  }

  private tree(value: unknown, path: string): object {
    return isTree(value) ? value : this.misfit(value, path, 'an object', {});
  }

  private misfit<T>(value: unknown, path: string, wanted: string, instead?: T): T {
    this.report(path, `must be ${wanted}; correct it, got: ${JSON.stringify(value)}`);
    return instead as T;
  }
}
