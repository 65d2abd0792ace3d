import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { UserError } from './errors';

/**
 * Writes files so that each is whole or not there: aside first, then all are renamed.
 * @throws UserError when one cannot be written; none is left then
 */
export function writeWhole(files: ReadonlyMap<string, string>): void {
  const aside = new Map([...files.keys()].map((file) => [file, `${file}.${process.pid}.tmp`]));
  try {
    for (const [file, temporary] of aside) writeFileSync(temporary, files.get(file) ?? '');
    for (const [file, temporary] of aside) renameSync(temporary, file);
  } catch (error) {
    for (const temporary of aside.values()) rmSync(temporary, { force: true });
    const { path, message } = error as NodeJS.ErrnoException;
    throw new UserError([`cannot write ${path ?? 'the report'}; ${message}`]);
  }
}
