import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { PROOFS } from '../../constructs';
import { PAGES } from './pages';
import { proofReasons } from './proofs';

test.each(Object.entries(PAGES).map(([file, page]) => [basename(file), file, page] as const))(
  '%s is what `npm run docs` makes',
  (_name, file, page) => {
    expect(readFileSync(file, 'utf8')).toBe(page());
  },
);

test('every proof says why it is there', () => {
  const reasons = proofReasons();
  for (const { id } of PROOFS)
    expect([id, reasons.get(id) ?? '']).toEqual([id, expect.stringMatching(/\w.{30}/)]);
});
