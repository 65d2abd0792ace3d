import { join } from 'node:path';
import { modelsPage } from './models';
import { proofsPage } from './proofs';
import { providerSchema } from './provider-schema';
import { risksPage } from './risks';
import { capacitySchema, localizationSchema, reviewSchema } from './schemas';

const DOCS = join(__dirname, '../../docs');

/** Pages and data that are made from code, by file. */
export const PAGES: Readonly<Record<string, () => string>> = {
  [join(DOCS, 'models.md')]: modelsPage,
  [join(DOCS, 'capacity.schema.json')]: capacitySchema,
  [join(DOCS, 'localization.schema.json')]: localizationSchema,
  [join(DOCS, 'review.schema.json')]: reviewSchema,
  [join(DOCS, 'proofs.md')]: proofsPage,
  [join(DOCS, 'risks.md')]: risksPage,
  [join(__dirname, '../../core/kubernetes/provider-schema.json')]: providerSchema,
};
