import Ajv from 'ajv';
import fc from 'fast-check';
import { MAX_NODES, MAX_PODS } from '../../../core/capacity';
import { check, type SchemaName, type Values } from '../../../core/schema';
import schema from '../../../core/schema/centre.schema.json';
import { FORMATS } from '../../../core/schema/formats';
import { tianjin } from '../../../stacks/tianjin';

/** The reference: JSON Schema as a library of its own understands it, with formats of ours. */
const ajv = new Ajv({ strict: false, allErrors: true });
for (const [name, rule] of Object.entries(FORMATS)) {
  ajv.addFormat(name, (value) => rule('it', value).length === 0);
}
ajv.addSchema(schema, 'centre');

const byAjv = (type: string) => ajv.getSchema(`centre#/definitions/${type}`);

const SAMPLES: readonly (readonly [SchemaName, unknown])[] = [
  ...tianjin.phases.map((item) => ['Phase', item] as const),
  ...tianjin.tenants.map((item) => ['Tenant', item] as const),
  ...tianjin.servings.map((item) => ['Serving', item] as const),
  ...(tianjin.replacements ?? []).map((item) => ['Replacement', item] as const),
  ['Serving', { phase: 'p', tenant: 't', model: 'm', flags: { a: { b: [1, 'c', { d: true }] } } }],
  ['Settings', { kubeconfig: 'k', contexts: { a: 'b' }, state: { kind: 's3', bucket: 'states' } }],
  ['TenantLock', { 'phase-1': { nankai: 'active' } }],
];

/** Every object and list in a value, itself first. */
function containers(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(containers)];
}

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, '', 'A b', 'nankai', 0, -1, 0.5, 3, 1e9, true, [], {}, ['x', 'x']),
  fc.jsonValue(),
);

test('the check and a JSON Schema library agree on the data of the centre, changed at random', () => {
  const change = fc.record({
    at: fc.nat(),
    key: fc.nat(),
    to: junk,
    how: fc.constantFrom('set', 'rename', 'remove'),
  });
  let refused = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...SAMPLES),
      fc.array(change, { maxLength: 2 }),
      ([type, sample], changes) => {
        const value = structuredClone(sample);
        for (const { at, key, to, how } of changes) {
          const all = containers(value);
          const inner = all[at % all.length] ?? {};
          const keys = Object.keys(inner);
          const name = keys[key % Math.max(keys.length, 1)];
          if (name === undefined) continue;
          if (Array.isArray(inner)) {
            if (how === 'set') inner[Number(name)] = to;
            continue;
          }
          const before = inner[name];
          if (how === 'set') inner[name] = to;
          else delete inner[name];
          if (how === 'rename') inner[`${name}s`] = before;
        }
        const found = check(type, value);
        const message = `${JSON.stringify(value)}: ${found.map((one) => one.message)} / ${ajv.errorsText()}`;
        const valid = byAjv(type)?.(value) as boolean;
        if (!valid) refused += 1;
        if (valid !== (found.length === 0)) throw new Error(message);
      },
    ),
    { numRuns: 1000, seed: 18 },
  );
  // Changes that nobody notices would prove nothing.
  expect(refused).toBeGreaterThan(250);
});

/** Every key of every type, those that hold constructs apart: the library knows nothing of them. */
const KEYS = Object.entries(schema.definitions).flatMap(([type, definition]) =>
  Object.entries('properties' in definition ? definition.properties : {})
    .filter(([, property]) => !/construct|WeightsSource/.test(JSON.stringify(property)))
    .map(([key]) => [type as SchemaName, key] as const),
);
const VALUES = [
  ...[-1, 0, 0.0005, 0.5, 1, 1.5, 2, 2.5, 10, 11, 50, 51, 100, 101, 110, 111, 1024, 1025],
  ...[5000, 5001, 7200, 7201, 65_535, 65_536, 4_294_967_295, 4_294_967_296, true, null],
  ...[
    '',
    ' ',
    'a',
    'A b',
    'x'.repeat(64),
    'x'.repeat(1001),
    '2026-12-31',
    '2026-13',
    '/a/',
    'a/b/',
  ],
  ...[[], ['a'], ['a', 'a'], [{}], {}, { a: 'b' }, { petaflops: 1 }],
];

test('and on every key of every type, at its limits and beside them', () => {
  expect(KEYS.length).toBeGreaterThan(200);
  const different = KEYS.flatMap(([type, key]) => {
    const validate = byAjv(type);
    return VALUES.filter((value) => {
      validate?.({ [key]: value });
      const theirs = validate?.errors?.some(({ instancePath }) =>
        instancePath.startsWith(`/${key}`),
      );
      return (
        check(type, { [key]: value }).some(({ path }) => path[0] === key) !== (theirs ?? false)
      );
    }).map((value) => [type, key, value]);
  });
  expect(different).toEqual([]);
});

test('limits of Kubernetes stand in schemas as in proofs', () => {
  const { servers, maxPods } = schema.definitions.NodePoolProps.properties;
  expect([servers.maximum, maxPods.maximum]).toEqual([MAX_NODES, MAX_PODS]);
});

const messages = (type: SchemaName, value: unknown, values?: Values) =>
  check(type, value, values).map(({ message }) => message);
const SERVING = { phase: 'p', tenant: 't', model: 'm' };

test.each<[string, unknown, string]>([
  [
    'a number as text',
    { replicas: '4' },
    "replicas must be a whole number of 1 or more; correct it, got: '4'",
  ],
  ['a text as number', { image: 4 }, 'image must be a text; quote it, got: a number'],
  ['nothing after a key of YAML', { image: null }, 'image must be a text; quote it, got: none'],
  ['a list as text', { clients: 'a' }, 'clients must be a list; correct it, got: a string'],
  [
    'an object as text, which may be a secret',
    { apiKey: 'sk-1' },
    'apiKey must name a Secret of the namespace, { secret, key }; put the value into a Secret, got: a string',
  ],
  [
    'a choice that is nearly right',
    { acceptLicence: { restrictions: ['brandng'], reason: 'agreed' } },
    "acceptLicence.restrictions must be of non-commercial, territory, copyleft, branding, scale, acceptable-use; did you mean 'branding'? change it, got: 'brandng'",
  ],
  [
    'a key that is nothing like another',
    { autoscaling: { minReplicas: 1, maxReplicas: 2, zzz: 1 } },
    "autoscaling: unknown key; use one of minReplicas, maxReplicas, requestsWaiting, cacheUsage, got: 'zzz'",
  ],
  [
    'two keys in each other’s place, and none is said to be missing',
    { autoscaling: { minReplica: 1, maxReplicas: 2 } },
    "autoscaling: unknown key; did you mean 'minReplicas'? use one of minReplicas, maxReplicas, requestsWaiting, cacheUsage, got: 'minReplica'",
  ],
])('%s', (_what, change, message) => {
  expect(messages('Serving', { ...SERVING, ...(change as object) })).toEqual([message]);
});

test('the branch of a choice that was meant is the one whose mistakes are told', () => {
  const { cluster } = tianjin.phases[0] ?? {};
  const weights = { ...cluster?.weights, image: undefined, imge: 'a' };
  expect(messages('PhaseCluster', { ...cluster, weights })).toEqual([
    expect.stringMatching(/^weights: unknown key; did you mean 'image'\? .*got: 'imge'$/),
  ]);
  expect(messages('Allocation', { guarantee: { petaflop: 1 } })).toEqual([
    expect.stringMatching(/^guarantee: unknown key; did you mean 'petaflops'\?/),
  ]);
  expect(messages('StateSettings', { kind: 's3', buckets: 'a' })).toEqual([
    expect.stringMatching(/unknown key; did you mean 'bucket'\?/),
  ]);
});

test('what is known at deploy only is one error, but in texts for people', () => {
  const values: Values = { isUnknown: (value) => value === 'LATER', isConstruct: () => false };
  const tenant = { ...tianjin.tenants[0], contact: 'LATER', costCentre: 'LATER' };
  expect(check('Tenant', tenant, values)).toEqual([
    {
      path: ['costCentre'],
      misshapen: true,
      message: expect.stringMatching(/^costCentre must be known at synthesis, .*got: a value that/),
    },
  ]);
});
