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

function isScalarList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);
}

function isLeaf(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return isScalarList(value) || (isTree(value) && Object.keys(value).length === 0);
}

function keyStep(key: string): string {
  return /^[\w-]+$/.test(key) ? key : `[${key}]`;
}

/** Where one side is undefined, every leaf of the other differs. */
function diffValues(before: unknown, after: unknown, found: Found[]): void {
  if (before === after) return;
  const alone = before === undefined ? after : after === undefined ? before : undefined;
  if (alone !== undefined && isLeaf(alone)) {
    found.push(before === undefined ? { path: '', after } : { path: '', before });
  } else if (every([before, after], isTree)) {
    diffMaps(before as Tree | undefined, after as Tree | undefined, found);
  } else if (every([before, after], Array.isArray)) {
    if (isScalarList(before) && isScalarList(after)) diffScalars(before, after, found);
    else diffLists(before as unknown[] | undefined, after as unknown[] | undefined, found);
  } else if (isLeaf(before) && isLeaf(after)) {
    found.push({ path: '', before, after });
  } else {
    diffValues(before, undefined, found);
    diffValues(undefined, after, found);
  }
}

/** Whether all that there is is of a kind. */
function every(sides: readonly unknown[], is: (side: unknown) => boolean): boolean {
  return sides.every((side) => side === undefined || is(side));
}

/** Compares below a step: paths are only written where something differs. */
function diffBelow(step: string, before: unknown, after: unknown, found: Found[]): void {
  const start = found.length;
  diffValues(before, after, found);
  for (const entry of found.slice(start)) {
    const { path } = entry;
    entry.path = path === '' || path.startsWith('[') ? `${step}${path}` : `${step}.${path}`;
  }
}

function diffMaps(before: Tree = {}, after: Tree = {}, found: Found[]): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    // A key by the name of `__proto__` is data like any other.
    const [was, is] = [before, after].map((side) =>
      Object.hasOwn(side, key) ? side[key] : undefined,
    );
    if (was !== is) diffBelow(keyStep(key), was, is, found);
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

function diffLists(
  before: readonly unknown[] = [],
  after: readonly unknown[] = [],
  found: Found[],
): void {
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
  for (const item of before) diffBelow(`[${item[key]}]`, item, later.get(item[key]), found);
  for (const item of after) {
    if (!earlier.has(item[key])) diffBelow(`[${item[key]}]`, undefined, item, found);
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
    const was = from === undefined ? undefined : before[from];
    const is = to === undefined ? undefined : after[to];
    diffBelow(`[${to ?? from}]`, was, is, found);
  }
}
