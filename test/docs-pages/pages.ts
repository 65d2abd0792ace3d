import { join } from 'node:path';
import { modelsPage } from './models';
import { proofsPage } from './proofs';
import { risksPage } from './risks';
import { capacitySchema, centreSchema, localizationSchema, reviewSchema } from './schemas';

const DOCS = join(__dirname, '../../docs');

/** Pages that are made from code, by file. */
export const PAGES: Readonly<Record<string, () => string>> = {
  [join(DOCS, 'models.md')]: modelsPage,
  [join(DOCS, 'capacity.schema.json')]: capacitySchema,
  [join(DOCS, 'localization.schema.json')]: localizationSchema,
  [join(DOCS, 'review.schema.json')]: reviewSchema,
  [join(DOCS, '../core/schema/centre.schema.json')]: centreSchema,
  [join(DOCS, 'proofs.md')]: proofsPage,
  [join(DOCS, 'risks.md')]: risksPage,
};
