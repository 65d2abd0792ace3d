import { isMaskedName, secretsIn } from '../../../core/secrets';
import type { Tree } from '../../../core/tree';
import { isMasked, mask } from './sensitive';

/** Whether it is worth looking for names of secrets in a text. */
const MAY_NAME = /pass|pwd|token|secret|credential|key|authorization|cookie|bearer|conn/i;

/** `--api-key x`, `TOKEN=x`, `password: x`, `"secret":"x"` in a line of a shell or a file. */
const NAMED =
  /(--?[a-z][\w-]*[= ]+["']?|[a-z_][\w.-]*\\?["']?\s*(?<![=!<>])[:=](?![=~])\s*\\?["']?)([^\s"'`,;{}()[\]\\]+)/gi;

const BEARER = /\b((?:bearer|basic) )([\w.~+/=-]{6,})/gi;

/** Letters and digits: what stands behind the name of a secret may also be a word. */
const NO_WORD = /[a-z].*\d|\d.*[a-z]/i;

/** A variable stands for a secret and is none; nor are signs, as at the head of a block of YAML. */
const NO_SECRET = /^(\$\w*|true|false|null|none|[^a-z0-9]{1,2})$/i;

/** What an object is called is no secret, even where a secret reads the same. */
const NEVER = new Set(['name', 'namespace', 'kind', 'apiVersion']);
const OBJECT_NAME = /^[\w./-]+$/;

const SECRET_TYPE = /^kubernetes_secret(_|$)/;
const SECRET_DATA = /^(data|string_?data|binary_?data|data_?wo)$/i;

const FLAG = /^(--?[A-Za-z][\w-]*)=(.*)$/s;

/** Shorter values are too common to be looked for elsewhere. */
const SHORTEST_SPREAD = 8;

/** The secrets of everything that is reviewed, as a value: learned first, masked afterwards. */
export interface Secrets {
  /** Whether there is any: mostly there is none. */
  readonly any: boolean;
  /** Finds the long ones, also in base64, wherever else they stand. @default - none is long enough */
  readonly pattern?: RegExp;
}

/** Attributes of a resource of a Terraform type. */
export interface Learnable {
  readonly type: string;
  readonly tree: Tree;
  /** A tree that is learned, too: objects that are in both are not looked at again. @default - none */
  readonly learned?: Tree;
}

/**
 * What is sensitive in trees of attributes: data of Secrets, values whose name says so, private keys, URLs
 * with a password.
 * @param marked values that Terraform says are sensitive, with all that is in them
 */
export function secretsOf(trees: readonly Learnable[], marked: readonly unknown[]): Secrets {
  const texts = new Set<string>();
  let any = false;
  const walk = new Walk((value, sure) => {
    any = true;
    for (const text of spreadOf(value, sure)) texts.add(text);
  });
  for (const value of marked) walk.all(value);
  for (const { type, tree, learned } of trees) walk.tree(tree, isSecret(type, tree), learned);
  if (texts.size === 0) return { any };
  const escaped = [...texts].map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return { any, pattern: new RegExp(escaped.join('|')) };
}

/** The same tree without secrets; itself where it has none. */
export function maskTree<T extends Tree>(type: string, tree: T, secrets: Secrets): T {
  if (!secrets.any) return tree;
  return new Walk(() => {}, secrets.pattern).tree(tree, isSecret(type, tree)) as T;
}

/**
 * Texts that stand for one secret wherever they are: itself and what it is in base64, both ways.
 * @param sure false where a word of a language may be one, too: it would be masked wherever it stands
 */
function spreadOf(value: unknown, sure: boolean): string[] {
  if (typeof value !== 'string' || isMasked(value)) return [];
  const [, , bare] = /^(bearer|basic) (.+)$/is.exec(value) ?? [];
  const texts = bare ? spreadOf(bare, sure) : [];
  if (value.length < SHORTEST_SPREAD || !(sure || NO_WORD.test(value))) return texts;
  texts.push(value, Buffer.from(value).toString('base64'));
  const decoded = Buffer.from(value, 'base64').toString();
  if (decoded.length >= SHORTEST_SPREAD && !decoded.includes('\ufffd')) texts.push(decoded);
  return texts;
}

/** Goes through a tree, tells of every secret in it and puts a mask in its place. */
class Walk {
  constructor(
    private readonly found: (value: unknown, sure: boolean) => void,
    private readonly pattern?: RegExp,
  ) {}

  private add(value: unknown, sure = true): string {
    this.found(value, sure);
    return mask(value);
  }

  private walk(value: unknown, name: string, learned?: unknown): unknown {
    if (value === learned && typeof value === 'object') return value;
    if (typeof value === 'string') return this.text(value, name);
    if (typeof value === 'number' && isMaskedName(name, 'attribute')) return this.add(value);
    if (Array.isArray(value)) return this.list(value, name, learned);
    if (typeof value !== 'object' || value === null) return value;
    const tree = value as Tree;
    return this.tree(tree, isSecret('', tree), learned);
  }

  /** The tree itself where nothing in it is masked: most have no secret, and there are many. */
  tree(tree: Tree, secret: boolean, learned?: unknown): Tree {
    let copy: Record<string, unknown> | undefined;
    // `{ name: 'API_KEY', value: 'x' }`: an environment variable.
    const named = typeof tree.name === 'string' && isMaskedName(tree.name, 'argument');
    for (const key of Object.keys(tree)) {
      const whole = (secret && SECRET_DATA.test(key)) || (named && key === 'value');
      const item = whole
        ? this.all(tree[key])
        : this.walk(tree[key], key, (learned as Tree | undefined)?.[key]);
      if (item === tree[key]) continue;
      copy ??= { ...tree };
      copy[key] = item;
    }
    return copy ?? tree;
  }

  private text(value: string, name: string): string {
    if (value === '' || isMasked(value)) return value;
    // `sk-` may also be how an object is called.
    const found = NEVER.has(name) && OBJECT_NAME.test(value) ? [] : secretsIn(value);
    for (const secret of found) this.add(secret);
    if (found.length > 0 || isMaskedName(name, 'attribute')) return this.add(value);
    if (this.pattern?.test(value) && !NEVER.has(name)) return mask(value);
    return MAY_NAME.test(value) ? this.parts(value) : value;
  }

  /** Text in which only what has the name of a secret is masked. */
  private parts(value: string): string {
    const hide = (whole: string, name: string, secret: string) =>
      NO_SECRET.test(secret) || isMasked(secret) ? whole : `${name}${this.add(secret, false)}`;
    return value
      .replace(BEARER, hide)
      .replace(NAMED, (whole, given: string, secret: string, at: number) => {
        const name = given.replace(/[^\w-]+$/, '');
        // A word of a shell: a flag, or an assignment.
        const isWord = /^[\s"']?$/.test(value.charAt(at - 1));
        const isArgument = isWord && (given.startsWith('-') || given.startsWith(`${name}=`));
        return isMaskedName(name, isArgument ? 'argument' : 'attribute')
          ? hide(whole, given, secret)
          : whole;
      });
  }

  private list(items: readonly unknown[], name: string, learned?: unknown): unknown {
    let copy: unknown[] | undefined;
    items.forEach((item, index) => {
      const masked =
        typeof item === 'string'
          ? (this.flag(item, items[index - 1]) ?? this.text(item, name))
          : this.walk(item, name, Array.isArray(learned) ? learned[index] : undefined);
      if (masked === item) return;
      copy ??= [...items];
      copy[index] = masked;
    });
    return copy ?? items;
  }

  /** `--api-key=x`, or `--api-key` and then `x`. @returns undefined for anything else */
  private flag(item: string, before: unknown): string | undefined {
    if (item.startsWith('-')) {
      const [, name, given] = FLAG.exec(item) ?? [];
      if (name && given && isMaskedName(name, 'argument')) return `${name}=${this.add(given)}`;
    }
    const flagBefore = typeof before === 'string' && /^--?[A-Za-z][\w-]*$/.test(before);
    return flagBefore && isMaskedName(before, 'argument') ? this.add(item) : undefined;
  }

  /** Masks a value with all that is in it. */
  all(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return this.add(value);
    if (Array.isArray(value)) return value.map((item) => this.all(item));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.all(item)]));
  }
}

/** Whether a tree is a Secret, by its Terraform type or as an object of Kubernetes. */
function isSecret(type: string, tree: Tree): boolean {
  return SECRET_TYPE.test(type) || (tree.kind === 'Secret' && 'metadata' in tree);
}
