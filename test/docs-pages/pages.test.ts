import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import Ajv from 'ajv';
import { ACCELERATORS, allModels, SERVER_FORMS } from '../../constructs';
import { FAMILIES } from './families';
import { PAGES, pageOf } from './pages';
import type { Family } from './rules';
import { schemaOf } from './schemas';

test.each(Object.entries(PAGES).map(([file, page]) => [basename(file), file, page] as const))(
  '%s is what `npm run docs` makes',
  (_name, file, page) => {
    expect(readFileSync(file, 'utf8')).toBe(page());
  },
);

const families = FAMILIES.map((family) => [family.one, family as Family] as const);

test.each(families)('every %s says why it is there', (_one, { rules }) => {
  for (const { id, title, why } of rules) {
    expect([id, title]).toEqual([id, expect.stringMatching(/^[^.\n]+$/)]);
    expect([id, why]).toEqual([id, expect.stringMatching(/^[^\n]*\w.{20}[^\n]*\.$/)]);
  }
});

test.each(families)(
  'every %s has an id of its own, in order, and its place on the page',
  (_one, family) => {
    const ids = family.rules.map(({ id }) => id);
    for (const id of ids) expect(id).toMatch(/^AICC-[A-Z]+-\d{3}$/);
    expect(ids).toEqual([...new Set(ids)].sort());
    const headings = readFileSync(pageOf(family), 'utf8').match(/(?<=^##+ )AICC-.*$/gm);
    expect(headings).toEqual(family.rules.map(({ id, title }) => `${id}: ${title}`));
  },
);

test.each(families)('every %s has something that it was tried with', (_one, { rules, example }) => {
  for (const rule of rules) expect(example(rule)).toMatch(/\w/);
});

test('no id is that of two families', () => {
  const ids = FAMILIES.flatMap(({ rules }) => rules.map(({ id }) => id));
  expect(ids.length).toBe(new Set(ids).size);
  expect(ids.length).toBeGreaterThan(100);
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
