import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expandTexts, type Texts } from './texts';

/** What every data file has. */
export interface DataFile {
  /** Where the editor finds what the file may hold. */
  readonly $schema: string;
  /** What a reader should know of the whole file. */
  readonly note?: string;
  /** Texts that sources and reasons of the file quote by name, besides those of `data-files/shared-texts.json`. */
  readonly texts?: Texts;
}

/** Texts that several files quote, documents with their commits and reasons: what `shared-texts.json` holds. */
export interface TextsFile extends DataFile {
  readonly texts: Texts;
}

let shared: Texts | undefined;

/**
 * Reads a data file of this package, its sources and reasons written out.
 * @throws ValidationError where a source or a reason quotes what no text is called
 */
export function readData<T extends DataFile>(...path: string[]): T {
  shared ??= parse<TextsFile>(join(__dirname, 'shared-texts.json')).texts;
  const file = join(...path);
  const { texts, ...data } = parse<T>(file);
  expandTexts(data, { ...shared, ...texts }, path.at(-1) ?? file);
  return data as T;
}

function parse<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
