import { allModels, LICENCES, RESTRICTIONS, TASKS, WEIGHTS_FORMATS } from '../../../constructs';

/** Everything in a value that has a `source`, with its path. */
function sourced(value: unknown, path: string): [string, Record<string, unknown>][] {
  if (value === null || typeof value !== 'object') return [];
  const here: [string, Record<string, unknown>][] =
    'source' in value ? [[path, value as Record<string, unknown>]] : [];
  return [
    ...here,
    ...Object.entries(value).flatMap(([key, below]) => sourced(below, `${path}.${key}`)),
  ];
}

const FACTS = allModels().flatMap((model) => sourced(model, model.id));
const WITH_WEIGHTS = allModels().filter((model) => model.access === 'weights');

test('every fact has a source, and an assumption a reason', () => {
  // At least release, parameters, licence and size of weights of each model with weights.
  expect(FACTS.length).toBeGreaterThan(WITH_WEIGHTS.length * 4);
  for (const [path, { source, assumed }] of FACTS) {
    expect([path, source]).toEqual([path, expect.stringMatching(/\S{3}/)]);
    if (assumed !== undefined) {
      expect([path, assumed]).toEqual([path, expect.stringMatching(/\S+ \S+/)]);
    }
  }
});

test('facts name where they were read: a repository, a document or a calculation', () => {
  const named = /[\w.-]+\/[\w.-]+|arXiv \d{4}\.\d{5}|model card of|name of|billion parameters/;
  const vague = FACTS.filter(([, { source }]) => !named.test(String(source)));
  expect(vague.map(([path, { source }]) => `${path}: ${source}`)).toEqual([]);
});

test('no date, licence or size passes for a fact where only a calculation or a likeness gave it', () => {
  const hedged = /probably|about|estimat|likely|taken from|similar|computed/i;
  const hidden = FACTS.filter(
    ([, { source, assumed }]) => hedged.test(String(source)) && assumed === undefined,
  );
  expect(hidden.map(([path]) => path)).toEqual([]);
});

test('ids are DNS labels, and each is there once', () => {
  const ids = allModels().map(({ id }) => id);
  for (const id of ids) expect(id).toMatch(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
  expect([...new Set(ids)]).toEqual(ids);
});

test('release dates are days or months that exist', () => {
  for (const { id, released } of allModels()) {
    expect([id, released.value]).toEqual([id, expect.stringMatching(/^20\d\d-\d\d(-\d\d)?$/)]);
    const day = released.value.length === 7 ? `${released.value}-01` : released.value;
    expect([id, new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)]).toEqual([id, day]);
  }
});

test('licences are known, with the restrictions of their text', () => {
  for (const { id, licence } of WITH_WEIGHTS) {
    expect([id, Object.keys(LICENCES)]).toEqual([id, expect.arrayContaining([licence.name])]);
    expect([id, RESTRICTIONS]).toEqual([id, expect.arrayContaining([...licence.restrictions])]);
    expect([id, licence.restrictions]).toEqual([
      id,
      LICENCES[licence.name as keyof typeof LICENCES].restrictions,
    ]);
  }
});

test('an SPDX licence is called by its id, another one is not', () => {
  for (const [name, { text }] of Object.entries(LICENCES)) {
    const spdx = /^spdx\.org\/licenses\/(.+)$/.exec(text);
    // SPDX ids have no blanks; names that makers gave have.
    expect([name, spdx?.[1] ?? null]).toEqual([name, name.includes(' ') ? null : name]);
  }
});

test('tasks and formats are those that the types name', () => {
  for (const { id, task } of allModels()) expect([id, TASKS.includes(task)]).toEqual([id, true]);
  for (const { id, weights } of WITH_WEIGHTS) {
    expect([id, WEIGHTS_FORMATS.includes(weights.format)]).toEqual([id, true]);
  }
});

test('numbers are possible: active below total, contexts and sizes above zero', () => {
  for (const model of WITH_WEIGHTS) {
    const total = model.parametersBillions.value;
    expect([model.id, total > 0]).toEqual([model.id, true]);
    expect([model.id, (model.activeBillions?.value ?? 0) < total]).toEqual([model.id, true]);
    expect([model.id, model.weights.sizeGib.value > 0]).toEqual([model.id, true]);
    expect([model.id, (model.contextLength?.value ?? 1) > 0]).toEqual([model.id, true]);
  }
});

test('a computed size is parameters times bytes of the format', () => {
  const bytes: Record<string, number> = { bf16: 2, fp16: 2, fp32: 4, w8a8: 1, w4a8: 0.5 };
  const computed = WITH_WEIGHTS.filter(({ weights }) =>
    weights.sizeGib.source.includes('billion parameters'),
  );
  expect(computed.length).toBeGreaterThan(10);
  for (const { id, weights } of computed) {
    const parameters = Number.parseFloat(weights.sizeGib.source);
    const factor = bytes[weights.format];
    if (factor === undefined) continue;
    const gib = (parameters * factor * 1e9) / 1024 ** 3;
    expect([id, weights.sizeGib.value - gib]).toEqual([id, expect.closeTo(0.05, 1)]);
    expect([id, weights.sizeGib.assumed]).toEqual([id, expect.stringContaining('computed')]);
  }
});
