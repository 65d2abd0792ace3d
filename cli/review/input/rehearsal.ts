import { UserError } from '../../errors';
import { readJson } from '../../read-json';
import type { Rehearsal } from '../../rehearse/report';

/** @throws UserError for what `aicc rehearse --json` has not written */
export function readRehearsal(file: string): Rehearsal {
  const remedy = 'make it with `aicc rehearse --json`';
  const rehearsal = readJson<Partial<Rehearsal> | null>(file, remedy);
  const { result, phases } = rehearsal ?? {};
  if ((result !== 'passed' && result !== 'failed') || !Array.isArray(phases)) {
    throw new UserError([`${file} is no rehearsal; ${remedy}`]);
  }
  return rehearsal as Rehearsal;
}
