import { join } from 'node:path';
import { CAPACITY_FILE, CAPACITY_SCHEMA, type CapacityReport } from '../core/capacity';
import { UserError } from './errors';
import { readJson } from './read-json';

/** @throws UserError when nothing was synthesized, or by another release */
export function readCapacity(output: string): CapacityReport {
  const file = join(output, CAPACITY_FILE);
  const report = readJson<CapacityReport | null>(file, 'run `npm start` first');
  if (report?.schemaVersion === CAPACITY_SCHEMA) return report;
  throw new UserError([
    `${file} must have schemaVersion ${CAPACITY_SCHEMA}; synthesize with this release, got: ${report?.schemaVersion}`,
  ]);
}
