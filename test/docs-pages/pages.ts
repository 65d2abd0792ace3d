import { join } from 'node:path';
import { modelsPage } from './models';
import { proofsPage } from './proofs';

const DOCS = join(__dirname, '../../docs');

/** Pages that are made from code, by file. */
export const PAGES: Readonly<Record<string, () => string>> = {
  [join(DOCS, 'models.md')]: modelsPage,
  [join(DOCS, 'proofs.md')]: proofsPage,
};
