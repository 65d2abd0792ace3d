import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';

const ROOT = join(__dirname, '../../..');

/** What vLLM takes as JSON, and names of variables: theirs, not ours. */
const OPEN = /(Config|Prompt|Overrides)$/;

const FILES = readdirSync(join(ROOT, 'core'), { recursive: true, encoding: 'utf8' })
  // The table of the provider's fields is made, not written.
  .filter((file) => /\.json$/.test(file) && !/(\.|provider-)schema\.json$/.test(file))
  .map((file) => join('core', file));

const ajv = new Ajv({ allErrors: true });
const compiled = new Map<string, ValidateFunction>();

function read(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The schema that a data file names. */
function schemaOf(file: string): ValidateFunction {
  const schema = join(dirname(join(ROOT, file)), read(join(ROOT, file)).$schema);
  const known = compiled.get(schema) ?? ajv.compile(read(schema));
  compiled.set(schema, known);
  return known;
}

/** All objects of a value whose keys are ours, with their paths. */
function objects(value: unknown, path: string): [string, Record<string, unknown>][] {
  if (value === null || typeof value !== 'object') return [];
  const here: [string, Record<string, unknown>][] = Array.isArray(value)
    ? []
    : [[path, value as Record<string, unknown>]];
  return [
    ...here,
    ...Object.entries(value).flatMap(([key, below]) =>
      OPEN.test(key) ? [] : objects(below, `${path}.${key}`),
    ),
  ];
}

test('all data of the core is under test', () => {
  expect(FILES.length).toBeGreaterThan(25);
  expect(FILES).toEqual(
    expect.arrayContaining([
      'core/accelerator/data/accelerators.json',
      'core/catalogue/data/models/deepseek.json',
      'core/data-files/shared-texts.json',
    ]),
  );
});

test.each(FILES)('%s is as its schema says', (file) => {
  const valid = schemaOf(file);
  valid(read(join(ROOT, file)));
  expect(valid.errors ?? []).toEqual([]);
});

test.each(FILES)('%s: a key that nobody knows is refused wherever it stands', (file) => {
  const valid = schemaOf(file);
  const data = read(join(ROOT, file));
  const taken = objects(data, '').filter(([, object]) => {
    object.colour = 7;
    const accepted = valid(data);
    delete object.colour;
    return accepted;
  });
  expect(taken.map(([path]) => path)).toEqual([]);
});

test.each(FILES)('%s: its schema lies beside the data, for the editor', (file) => {
  const schema = join(dirname(file), read(join(ROOT, file)).$schema);
  expect(existsSync(join(ROOT, schema))).toBe(true);
  expect(relative('core', schema)).not.toMatch(/^\.\./);
});
