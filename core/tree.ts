/** An object of JSON. */
export type Tree = Readonly<Record<string, unknown>>;

/** Whether a value of JSON is an object: no list, and not `null`. */
export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
