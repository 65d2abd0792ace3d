import { join } from 'node:path';
import {
  LOCALIZATION_FILE,
  LOCALIZATION_SCHEMA,
  type LocalizationReport,
} from '../../core/localization-report';
import { UserError } from '../errors';
import { readJson } from '../read-json';

/** @throws UserError when nothing was synthesized, or by another release */
export function readLocalization(output: string): LocalizationReport {
  const file = join(output, LOCALIZATION_FILE);
  const report = readJson<LocalizationReport>(file, 'run `npm start` first');
  if (report.schemaVersion === LOCALIZATION_SCHEMA) return report;
  throw new UserError([
    `${file} must have schemaVersion ${LOCALIZATION_SCHEMA}; synthesize with this release, got: ${report.schemaVersion}`,
  ]);
}
