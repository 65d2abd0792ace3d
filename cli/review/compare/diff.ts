import { isTree, type Tree } from '../../../core/tree';

/** A leaf that differs; `before` or `after` is missing where there was, or is, nothing. */
export interface Difference {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Whether only the order of a list differs. @default false */
  readonly order?: boolean;
}

/** What tells the elements of a list of objects apart, the first that every element has. */
const KEYS = [
  'name',
  'mountPath',
  'containerPort',
  'port',
  'key',
  'alert',
  'record',
  'topologyKey',
  'type',
  'kind',
  'api_version',
];

/** While it is found: the path is written from its end. */
type Found = { -readonly [K in keyof Difference]: Difference[K] };

/**
 * Leaves that differ between two trees. A list of scalars is one leaf; elements of a list of objects
 * are matched by name, by equality, then by position, so that one more in front is one more and no
 * change of all.
 */
export function diffTrees(before: unknown, after: unknown): Difference[] {
  const found: Found[] = [];
  diffValues(before, after, found);
  return found;
}

/** Every leaf of what is only on one side. */
export function leavesOf(value: unknown, side: 'before' | 'after'): Difference[] {
  const found: Found[] = [];
  leaves(value, side, found);
  return found;
}

function isScalarList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);
}

function isLeaf(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return isScalarList(value) || (isTree(value) && Object.keys(value).length === 0);
}

/** Puts a step before the paths of what was found since: paths are only written where something differs. */
function below(step: string, found: Found[], start: number): void {
  for (let index = start; index < found.length; index++) {
    const entry = found[index] as Found;
    const { path } = entry;
    entry.path = path === '' || path.startsWith('[') ? `${step}${path}` : `${step}.${path}`;
  }
}

function keyStep(key: string): string {
  return /^[\w-]+$/.test(key) ? key : `[${key}]`;
}

function diffValues(before: unknown, after: unknown, found: Found[]): void {
  if (before === after) return;
  if (isTree(before) && isTree(after)) {
    diffMaps(before, after, found);
  } else if (Array.isArray(before) && Array.isArray(after)) {
    if (isScalarList(before) && isScalarList(after)) diffScalars(before, after, found);
    else diffLists(before, after, found);
  } else if (isLeaf(before) && isLeaf(after)) {
    found.push({ path: '', before, after });
  } else {
    leaves(before, 'before', found);
    leaves(after, 'after', found);
  }
}

function diffMaps(before: Tree, after: Tree, found: Found[]): void {
  for (const key of Object.keys(before)) {
    const start = found.length;
    // A key by the name of `__proto__` is data like any other.
    if (Object.hasOwn(after, key)) diffValues(before[key], after[key], found);
    else leaves(before[key], 'before', found);
    if (found.length > start) below(keyStep(key), found, start);
  }
  for (const key of Object.keys(after)) {
    if (Object.hasOwn(before, key)) continue;
    const start = found.length;
    leaves(after[key], 'after', found);
    below(keyStep(key), found, start);
  }
}

function diffScalars(before: readonly unknown[], after: readonly unknown[], found: Found[]): void {
  if (sameItems(before, after)) return;
  const sorted = (list: readonly unknown[]) => list.map((item) => JSON.stringify(item)).sort();
  const order = sameItems(sorted(before), sorted(after));
  found.push({ path: '', before, after, ...(order ? { order } : {}) });
}

function sameItems(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((item, index) => item === after[index]);
}

function keyOf(before: readonly unknown[], after: readonly unknown[]): string | undefined {
  return KEYS.find((key) =>
    [before, after].every((list) => {
      const values = list.map((item) => (isTree(item) ? item[key] : undefined));
      return (
        values.every((value) => typeof value === 'string' || typeof value === 'number') &&
        new Set(values).size === values.length
      );
    }),
  );
}

function diffLists(before: readonly unknown[], after: readonly unknown[], found: Found[]): void {
  const key = keyOf(before, after);
  const start = found.length;
  if (key !== undefined) diffByKey(before as Tree[], after as Tree[], key, found);
  else diffByPlace(before, after, found);
  if (found.length > start) return;
  const name = (item: unknown) => (key === undefined ? JSON.stringify(item) : (item as Tree)[key]);
  if (!sameItems(before.map(name), after.map(name))) {
    found.push({ path: '', before, after, order: true });
  }
}

function diffByKey(before: readonly Tree[], after: readonly Tree[], key: string, found: Found[]) {
  const later = new Map(after.map((item) => [item[key], item]));
  const earlier = new Set(before.map((item) => item[key]));
  for (const item of before) {
    const start = found.length;
    const other = later.get(item[key]);
    if (other) diffValues(item, other, found);
    else leaves(item, 'before', found);
    below(`[${item[key]}]`, found, start);
  }
  for (const item of after) {
    if (earlier.has(item[key])) continue;
    const start = found.length;
    leaves(item, 'after', found);
    below(`[${item[key]}]`, found, start);
  }
}

/** Equal elements are matched first, wherever they are; the others one by one. */
function diffByPlace(before: readonly unknown[], after: readonly unknown[], found: Found[]): void {
  const unmatched = new Map<string, number[]>();
  after.forEach((item, index) => {
    const text = JSON.stringify(item);
    unmatched.set(text, [...(unmatched.get(text) ?? []), index]);
  });
  const gone = before.flatMap((item, index) =>
    unmatched.get(JSON.stringify(item))?.shift() === undefined ? [index] : [],
  );
  const come = [...unmatched.values()].flat().sort((a, b) => a - b);
  for (let pair = 0; pair < Math.max(gone.length, come.length); pair++) {
    const [from, to] = [gone[pair], come[pair]];
    const start = found.length;
    if (from === undefined) leaves(after[to ?? 0], 'after', found);
    else if (to === undefined) leaves(before[from], 'before', found);
    else diffValues(before[from], after[to], found);
    below(`[${to ?? from}]`, found, start);
  }
}

function leaves(value: unknown, side: 'before' | 'after', found: Found[]): void {
  if (value === undefined) return;
  if (isLeaf(value)) {
    found.push({ path: '', [side]: value });
  } else if (Array.isArray(value)) {
    const key = keyOf(value, value);
    value.forEach((item, index) => {
      const start = found.length;
      leaves(item, side, found);
      below(`[${key ? (item as Tree)[key] : index}]`, found, start);
    });
  } else {
    for (const [key, item] of Object.entries(value as Tree)) {
      const start = found.length;
      leaves(item, side, found);
      below(keyStep(key), found, start);
    }
  }
}
