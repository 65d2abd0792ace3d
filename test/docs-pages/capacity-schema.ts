import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import { CAPACITY_SCHEMA } from '../../constructs';

const ROOT = join(__dirname, '../..');

/** `docs/capacity.schema.json`: the type `CapacityReport` with its comments, as JSON Schema. */
export function capacitySchema(): string {
  const schema = createGenerator({
    path: join(ROOT, 'constructs/capacity/report.ts'),
    tsconfig: join(ROOT, 'tsconfig.json'),
    type: 'CapacityReport',
    // The compiler checks types in a step of its own.
    skipTypeCheck: true,
    encodeRefs: true,
  }).createSchema('CapacityReport');
  return `${JSON.stringify({ title: `capacity.json, version ${CAPACITY_SCHEMA}`, ...schema }, null, 2)}\n`;
}
