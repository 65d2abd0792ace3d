import { existsSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stringify } from 'yaml';
import { synthesizeCentre } from '../../stacks/build';
import { centreCapacity } from '../../stacks/capacity-file';
import type { Centre } from '../../stacks/centre';
import { readCentre, readData } from '../../stacks/read-centre';
import { tianjin } from '../../stacks/tianjin';
import { problemsOf } from '../helpers/cluster';
import { temporaryFolder } from '../helpers/temporary-folder';

const SETTINGS = { kubeconfig: '~/.kube/config', contexts: {}, environment: 'phase-100p' };
const { lock: _, weightsLock: ____, sources: __, ...DATA } = tianjin;

function write(name: string, text: string): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, text);
  return file;
}

/** As messages show it. */
const shown = (file: string) => {
  const path = relative('', file);
  return path.startsWith('..') ? file : path;
};

function problems(centre: Centre): string[] {
  const out = join(temporaryFolder(), 'cdktf.out');
  const found = problemsOf(() => synthesizeCentre(centre, SETTINGS, out));
  expect(existsSync(out)).toBe(false);
  return found;
}

test('the centre of Tianjin in YAML is the centre in TypeScript', () => {
  const { tenants, ...rest } = DATA;
  const centre = readCentre(
    write('centre.yaml', stringify(rest)),
    write('first.yaml', stringify({ tenants: tenants.slice(0, 5) })),
    write('others.yaml', stringify({ tenants: tenants.slice(5) })),
  );
  const { sources, ...data } = centre;
  expect(data).toEqual(DATA);
  expect(sources?.tenants).toHaveLength(2);
  const out = join(temporaryFolder(), 'cdktf.out');
  const built = synthesizeCentre(centre, SETTINGS, out);
  const same = synthesizeCentre(DATA, SETTINGS, join(temporaryFolder(), 'cdktf.out'));
  expect(centreCapacity(centre, built)).toEqual(centreCapacity(DATA, same));
});

test('mistakes in YAML are told with file and line, in whichever file of a list they are', () => {
  const first = write('first.yaml', stringify({ tenants: DATA.tenants.slice(0, 2) }));
  const [, , third] = DATA.tenants;
  const second = write(
    'second.yaml',
    [
      '# yaml-language-server: $schema=../core/schema/centre.schema.json',
      'tenants:',
      `  - ${stringify(third).trim().replaceAll('\n', '\n    ')}`,
      '  - name: nankai',
      '    displayName: Nankai',
      '    sector: education',
      '    scope: cty',
      '    allocations:',
      '      phase-100p:',
      '        guarantee: 0',
      '        ceilling: 8',
      '    queueWeight: "2"',
    ].join('\n'),
  );
  const line = (text: string) => `${stringify(third).trim().split('\n').length + 2 + Number(text)}`;
  const { tenants = [], sources } = readData(first, second);
  const servings = DATA.servings.filter(({ clients }) => !clients?.length);
  expect(problems({ ...DATA, servings, replacements: [], tenants, sources })).toEqual([
    `${shown(second)}:${line('4')}: tenants/nankai: scope must be one of district, city, region; did you mean 'city'? change it, got: 'cty'`,
    `${shown(second)}:${line('8')}: tenants/nankai: allocations of phase-100p: unknown key; did you mean 'ceiling'? use one of guarantee, ceiling, shrinkReason, state, got: 'ceilling'`,
    `${shown(second)}:${line('9')}: tenants/nankai: queueWeight must be a whole number of 1 to 65535; correct it, got: '2'`,
  ]);
});

test('what a construct complains about is told with the line of its item', () => {
  const file = write(
    'servings.yaml',
    [
      'servings:',
      '  - { phase: phase-100p, tenant: model-services, model: qwen3-8b }',
      '  - phase: phase-100p',
      '    tenant: model-services',
      '    model: qwen9',
    ].join('\n'),
  );
  const { servings = [], sources } = readData(file);
  expect(problems({ ...DATA, replacements: [], servings, sources })).toEqual([
    expect.stringMatching(
      /servings\.yaml:3: phase-100p-models\/model-services-qwen9: unknown model/,
    ),
  ]);
});

test.each<[string, string, RegExp]>([
  ['a list that is not closed', 'tenants: [a', /^.*data\.yaml:1: no YAML: .*; correct it$/],
  ['a key in a key', 'tenants:\n  - name: a: b', /data\.yaml:2: no YAML: Nested mappings/],
  ['a key twice', 'name: a\nname: b', /data\.yaml:2: no YAML: Map keys must be unique/],
  ['a tab', 'tenants:\n\t- name: a', /data\.yaml:2: no YAML: /],
  ['a misspelt key', 'name: a\ntennants: []', /data\.yaml:2: centre: .*did you mean 'tenants'/],
  [
    'an item in place of a list',
    'tenants:\n  name: a',
    /data\.yaml:1: centre: tenants must be a list/,
  ],
  ['a text', 'nothing', /data\.yaml:1: centre: .* must be an object/],
])('what is no data of a centre: %s', (_what, text, message) => {
  const found = problemsOf(() => readData(write('data.yaml', text)));
  expect(found).toEqual([expect.stringMatching(message)]);
});

test('files that are not there, keys in two of them, and a centre without its phases', () => {
  expect(problemsOf(() => readData('no/such.yaml'))).toEqual([
    "no/such.yaml: no such file; correct the name, got: 'no/such.yaml'",
  ]);
  const both = [write('a.yaml', 'name: a'), write('b.yaml', 'name: b')];
  expect(problemsOf(() => readData(...both))).toEqual([
    expect.stringMatching(/b\.yaml: name is in .*a\.yaml, too; leave one out, got: 'name' twice$/),
  ]);
  const { phases: ___, ...rest } = DATA;
  expect(problemsOf(() => readCentre(write('a.yaml', stringify(rest))))).toEqual([
    expect.stringMatching(/a\.yaml: centre: missing key; add phases, got: none$/),
  ]);
});

test('mistakes in TypeScript are told with the line of the key that is nearest to its item', () => {
  const file = write(
    'servings.ts',
    [
      "const shared = (model: string, rest: object) => ({ phase: 'phase-100p', model, ...rest });",
      'export const SERVINGS = [',
      "  shared('qwen3-8b', { replicas: 4 }),",
      "  shared('qwen3-14b', {",
      '    replica: 4,',
      '  }),',
      "  shared('qwen3-32b', { replica: 5, surge: 1 }),",
      '];',
    ].join('\n'),
  );
  const serving = (model: string, rest: object) => ({
    ...{ phase: 'phase-100p', tenant: 'model-services', model },
    ...rest,
  });
  const servings = [
    serving('qwen3-8b', { replicas: 4 }),
    serving('qwen3-14b', { replica: 4 }),
    serving('qwen3-32b', { replica: 5, surge: 1 }),
    // Made elsewhere: the file is told, and no line is made up.
    serving('qwen3-4b', { replica: 6 }),
  ];
  const found = problems({ ...DATA, replacements: [], servings, sources: { servings: file } });
  expect(found.map((line) => line.replace(/: unknown key.*/, ''))).toEqual([
    `${shown(file)}:5: servings/phase-100p/model-services/qwen3-14b: serving`,
    `${shown(file)}:7: servings/phase-100p/model-services/qwen3-32b: serving`,
    `${shown(file)}: servings/phase-100p/model-services/qwen3-4b: serving`,
  ]);
});

test('a literal that makes several items is told once, and nobody is said to be removed', () => {
  const file = write(
    'tenants.ts',
    'export const tenant = (name: string) => ({ name, quota: 3 });\n',
  );
  const tenants = DATA.tenants.slice(0, 3).map((tenant) => ({ ...tenant, quota: 3 }));
  const lock = { 'phase-100p': { [tenants[0]?.name ?? '']: 'active' } } as const;
  const centre = { ...DATA, servings: [], replacements: [], tenants, lock };
  expect(problems({ ...centre, sources: { tenants: file } })).toEqual([
    expect.stringMatching(
      /tenants\.ts:1: tenants\/model-services: tenant: unknown key; .*'quota'$/,
    ),
  ]);
});
