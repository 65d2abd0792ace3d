import fc from 'fast-check';
import { type Output, readSide, type SynthesizedResource } from '../../../cli/review/input/output';
import type { Plan } from '../../../cli/review/input/plan';
import { toHtml } from '../../../cli/review/report/html';
import { toJson } from '../../../cli/review/report/json';
import { toMarkdown } from '../../../cli/review/report/markdown';
import { type Review, review } from '../../../cli/review/review';
import { synthesizeCentre } from '../../../stacks/build';
import { tianjin } from '../../../stacks/tianjin';
import { temporaryFolder } from '../../helpers/temporary-folder';
import { outputOf, type Resources, STACK } from './outputs';

const folder = temporaryFolder();
synthesizeCentre(
  tianjin,
  { kubeconfig: '~', contexts: {}, environment: 'phase-100p', today: '2026-11-24' },
  folder,
);
const base = readSide('base', folder);
const RESOURCES = [...base.stacks.values()].flatMap((stack) => [...stack.resources.values()]);

type Tree = Record<string, unknown>;

/** Where a leaf of a tree is, without what cdktf alone reads. */
function leafPaths(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value)
    .filter(([key]) => key !== '//')
    .flatMap(([key, item]) => leafPaths(item, [...path, Array.isArray(value) ? Number(key) : key]));
}

/** A value of the same type that is another one for everybody: never the same number written otherwise. */
function other(value: unknown): unknown {
  if (typeof value === 'number') return value + 7;
  if (typeof value === 'boolean') return !value;
  return /^-?\d+$/.test(`${value}`) ? `${Number(value) + 7}` : `${value}x`;
}

function changed(attributes: Tree, path: readonly (string | number)[]): Tree {
  const copy = structuredClone(attributes);
  const last = path.at(-1) ?? '';
  const parent = path.slice(0, -1).reduce((tree: never, key) => tree[key] as never, copy as never);
  (parent as Tree)[last] = other((parent as Tree)[last]);
  return copy;
}

/** The output with some resources changed. */
function withChanges(changes: ReadonlyMap<SynthesizedResource, Tree>): Output {
  const stacks = [...base.stacks].map(([name, stack]): [string, typeof stack] => {
    const resources = [...stack.resources].map(
      ([address, resource]): [string, SynthesizedResource] => {
        const attributes = changes.get(resource);
        return [address, attributes ? { ...resource, attributes } : resource];
      },
    );
    return [name, { ...stack, resources: new Map(resources) }];
  });
  return { ...base, name: 'head', stacks: new Map(stacks) };
}

function addUp({ changes, counts }: Review): void {
  const treatments = changes.flatMap(({ attributes }) => attributes.map((a) => a.treatment));
  const of = (treatment: string) => treatments.filter((entry) => entry === treatment).length;
  expect(counts).toMatchObject({
    changed: treatments.length,
    shown: of('shown'),
    folded: of('folded'),
    masked: of('masked'),
  });
  expect(counts.shown + counts.folded + counts.masked).toBe(counts.changed);
  const reasons = Object.values(counts.foldedBy).reduce((sum, count) => sum + count, 0);
  expect(reasons).toBe(counts.folded);
}

/** Any resource of the real centre with any of its leaves. */
const place = fc
  .nat(RESOURCES.length - 1)
  .map((index) => RESOURCES[index] as SynthesizedResource)
  .chain((resource) => {
    const paths = leafPaths(resource.attributes);
    return fc.constantFrom(...paths).map((path) => ({ resource, path }));
  });

test('whichever attribute of the centre changes, it is shown, folded or masked, once', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(place, { maxLength: 5, minLength: 1, selector: (p) => p.resource }),
      (places) => {
        const changes = new Map(
          places.map(({ resource, path }) => [
            resource,
            changed(resource.attributes as Tree, path),
          ]),
        );
        const result = review({ base, head: withChanges(changes), plans: [] });
        addUp(result);
        expect(new Set(result.changes.map(({ stack, address }) => `${stack} ${address}`))).toEqual(
          new Set(places.map(({ resource }) => `${resource.stack} ${resource.address}`)),
        );
        for (const { attributes } of result.changes) {
          expect(attributes.length).toBeGreaterThan(0);
          expect(attributes.filter(({ path }) => path === 'notation')).toEqual([]);
        }
      },
    ),
    { numRuns: 80 },
  );
});

/** Trees as any provider may have them: a type that this package does not know. */
const leaf = fc.oneof(
  fc.string({ minLength: 1, unit: 'grapheme-ascii' }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const key = fc
  .string({ minLength: 1, maxLength: 6, unit: 'grapheme-ascii' })
  .filter((k) => k !== '//');
const tree = fc.letrec<{ node: unknown; map: Tree }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(leaf, { maxLength: 3 }),
    tie('map'),
    fc.array(tie('map'), { maxLength: 3 }),
  ),
  map: fc.dictionary(key, tie('node'), { maxKeys: 4 }),
})).map;

test('between any two trees every leaf that differs is counted, and none where they are equal', () => {
  fc.assert(
    fc.property(tree, tree, (before, after) => {
      const of = (attributes: Tree): Resources => ({ 'other_thing.a': attributes });
      const result = review({
        base: outputOf('base', of(before)),
        head: outputOf('head', of(after)),
        plans: [],
      });
      addUp(result);
      const same = JSON.stringify(sorted(before)) === JSON.stringify(sorted(after));
      expect(result.counts.changed > 0).toBe(!same);
    }),
    { numRuns: 300 },
  );
});

/** Keys in one order: JSON has none. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => [name, sorted(item)]);
}

function container(attributes: Tree): Resources {
  const template = { spec: { container: [{ name: 'c', ...attributes }] } };
  return { 'kubernetes_deployment_v1.a': { metadata: { name: 'a' }, spec: { template } } };
}

/** Places for a secret, each in a resource of its own. */
const PLACES: Readonly<Record<string, (secret: string) => Resources>> = {
  'data of a Secret': (secret) => ({
    'kubernetes_secret_v1.a': { metadata: { name: 'a', namespace: 'n' }, data: { plain: secret } },
  }),
  'a Secret as a manifest, in base64': (secret) => ({
    'kubernetes_manifest.a': {
      manifest: {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'a' },
        data: { plain: Buffer.from(secret).toString('base64') },
        stringData: { other: secret },
      },
    },
  }),
  'data that is written once': (secret) => ({
    'kubernetes_secret_v1.a': {
      metadata: { name: 'a' },
      data_wo: { plain: secret },
      data_wo_revision: 1,
    },
  }),
  'a variable of the environment that ends otherwise': (secret) =>
    container({
      env: [
        { name: 'API_KEY_PROD', value: secret },
        { name: 'SECRET_KEY', value: secret },
        { name: 'DB_PASS', value: secret },
      ],
    }),
  'a header': (secret) =>
    container({
      readiness_probe: {
        http_get: {
          path: '/',
          http_header: [{ name: 'Authorization', value: `Bearer ${secret}` }],
        },
      },
    }),
  'a line of a shell': (secret) =>
    container({
      command: ['sh', '-c', `HF_TOKEN=${secret} vllm serve m --api-key ${secret} --port 80`],
    }),
  'a file in a ConfigMap': (secret) => ({
    'kubernetes_config_map_v1.a': {
      metadata: { name: 'a' },
      data: {
        'a.yaml': `port: 80\nauth:\n  password: "${secret}"\n`,
        'a.json': JSON.stringify({ port: 80, password: secret }),
        script: `curl -H 'Authorization: Bearer ${secret}' host`,
      },
    },
  }),
  'a variable of the environment': (secret) => ({
    'kubernetes_deployment_v1.a': {
      metadata: { name: 'a' },
      spec: {
        template: {
          spec: { container: [{ name: 'c', env: [{ name: 'HF_TOKEN', value: secret }] }] },
        },
      },
    },
  }),
  'a flag': (secret) => ({
    'kubernetes_deployment_v1.a': {
      metadata: { name: 'a' },
      spec: {
        template: {
          spec: { container: [{ name: 'c', command: ['vllm', `--api-key=${secret}`] }] },
        },
      },
    },
  }),
  'the word after a flag': (secret) => ({
    'kubernetes_deployment_v1.a': {
      metadata: { name: 'a' },
      spec: {
        template: {
          spec: { container: [{ name: 'c', args: ['--api-key', secret, '--port=80'] }] },
        },
      },
    },
  }),
  'an attribute of another provider': (secret) => ({
    'random_thing.a': { name: 'a', settings: { password: secret, admin_password: [secret] } },
  }),
  'the password of an address': (secret) => ({
    'other_thing.a': { url: `postgres://user:${secret}@host/db` },
  }),
  'settings of the stack': (secret) => ({
    terraform: {
      provider: { kubernetes: [{ token: secret, client_key: secret }] },
      terraform: { backend: { s3: { bucket: 'b', secret_key: secret } } },
    },
  }),
};

const secret = fc
  .string({
    minLength: 9,
    maxLength: 30,
    unit: fc.constantFrom(...'abcdefghkmnpqrstuvwxyzABCDEFGHJK23456789'),
  })
  .map((text) => `Zq7${text}`);

describe.each(Object.keys(PLACES))('a secret in %s', (name) => {
  const put = PLACES[name] as (secret: string) => Resources;

  test('is in no output, whether it comes, goes or changes', () => {
    fc.assert(
      fc.property(secret, secret, fc.constantFrom('comes', 'goes', 'changes'), (old, now, how) => {
        fc.pre(old !== now);
        // The same secret where nothing says that it is one.
        const leak = (value: string) => ({ 'other_thing.leak': { note: `see ${value} there` } });
        const before = how === 'comes' ? {} : { ...put(old), ...leak(old) };
        const after = how === 'goes' ? {} : { ...put(now), ...leak(now) };
        const result = review({
          base: outputOf('base', before),
          head: outputOf('head', after),
          plans: [],
        });
        addUp(result);
        expect(result.counts.masked).toBeGreaterThan(0);
        const outputs = [toMarkdown(result, 'review.html'), toJson(result), toHtml(result)].join(
          '\n',
        );
        for (const text of [old, now]) {
          expect(outputs).not.toContain(text);
          expect(outputs).not.toContain(Buffer.from(text).toString('base64'));
        }
        // No mask is left either: it is one for this process only.
        expect(outputs).not.toMatch(/[\ue000\ue001]/);
        expect(outputs).toContain('(sensitive)');
      }),
      { numRuns: 20 },
    );
  });
});

test('what takes the place of a secret is one, too', () => {
  const of = (note: string): Resources => ({
    'kubernetes_secret_v1.a': { metadata: { name: 'a' }, data: { plain: 'hunter2-hunter2' } },
    'other_thing.a': { note },
  });
  const result = review({
    base: outputOf('base', of('hunter2-hunter2')),
    head: outputOf('head', of('something new')),
    plans: [],
  });
  expect(result.counts).toMatchObject({ changed: 1, masked: 1 });
  expect(toJson(result)).not.toContain('something new');
});

test('what only is about a secret is shown', () => {
  const before = container({ args: ['--max-num-batched-tokens', '8192'] });
  const after = container({
    args: ['--max-num-batched-tokens', '4096', '--api-key $KEY'],
    env: [{ name: 'HF_TOKEN_PATH', value: '/var/run/token' }],
  });
  const { counts } = review({
    base: outputOf('base', before),
    head: outputOf('head', after),
    plans: [],
  });
  expect(counts).toMatchObject({ changed: 3, shown: 3 });
});

describe('in a plan', () => {
  /** Marks some leaves of a tree as sensitive, as Terraform does: `true` in their place. */
  const marks = (value: unknown, isSensitive: (path: string) => boolean, path = ''): unknown => {
    if (isSensitive(path)) return true;
    if (Array.isArray(value)) return value.map((v, i) => marks(v, isSensitive, `${path}.${i}`));
    if (typeof value !== 'object' || value === null) return false;
    const entries = Object.entries(value).map(([k, v]) => [
      k,
      marks(v, isSensitive, `${path}.${k}`),
    ]);
    return Object.fromEntries(entries);
  };

  function planned(type: string, change: object): Review {
    const entry = { address: `${type}.a`, mode: 'managed', type, change };
    const plan = { format_version: '1.2', resource_changes: [entry] } as unknown as Plan;
    return review({ plans: [{ file: 'p.json', stack: STACK, plan }] });
  }

  const outputs = (result: Review) =>
    [toMarkdown(result, 'review.html'), toJson(result), toHtml(result)].join('\n');

  test('a value that is sensitive before, after or both is in no output', () => {
    const SPOTS = ['.map.a', '.map', '.nested.0.values.1', '.nested.0', '.plain'];
    const values = (text: string) => ({
      name: 'a',
      map: { a: text, b: 1 },
      nested: [{ values: ['x', text], on: true }],
      plain: text,
    });
    fc.assert(
      fc.property(
        secret,
        secret,
        fc.subarray(SPOTS, { minLength: 1 }),
        fc.constantFrom('before', 'after', 'both'),
        fc.constantFrom(['update'], ['delete', 'create']),
        (old, now, spots, side, actions) => {
          fc.pre(old !== now);
          const marked = (text: string) => marks(values(text), (path) => spots.includes(path));
          const result = planned('other_thing', {
            actions,
            before: values(old),
            after: values(now),
            before_sensitive: side === 'after' ? {} : marked(old),
            after_sensitive: side === 'before' ? {} : marked(now),
            replace_paths: [['plain']],
          });
          addUp(result);
          // A text is learned where it is marked, and masked in every other place.
          const seen = outputs(result);
          for (const text of [old, now]) expect(seen).not.toContain(text);
          expect(seen).not.toMatch(/[\ue000\ue001]/);
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each(['before', 'after'])('a Secret that is written as a manifest, %s', (side) => {
    const manifest = (text: string) => ({
      manifest: {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'a' },
        stringData: { a: text },
      },
    });
    const both = { before: manifest('hunter2'), after: manifest('horse-1') };
    const one = { before: null, after: null, [side]: both[side as 'before'] };
    const action = side === 'before' ? 'delete' : 'create';
    for (const result of [
      planned('kubernetes_manifest', { actions: ['update'], ...both }),
      planned('kubernetes_manifest', { actions: [action], ...one }),
    ]) {
      expect(outputs(result)).not.toMatch(/hunter2|horse-1/);
      expect(result.counts.masked).toBe(1);
    }
  });
});
