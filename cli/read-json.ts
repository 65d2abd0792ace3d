import { readFileSync } from 'node:fs';
import { UserError } from './errors';

/** @throws UserError with the remedy when the file is missing or not whole */
export function readJson<T>(file: string, remedy: string): T {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UserError([`cannot read ${file}; ${remedy}`]);
  }
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new UserError([`${file} is not whole JSON; ${remedy}`]);
  }
}
