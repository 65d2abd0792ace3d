import fc from 'fast-check';
import { type Output, readSide, type SynthesizedResource } from '../../../cli/review/input/output';
import { toHtml } from '../../../cli/review/report/html';
import { toJson } from '../../../cli/review/report/json';
import { toMarkdown } from '../../../cli/review/report/markdown';
import { type Review, review } from '../../../cli/review/review';
import { synthesizeCentre } from '../../../stacks/build';
import { tianjin } from '../../../stacks/tianjin';
import { temporaryFolder } from '../../helpers/temporary-folder';
import { outputOf, type Resources } from './outputs';

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
    terraform: { provider: { kubernetes: [{ token: secret, client_key: secret }] } },
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
