import { join } from 'node:path';
import { FAMILIES } from './families';
import { modelsPage } from './models';
import { providerSchema } from './provider-schema';
import { type Family, rulesPage } from './rules';
import {
  capacitySchema,
  centreSchema,
  DATA_SCHEMAS,
  localizationSchema,
  reviewSchema,
} from './schemas';

const DOCS = join(__dirname, '../../docs');

/** Page of a family of rules. */
export function pageOf({ name }: Pick<Family, 'name'>): string {
  return join(DOCS, `${name}.md`);
}

/** Pages that are made from code, by file. */
export const PAGES: Readonly<Record<string, () => string>> = {
  [join(DOCS, 'models.md')]: modelsPage,
  [join(DOCS, 'capacity.schema.json')]: capacitySchema,
  [join(DOCS, 'localization.schema.json')]: localizationSchema,
  [join(DOCS, 'review.schema.json')]: reviewSchema,
  ...Object.fromEntries(
    FAMILIES.map((family) => [pageOf(family), () => rulesPage(family as Family)]),
  ),
  [join(__dirname, '../../core/kubernetes/provider-schema.json')]: providerSchema,
  [join(DOCS, '../core/schema/centre.schema.json')]: centreSchema,
  ...DATA_SCHEMAS,
};
