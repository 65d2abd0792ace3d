import { isTree } from '../../../core/tree';
import type { PlannedChange } from '../input/plan';
import type { AttributeChange } from './change';
import { isMasked, mask } from './sensitive';
import type { Attributes } from './view';

/** How a value is written that Terraform does not know yet. */
export const UNKNOWN = '(known after apply)';

/** Both sides of a planned change, ready to be compared. */
export interface PlannedValues {
  readonly before?: Attributes;
  readonly after?: Attributes;
  /** What nobody wrote and the cluster will set: counted, and on neither side. */
  readonly unknown: readonly AttributeChange[];
  /** What Terraform marks as sensitive, as it was before it was masked. */
  readonly marked: readonly unknown[];
}

/**
 * Values of a planned change: sensitive ones masked, nulls and empty blocks left out. Where a value is
 * not known, `UNKNOWN` stands if somebody wrote it (as a reference); otherwise it is on neither side.
 *
 * @param expressions what the configuration says of the resource
 */
export function plannedValues(
  change: PlannedChange['change'],
  expressions: unknown,
): PlannedValues {
  const unknown: AttributeChange[] = [];
  const marked: unknown[] = [];
  const { after_unknown, before_sensitive, after_sensitive } = change;
  // What is sensitive on one side only is a secret on both: a mark that goes says nothing of the value.
  const sensitive = either(before_sensitive, after_sensitive);
  const before = change.before && hide(change.before, sensitive, marked);
  const after = change.after && hide(change.after, sensitive, marked);
  const filled = after && fill(after, after_unknown, expressions, '', unknown);
  const paths = unknown.map(({ path }) => path);
  const known = before && without(before, new Set(paths), '');
  return {
    ...(known ? { before: pruned(known) as Attributes } : {}),
    ...(filled ? { after: pruned(filled) as Attributes } : {}),
    unknown,
    marked,
  };
}

function either(before: unknown, after: unknown): unknown {
  if (before === true || after === true) return true;
  if (Array.isArray(before) && Array.isArray(after)) {
    const longer = before.length > after.length ? before : after;
    return longer.map((_, index) => either(before[index], after[index]));
  }
  if (!isTree(before) || !isTree(after)) return before || after;
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries([...keys].map((key) => [key, either(before[key], after[key])]));
}

/** @param marked where values are put that are masked */
function hide(value: unknown, sensitive: unknown, marked: unknown[]): unknown {
  if (sensitive === true) {
    if (value === null) return null;
    marked.push(value);
    return mask(value);
  }
  if (Array.isArray(value) && Array.isArray(sensitive)) {
    return value.map((item, index) => hide(item, sensitive[index], marked));
  }
  if (isTree(value) && isTree(sensitive)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, hide(item, sensitive[key], marked)]),
    );
  }
  return value;
}

function join(path: string, key: string | number): string {
  return path === '' ? `${key}` : `${path}.${key}`;
}

/** Puts `UNKNOWN` where somebody wrote what is not known; takes note of the other places. */
function fill(
  value: unknown,
  isUnknown: unknown,
  written: unknown,
  path: string,
  unknown: AttributeChange[],
): unknown {
  if (isUnknown === true) {
    if (isReference(written)) return UNKNOWN;
    unknown.push({ path, after: UNKNOWN, treatment: 'folded', fold: 'known after apply' });
    return undefined;
  }
  if (isMasked(value)) return value;
  if (Array.isArray(isUnknown)) {
    const items = Array.isArray(value) ? value : [];
    const writtenItems = Array.isArray(written) ? written : [written];
    return isUnknown.map((item, index) =>
      fill(items[index], item, writtenItems[index], join(path, index), unknown),
    );
  }
  if (!isTree(isUnknown)) return value;
  const tree: Record<string, unknown> = isTree(value) ? { ...value } : {};
  for (const [key, item] of Object.entries(isUnknown)) {
    // Of an object that is one expression, a reference anywhere in it may be what is unknown.
    const below = isReference(written) ? written : isTree(written) ? written[key] : undefined;
    const filled = fill(tree[key], item, below, join(path, key), unknown);
    if (filled === undefined) delete tree[key];
    else tree[key] = filled;
  }
  return tree;
}

/** Terraform says of an attribute `{ constant_value }` or `{ references }`; of a block, what is in it. */
function isReference(written: unknown): boolean {
  return isTree(written) && Array.isArray(written.references) && written.references.length > 0;
}

function without(value: unknown, paths: ReadonlySet<string>, path: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => without(item, paths, join(path, index)));
  }
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !paths.has(join(path, key)))
      .map(([key, item]) => [key, without(item, paths, join(path, key))]),
  );
}

/**
 * Without what the provider fills in where nobody wrote anything: nulls, empty lists and maps, and empty
 * texts of blocks (a map keeps them: a label may have no value). What `kubernetes_manifest` writes stays
 * as it is: there `{}` has a meaning of its own.
 */
function pruned(value: unknown, key = '', inMap = false): unknown {
  if (Array.isArray(value)) {
    return value.filter((item) => item != null).map((item) => pruned(item));
  }
  if (!isTree(value) || key === 'manifest') return value;
  return Object.fromEntries(
    Object.entries(value)
      // A block is an element of a list; a map is not.
      .map(([name, item]) => [name, pruned(item, name, true)] as const)
      .filter(([, item]) => item != null && (item !== '' || inMap))
      .filter(([, item]) => typeof item !== 'object' || Object.keys(item as object).length > 0),
  );
}
