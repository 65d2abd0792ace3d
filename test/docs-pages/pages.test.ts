import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { RISKS } from '../../cli/review/risks/registry';
import { PROOFS } from '../../constructs';
import { PAGES } from './pages';
import { PROOFS_FOLDER, reasonsIn } from './proofs';
import { RULES_FOLDER } from './risks';

test.each(Object.entries(PAGES).map(([file, page]) => [basename(file), file, page] as const))(
  '%s is what `npm run docs` makes',
  (_name, file, page) => {
    expect(readFileSync(file, 'utf8')).toBe(page());
  },
);

test.each([
  ['proof', PROOFS, PROOFS_FOLDER],
  ['risk', RISKS, RULES_FOLDER],
] as const)('every %s says why it is there', (_what, all, folder) => {
  const reasons = reasonsIn(folder);
  for (const { id } of all)
    expect([id, reasons.get(id) ?? '']).toEqual([id, expect.stringMatching(/\w.{30}/)]);
});
