/** The entry of a key that a user gave: what every object has (`constructor`) is no entry. */
export function lookup<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
