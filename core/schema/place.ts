import type { Schema } from './schema';

/** Where in a value the check is, and what messages call it. */
export interface Place {
  /** Keys and indices from the checked value on. */
  readonly path: readonly (string | number)[];
  /** `storage.totalGib`, `pool 'npu'`; empty for the checked value itself. */
  readonly name: string;
  /** What stands between the name and a key below it. */
  readonly separator: '.' | ': ';
  /** What an object is called by its schema: `pool`. */
  readonly title?: string;
  /** Whether it is one of a list, which has the name. */
  readonly listed?: boolean;
}

export const ROOT: Place = { path: [], name: '', separator: '.' };

/** A key of an object; that of its name is told by what it names. */
export function keyOf(at: Place, key: string): Place {
  const name =
    key === 'name' && at.listed && at.title !== undefined
      ? `name of the ${at.title}`
      : at.name === ''
        ? key
        : `${at.name}${at.separator}${key}`;
  return { path: [...at.path, key], name, separator: '.' };
}

/** An entry of a record, whose keys are the user's. */
export function entryOf(at: Place, key: string): Place {
  return { path: [...at.path, key], name: `${at.name} of ${key}`, separator: ': ' };
}

/** An item of a list: told by its name where it has one. */
export function itemOf(at: Place, index: number, { title }: Schema, item: unknown): Place {
  const path = [...at.path, index];
  if (typeof item !== 'object' || item === null)
    return { path, name: at.name, separator: '.', listed: true };
  const named = 'name' in item && typeof item.name === 'string' && title !== undefined;
  return named
    ? { path, name: `${title} '${item.name}'`, separator: ': ', title, listed: true }
    : { path, name: `${at.name}[${index}]`, separator: '.', listed: true };
}
