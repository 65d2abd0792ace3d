import { join } from 'node:path';
import { proofsPage } from './proofs';

const DOCS = join(__dirname, '../../docs');

/** Pages that are made from code, by file. */
export const PAGES: Readonly<Record<string, () => string>> = {
  [join(DOCS, 'proofs.md')]: proofsPage,
};
