/** A leaf that differs; `before` or `after` is missing where there was, or is, nothing. */
export interface Difference {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Whether only the order of a list differs. @default false */
  readonly order?: boolean;
}

type Tree = Readonly<Record<string, unknown>>;

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

/**
 * Leaves that differ between two trees. A list of scalars is one leaf; elements of a list of objects
 * are matched by name, by equality, then by position, so that one more in front is one more and no
 * change of all.
 */
export function diffTrees(before: unknown, after: unknown): Difference[] {
  const found: Difference[] = [];
  diffValues(before, after, '', found);
  return found;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

function isScalarList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);
}

function isLeaf(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return isScalarList(value) || (isTree(value) && isEmpty(value));
}

function diffValues(before: unknown, after: unknown, path: string, found: Difference[]): void {
  if (before === after) return;
  if (isTree(before) && isTree(after)) {
    diffMaps(before, after, path, found);
  } else if (isScalarList(before) && isScalarList(after)) {
    diffScalars(before, after, path, found);
  } else if (Array.isArray(before) && Array.isArray(after)) {
    diffLists(before, after, path, found);
  } else if (isLeaf(before) && isLeaf(after)) {
    found.push({ path, before, after });
  } else {
    leaves(before, path, 'before', found);
    leaves(after, path, 'after', found);
  }
}

function diffMaps(before: Tree, after: Tree, path: string, found: Difference[]): void {
  // A key by the name of `__proto__` is data like any other.
  const has = (tree: Tree, key: string) => Object.hasOwn(tree, key);
  for (const key of Object.keys(before)) {
    const at = join(path, key);
    if (has(after, key)) diffValues(before[key], after[key], at, found);
    else leaves(before[key], at, 'before', found);
  }
  for (const key of Object.keys(after)) {
    if (!has(before, key)) leaves(after[key], join(path, key), 'after', found);
  }
}

function join(path: string, key: string): string {
  if (/^[\w-]+$/.test(key)) return path === '' ? key : `${path}.${key}`;
  return `${path}[${key}]`;
}

function diffScalars(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
  found: Difference[],
): void {
  if (sameItems(before, after)) return;
  const sorted = (list: readonly unknown[]) => list.map((item) => JSON.stringify(item)).sort();
  const order = sameItems(sorted(before), sorted(after));
  found.push({ path, before, after, ...(order ? { order } : {}) });
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

function diffLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
  found: Difference[],
): void {
  const key = keyOf(before, after);
  const start = found.length;
  if (key !== undefined) diffByKey(before as Tree[], after as Tree[], key, path, found);
  else diffByPlace(before, after, path, found);
  if (found.length > start) return;
  const name = (item: unknown) => (key === undefined ? JSON.stringify(item) : (item as Tree)[key]);
  if (!sameItems(before.map(name), after.map(name))) {
    found.push({ path, before, after, order: true });
  }
}

function diffByKey(
  before: readonly Tree[],
  after: readonly Tree[],
  key: string,
  path: string,
  found: Difference[],
): void {
  const later = new Map(after.map((item) => [item[key], item]));
  const earlier = new Set(before.map((item) => item[key]));
  for (const item of before) {
    const at = `${path}[${item[key]}]`;
    const other = later.get(item[key]);
    if (other) diffValues(item, other, at, found);
    else leaves(item, at, 'before', found);
  }
  for (const item of after) {
    if (!earlier.has(item[key])) leaves(item, `${path}[${item[key]}]`, 'after', found);
  }
}

/** Equal elements are matched first, wherever they are; the others one by one. */
function diffByPlace(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
  found: Difference[],
): void {
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
    const at = `${path}[${to ?? from}]`;
    if (from === undefined) leaves(after[to ?? 0], at, 'after', found);
    else if (to === undefined) leaves(before[from], at, 'before', found);
    else diffValues(before[from], after[to], at, found);
  }
}

/** Every leaf of what is only on one side. */
export function leaves(
  value: unknown,
  path: string,
  side: 'before' | 'after',
  found: Difference[],
): void {
  if (value === undefined) return;
  if (isTree(value) && !isEmpty(value)) {
    for (const [key, item] of Object.entries(value)) leaves(item, join(path, key), side, found);
  } else if (Array.isArray(value) && !isLeaf(value)) {
    const key = keyOf(value, value);
    value.forEach((item, index) => {
      leaves(item, `${path}[${key ? (item as Tree)[key] : index}]`, side, found);
    });
  } else {
    found.push({ path, [side]: value });
  }
}
