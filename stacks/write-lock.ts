import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes a file that is committed beside the data, where it has changed.
 * @returns whether it has
 */
export function writeLock(file: string, lock: object): boolean {
  const text = `${JSON.stringify(lock, null, 2)}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return false;
  writeFileSync(file, text);
  return true;
}
