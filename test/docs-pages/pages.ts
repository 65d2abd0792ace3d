import { join } from 'node:path';
import { capacitySchema } from './capacity-schema';
import { modelsPage } from './models';
import { proofsPage } from './proofs';

const DOCS = join(__dirname, '../../docs');

/** Pages that are made from code, by file. */
export const PAGES: Readonly<Record<string, () => string>> = {
  [join(DOCS, 'models.md')]: modelsPage,
  [join(DOCS, 'capacity.schema.json')]: capacitySchema,
  [join(DOCS, 'proofs.md')]: proofsPage,
};
