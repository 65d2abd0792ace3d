import fs, { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allModels, PLATFORMS } from '../../../constructs';
import { loadModels } from '../../../core/catalogue/load';
import type { ModelEntry, ModelFile } from '../../../core/catalogue/model-file';

const FOLDER = join(__dirname, '../../../core/catalogue/data/models');

const FILES = readdirSync(FOLDER).map((file): [string, ModelFile] => [
  file,
  JSON.parse(readFileSync(join(FOLDER, file), 'utf8')),
]);

test('the models of every file are in the catalogue, under the ids of the file', () => {
  const ids = FILES.flatMap(([, file]) => Object.keys(file.models));
  expect(
    allModels()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(ids.sort());
});

test.each(FILES)('%s: what is shared has a name of its own, and is extended', (_, file) => {
  const extended = [...JSON.stringify(file).matchAll(/"extends":"([^"]+)"/g)].map(
    ([, name]) => name,
  );
  const taken: Record<string, readonly string[]> = {
    models: Object.keys(file.models),
    deployments: PLATFORMS,
  };
  for (const [kind, entries] of Object.entries(file.shared ?? {})) {
    for (const name of Object.keys(entries)) {
      expect(extended).toContain(name);
      expect(taken[kind] ?? []).not.toContain(name);
    }
  }
});

test('no file is read before a model is asked for', () => {
  const read = jest.spyOn(fs, 'readFileSync');
  try {
    jest.isolateModules(() => {
      const families = () => read.mock.calls.filter(([file]) => String(file).startsWith(FOLDER));
      const catalogue = require('../../../core/catalogue');
      expect(families()).toEqual([]);
      expect(catalogue.findModel('qwen3-8b').id).toBe('qwen3-8b');
      expect(families()).toHaveLength(FILES.length);
      catalogue.allModels();
      expect(families()).toHaveLength(FILES.length);
    });
  } finally {
    read.mockRestore();
  }
});

const MODEL: ModelEntry = {
  title: 'Own 8B',
  task: 'chat',
  access: 'weights',
  origin: 'domestic',
  runtime: 'vllm-ascend',
  huggingFaceId: 'owner/own-8b',
  parametersBillions: { value: 8, source: 'test' },
  released: { value: '2026-01-01', source: 'test' },
  licence: { name: 'MIT', source: 'test' },
  weights: { format: 'bf16' },
  deployments: {
    A2: { npus: 4, dataParallel: 2, arguments: { extends: 'short' }, source: 'test' },
    A3: { extends: 'A2', assumed: 'as on A2' },
    '310P': { extends: 'A2', npus: 2 },
  },
};

function load(models: Record<string, ModelEntry>, shared: ModelFile['shared'] = SHARED) {
  return loadModels({ $schema: '', shared, models }, 'own.json');
}

const SHARED: ModelFile['shared'] = { arguments: { short: { note: 'half', maxModelLen: 2048 } } };

test('what a file leaves out is calculated', () => {
  expect(load({ own: MODEL })).toEqual([
    {
      ...MODEL,
      id: 'own',
      licence: { name: 'MIT', source: 'test', restrictions: [] },
      weights: {
        format: 'bf16',
        hub: 'huggingface',
        repository: 'owner/own-8b',
        // 8e9 × 2 bytes = 14.9012 GiB, upwards.
        sizeGib: expect.objectContaining({ value: 15, assumed: expect.any(String) }),
      },
      deployments: {
        A2: {
          servers: 1,
          npus: 4,
          tensorParallel: 2,
          dataParallel: 2,
          dtype: 'bfloat16',
          arguments: { maxModelLen: 2048 },
          source: 'test',
        },
        A3: expect.objectContaining({ npus: 4, dtype: 'bfloat16', assumed: 'as on A2' }),
        // A 310P has no BF16.
        '310P': expect.objectContaining({ npus: 2, tensorParallel: 1, dtype: 'float16' }),
      },
    },
  ]);
});

test('a variant of a model says what differs, and sizes follow', () => {
  const [, tuned] = load({
    own: MODEL,
    'own-tuned': {
      extends: 'own',
      title: 'Own 8B tuned',
      weights: { format: 'w8a8', repository: 'site/own-tuned' },
    },
  });
  expect(tuned).toMatchObject({
    id: 'own-tuned',
    title: 'Own 8B tuned',
    task: 'chat',
    weights: { hub: 'huggingface', repository: 'site/own-tuned', sizeGib: { value: 7.5 } },
    deployments: { A3: { npus: 4 } },
  });
});

test.each([
  [
    'ModelScope before Hugging Face',
    { modelScopeId: 'scope/own' },
    { hub: 'modelscope', repository: 'scope/own' },
  ],
  [
    'parameters that are not simply those of the model',
    { weights: { format: 'bf16' as const, sizeGib: { billions: 16, of: '8 and an encoder' } } },
    {
      sizeGib: {
        value: 29.9,
        source: '16 billion parameters (8 and an encoder) × 2 bytes of bf16',
      },
    },
  ],
  [
    // 1,500e6 bytes = 1.39698 GiB, upwards.
    'size of files',
    { weights: { format: 'bf16' as const, sizeGib: { megabytes: 1500, source: 'a list' } } },
    { sizeGib: { value: 1.4, source: 'a list: 1500 MB' } },
  ],
])('weights: %s', (_what, given, weights) => {
  expect(load({ own: { ...MODEL, ...given } })[0]).toMatchObject({ weights });
});

test('routed experts are counted from their shape', () => {
  const routedBillions = {
    layers: 58,
    experts: 256,
    hiddenSize: 7168,
    innerSize: 2048,
    source: 'config',
  };
  expect(load({ own: { ...MODEL, routedBillions } })[0]).toMatchObject({
    // 58 × 256 × 3 × 7168 × 2048 = 653.9 billion.
    routedBillions: { value: 653.9, source: 'config: 58 layers × 256 experts × 3 × 7168 × 2048' },
  });
});

test('names of nothing are told with their models, all at once', () => {
  const models: Record<string, ModelEntry> = {
    one: { extends: 'two-b' },
    two: { ...MODEL, licence: { name: 'MITT', source: 'test' } },
    three: { ...MODEL, deployments: { A2: { extends: 'A4' } } },
    four: MODEL,
  };
  expect(() => load(models, {})).toThrow(
    [
      "own.json.models.one: extends what is not there; use one of one, two, three, four, got: 'two-b'",
      "own.json.models.two.licence: is not in licences.json; add it or use another, got: 'MITT'",
      "own.json.models.three.deployments.A2: extends what is not there; use one of A2, got: 'A4'",
      "own.json.models.four.deployments.A2.arguments: extends what is not there; remove it, got: 'short'",
    ].join('\n'),
  );
});
