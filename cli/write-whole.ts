import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { UserError } from './errors';

/**
 * Writes files so that each is whole or not there: aside first, then all are renamed.
 * @throws UserError when one cannot be written; none is left half-written
 */
export function writeWhole(files: ReadonlyMap<string, string>): void {
  const aside = new Map([...files.keys()].map((file) => [file, `${file}.${process.pid}.tmp`]));
  for (const name of files.keys()) {
    // A rename would fail when the others are done.
    if (statSync(name, { throwIfNoEntry: false })?.isDirectory())
      throw new UserError([`cannot write ${name}; name a file, got: a folder`]);
  }
  let file = '';
  try {
    for (const [name, temporary] of aside) {
      file = name;
      writeFileSync(temporary, files.get(name) ?? '');
    }
    for (const [name, temporary] of aside) {
      file = name;
      renameSync(temporary, name);
    }
  } catch (error) {
    for (const temporary of aside.values()) rmSync(temporary, { force: true });
    throw new UserError([
      `cannot write ${file}; name a file in a folder that is there, got: ${(error as NodeJS.ErrnoException).code}`,
    ]);
  }
}
