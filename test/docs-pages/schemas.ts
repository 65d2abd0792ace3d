import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import { REVIEW_SCHEMA } from '../../cli/review/review';
import { CAPACITY_SCHEMA } from '../../constructs';
import { LOCALIZATION_SCHEMA } from '../../core/localization-report';

const ROOT = join(__dirname, '../..');

/** A type with its comments, as JSON Schema. */
function schemaOf(title: string, file: string, type: string): string {
  const schema = createGenerator({
    path: join(ROOT, file),
    tsconfig: join(ROOT, 'tsconfig.json'),
    type,
    // The compiler checks types in a step of its own.
    skipTypeCheck: true,
    encodeRefs: true,
  }).createSchema(type);
  return `${JSON.stringify({ title, ...schema }, null, 2)}\n`;
}

/** `docs/capacity.schema.json`. */
export function capacitySchema(): string {
  const title = `capacity.json, version ${CAPACITY_SCHEMA}`;
  return schemaOf(title, 'core/capacity/report.ts', 'CapacityReport');
}

/** `docs/localization.schema.json`. */
export function localizationSchema(): string {
  const title = `localization.json, version ${LOCALIZATION_SCHEMA}`;
  return schemaOf(title, 'core/localization-report.ts', 'LocalizationReport');
}

/** `docs/review.schema.json`. */
export function reviewSchema(): string {
  const title = `aicc review --json, version ${REVIEW_SCHEMA}`;
  return schemaOf(title, 'cli/review/report/json.ts', 'ReviewReport');
}
