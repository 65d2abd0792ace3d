import { ValidationError } from '../errors';
import { lookup } from '../lookup';

/** What every entry of a data file may have. */
export interface Entry {
  /** Name of another entry: this one has its keys, too, but for those that it gives itself. */
  readonly extends?: string;
  /** What a reader should know. */
  readonly note?: string;
}

/**
 * An entry with the keys of those that it extends.
 * @param named the entries that may be extended
 * @param path where the entry is, for messages
 * @throws ValidationError where it extends what is not there, or itself
 */
export function inherit<T extends Entry>(
  entry: T,
  named: Readonly<Record<string, T>>,
  path: string,
  below: readonly string[] = [],
): Omit<T, keyof Entry> {
  const { extends: base, note, ...own } = entry;
  if (base === undefined) return own;
  const found = lookup(named, base);
  if (found === undefined) {
    const names = Object.keys(named).join(', ');
    const message = `extends what is not there; ${names ? `use one of ${names}` : 'remove it'}, got: '${base}'`;
    throw new ValidationError([{ path, message }]);
  }
  if (below.includes(base)) {
    const message = `extends itself; remove one of them, got: ${[...below, base].join(' → ')}`;
    throw new ValidationError([{ path, message }]);
  }
  return { ...inherit(found, named, path, [...below, base]), ...own };
}

/**
 * All entries of a file with the keys of those that they extend, each with its name as `id`.
 * @param shared what they may extend besides each other
 * @param path of the file, for messages
 */
export function inheritAll<Id extends string, T extends { readonly id: Id }>(
  entries: Readonly<Record<Id, Entry>>,
  shared: Readonly<Record<string, Entry>> | undefined,
  path: string,
): Readonly<Record<Id, T>> {
  const named = { ...shared, ...entries };
  return Object.fromEntries(
    Object.entries<Entry>(entries).map(([id, entry]) => [
      id,
      { id, ...inherit(entry, named, `${path}: ${id}`) },
    ]),
  ) as unknown as Record<Id, T>;
}
