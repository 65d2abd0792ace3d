import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import Ajv from 'ajv';
import { RISKS } from '../../cli/review/risks/registry';
import { ACCELERATORS, allModels, PROOFS, SERVER_FORMS } from '../../constructs';
import { PAGES } from './pages';
import { PROOFS_FOLDER, reasonsIn } from './proofs';
import { RULES_FOLDER } from './risks';
import { schemaOf } from './schemas';

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

// A data file may leave out what it inherits: only what is loaded shows that nothing is missing.
test.each([
  ['Accelerator', Object.values(ACCELERATORS)],
  ['ServerForm', Object.values(SERVER_FORMS)],
  ['Model', allModels()],
])('each %s of the data files is whole', (type, loaded) => {
  const valid = new Ajv({ allErrors: true }).compile(JSON.parse(schemaOf(type, type)));
  expect(loaded.length).toBeGreaterThan(5);
  for (const one of loaded) {
    valid(one);
    expect([one.id, valid.errors ?? []]).toEqual([one.id, []]);
  }
});
