import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';

export function isYaml(file: string): boolean {
  return /\.ya?ml$/.test(file);
}

/** A file as a terminal in this folder opens it. */
export function shortened(file: string): string {
  const path = relative('', file);
  return path.startsWith('..') ? file : path;
}

/** A YAML file with its positions. Its errors are those of the document. */
export function parseYaml(file: string): {
  readonly document: Document;
  /** Line, from 1, of an offset in the file. */
  readonly lineOf: (offset: number) => number;
} {
  const lineCounter = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), {
    lineCounter,
    prettyErrors: false,
    merge: true,
  });
  return { document, lineOf: (offset) => lineCounter.linePos(offset).line };
}
