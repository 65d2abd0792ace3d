import { basename, join } from 'node:path';
import { createGenerator, type SchemaGenerator } from 'ts-json-schema-generator';
import { REVIEW_SCHEMA } from '../../cli/review/review';
import { CAPACITY_SCHEMA } from '../../constructs';
import { LOCALIZATION_SCHEMA } from '../../core/localization-report';

const ROOT = join(__dirname, '../..');

/** One program for all types: to read the sources is most of the work. */
let generator: SchemaGenerator | undefined;

/** A type with its comments, as JSON Schema. */
export function schemaOf(title: string, type: string): string {
  generator ??= createGenerator({
    path: join(ROOT, '{core,cli}/**/*.ts'),
    tsconfig: join(ROOT, 'tsconfig.json'),
    // The compiler checks types in a step of its own.
    skipTypeCheck: true,
    encodeRefs: true,
  });
  return `${JSON.stringify({ title, ...generator.createSchema(type) }, null, 2)}\n`;
}

/** `docs/capacity.schema.json`. */
export function capacitySchema(): string {
  const title = `capacity.json, version ${CAPACITY_SCHEMA}`;
  return schemaOf(title, 'CapacityReport');
}

/** `docs/localization.schema.json`. */
export function localizationSchema(): string {
  const title = `localization.json, version ${LOCALIZATION_SCHEMA}`;
  return schemaOf(title, 'LocalizationReport');
}

/** `docs/review.schema.json`. */
export function reviewSchema(): string {
  const title = `aicc review --json, version ${REVIEW_SCHEMA}`;
  return schemaOf(title, 'ReviewReport');
}

/** Schemas of the data files, beside them: `$schema` of each points there, so that editors help. */
export const DATA_SCHEMAS: Readonly<Record<string, () => string>> = Object.fromEntries(
  (
    [
      ['core/accelerator/data/accelerators', 'AcceleratorsFile'],
      ['core/accelerator/data/mindcluster-releases', 'MindClusterReleasesFile'],
      ['core/accelerator/data/server-forms', 'ServerFormsFile'],
      ['core/catalogue/data/licences', 'LicencesFile'],
      ['core/catalogue/data/model-file', 'ModelFile'],
      ['core/catalogue/data/vllm-flags', 'VllmFlagsFile'],
      ['core/data-files/shared-texts', 'TextsFile'],
    ] as const
  ).map(([file, type]) => [
    join(ROOT, `${file}.schema.json`),
    () => schemaOf(basename(file), type),
  ]),
);
