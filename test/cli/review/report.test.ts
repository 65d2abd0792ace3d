import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import type { Rehearsal } from '../../../cli/rehearse/report';
import { readRehearsal } from '../../../cli/review/input/rehearsal';
import { toHtml } from '../../../cli/review/report/html';
import { toJson } from '../../../cli/review/report/json';
import { MARKER, MOST_CHARACTERS, toMarkdown } from '../../../cli/review/report/markdown';
import { type Review, review } from '../../../cli/review/review';
import { temporaryFolder } from '../../helpers/temporary-folder';
import {
  type KubernetesLike,
  manifests,
  outputOf,
  type Resources,
  reviewOf,
  STACK,
} from './outputs';
import { RISK_FIXTURES } from './risk-fixtures';

function configMap(
  name: string,
  data: Record<string, string>,
  namespace = 'nankai',
): KubernetesLike {
  return { kind: 'ConfigMap', metadata: { name, namespace }, data };
}

function many(count: number, value: string, namespace?: string): Resources {
  const objects = Array.from({ length: count }, (_, index) =>
    configMap(`config-${index}`, { [`key-${index}`]: value }, namespace ?? `tenant-${index % 40}`),
  );
  return manifests(objects);
}

const markdown = (result: Review, most?: number) => toMarkdown(result, 'review.html', most);

test('nothing is one line, which a CI job can find again', () => {
  expect(markdown(reviewOf(many(3, 'a'), many(3, 'a')))).toBe(`## 🟢 Nothing changes. ${MARKER}\n`);
});

test('figures of the inventory that change without a resource are no nothing', () => {
  const [before, after] = RISK_FIXTURES['AICC-RISK-020']?.none.capacity ?? [];
  const of = (capacity: typeof before) => outputOf('side', many(3, 'a'), capacity);
  const result = review({ base: of(before), head: of(after), plans: [] });
  expect(result.verdict).toMatchObject({
    exitCode: 2,
    line: 'To look at: the inventory alone changes.',
  });
  expect(markdown(result)).toMatch(/last day 2027-01-01 → 2026-12-31/);
  expect(review({ base: of(before), head: of(before), plans: [] }).verdict.exitCode).toBe(0);
});

test('the marker stands once, in the first line', () => {
  const text = markdown(reviewOf(many(3, 'a'), many(3, 'b')));
  expect(text.split('\n')[0]).toContain(MARKER);
  expect(text.split(MARKER)).toHaveLength(2);
});

describe('a comment that would be too long', () => {
  const result = reviewOf({}, many(4000, 'x'));
  const updates = reviewOf(
    manifests(Array.from({ length: 4000 }, (_, i) => configMap(`c-${i}`, { [`k${i}`]: 'a' }))),
    manifests(Array.from({ length: 4000 }, (_, i) => configMap(`c-${i}`, { [`k${i}`]: 'b' }))),
  );

  test('is cut, and says what is left out and where that is', () => {
    const text = markdown(updates);
    expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(text).toMatch(/\*\*Cut to fit a comment:\*\* the rest is in review\.html\./);
    const [, left = ''] = /… and ([\d,]+) more resources of phase-1-tenants/.exec(text) ?? [];
    const shown = text.match(/^! ConfigMap /gm)?.length ?? 0;
    expect(shown + Number(left.replaceAll(',', ''))).toBe(4000);
    expect(shown).toBeGreaterThan(100);
    // The page has all of them.
    expect(toHtml(updates).match(/ConfigMap nankai\/c-/g)).toHaveLength(4000);
  });

  test('is not cut where there is little to say of many', () => {
    expect(markdown(result)).not.toMatch(/Cut to fit/);
  });

  test('never leaves out what is destroyed: by name, or counted by construct', () => {
    const stays = manifests(
      Array.from({ length: 40 }, (_, index) => configMap('stays', {}, `tenant-${index}`)),
    );
    const few = markdown(reviewOf({ ...many(200, 'x'), ...stays }, stays));
    expect(few).toMatch(/Destroyed and replaced \(200\)/);
    for (let index = 0; index < 200; index++)
      expect(few).toMatch(new RegExp(`/config-${index}\\b`));
    const lots = markdown(
      reviewOf({ ...many(4000, 'x'), ...many(1, 'y', 'stays') }, many(1, 'y', 'stays')),
    );
    expect(lots.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    const counts = [...lots.matchAll(/with (\d+) resources: [^|]*ConfigMap/g)].map(([, n]) =>
      Number(n),
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4000);
    expect(lots).toContain('`phase-1-tenants/tenant-39`');
  });

  test('never leaves out what is replaced, however long the reasons are', () => {
    const classes = (count: number, value: string): Resources =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `kubernetes_storage_class_v1.c${index}`,
          {
            metadata: { name: `c-${index}` },
            storage_provisioner: 'p',
            parameters: { k: `${value}${index}` },
          },
        ]),
      );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 1, max: 600 }),
        (n, times) => {
          const text = markdown(reviewOf(classes(n, 'x'), classes(n, '<@a'.repeat(times))));
          expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
          expect(text).not.toMatch(/more destroyed or replaced/);
          const named = text.match(/^\| replaced \| StorageClass c-/gm)?.length ?? 0;
          const counts = [...text.matchAll(/^\| replaced \| .* with (\d+) resources?:/gm)];
          expect(named + counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(n);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('keeps to any limit that has room for the verdict', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3000, max: 70_000 }), (most) => {
        const text = markdown(updates, most);
        expect(text.length).toBeLessThanOrEqual(most);
        // What is opened is closed.
        expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
        expect((text.match(/^```/gm)?.length ?? 0) % 2).toBe(0);
      }),
      { numRuns: 8 },
    );
  });
});

describe('what is in names and values is no markup', () => {
  const evil = '<img src=x>|`*_[a](b)@team #1 ```\n```\n</details>';
  const result = reviewOf(
    { 'other_thing.a': { text: 'a', note: 'x' }, ...manifests([configMap('a', { k: 'a' })]) },
    { 'other_thing.a': { text: evil, note: evil.replaceAll('\n', ' ') }, ...manifests([]) },
  );

  test('in a comment', () => {
    const text = markdown({ ...result, meaning: [evil] });
    const [, bullet = ''] = /^- (.*)$/m.exec(text) ?? [];
    expect(bullet).toBe(
      '&lt;img src=x&gt;\\|\\`\\*\\_\\[a\\](b)@<!-- -->team #<!-- -->1 \\`\\`\\` \\`\\`\\` &lt;/details&gt;',
    );
    // The fence is longer than any run of backticks in it.
    expect(text).toMatch(/^````diff$/m);
  });

  test('in a page', () => {
    const page = toHtml({ ...result, meaning: [evil] });
    expect(page).not.toContain('<img');
    expect(page.match(/<\/details>/g)).toHaveLength(page.match(/<details/g)?.length ?? 0);
  });
});

test('values are short, and quantities that are the same are folded', () => {
  const quota = (memory: string, pods: string): KubernetesLike => ({
    kind: 'ResourceQuota',
    metadata: { name: 'q', namespace: 'nankai', labels: { a: pods } },
    spec: { hard: { 'limits.memory': memory, pods } },
  });
  const text = markdown(
    reviewOf(manifests([quota('1Ti', '1')]), manifests([quota('1024Gi', '2')])),
  );
  expect(text).toMatch(
    /! {3}spec\.hard\.pods: 1 → 2\n {4}folded: 1 label, 1 value written otherwise/,
  );
  const long = markdown(
    reviewOf(
      manifests([configMap('a', { k: 'a'.repeat(500) })]),
      manifests([configMap('a', { k: 'b'.repeat(500) })]),
    ),
  );
  expect(long).toMatch(/data\.k: a{40,60} … a{40,60} → b{40,60} … b{40,60}\n/);
});

test('of a long text only the lines that changed are shown, and of a list what came and went', () => {
  const text = Array.from({ length: 200 }, (_, line) => `line ${line}`).join('\n');
  const changed = text.replace('line 100', 'line one hundred');
  const shown = markdown(
    reviewOf(
      { 'other_thing.a': { text, list: ['a', 'b', 'c', 'e'] } },
      { 'other_thing.a': { text: changed, list: ['a', 'c', 'd'] } },
    ),
  );
  expect(shown).toContain('!   text: text, +1 −1 lines\n-     line 100\n+     line one hundred\n');
  expect(shown).toContain('!   list:\n-     b\n-     e\n+     d\n');
  expect(shown).not.toContain('line 99');
});

test('the order of a list is noise, except where it makes pods anew', () => {
  const role = (...verbs: string[]): KubernetesLike => ({
    kind: 'Role',
    metadata: { name: 'r', namespace: 'nankai' },
    rules: [{ apiGroups: [''], resources: ['pods'], verbs }],
  });
  const order = reviewOf(manifests([role('get', 'list')]), manifests([role('list', 'get')]));
  expect(order.verdict).toMatchObject({ word: 'safe', exitCode: 0 });
  expect(markdown(order)).toMatch(/Folded: 1 order of a list, in 1 resource: Role/);
  const pods = (...env: string[]): KubernetesLike => ({
    kind: 'Deployment',
    metadata: { name: 'd', namespace: 'nankai' },
    spec: {
      template: { spec: { containers: [{ name: 'c', env: env.map((name) => ({ name })) }] } },
    },
  });
  const restart = reviewOf(manifests([pods('A', 'B')]), manifests([pods('B', 'A')]));
  expect(restart.verdict.exitCode).toBe(2);
  expect(markdown(restart)).toMatch(/pods of nankai\/d are recreated/);
});

test('a label is noise unless a selector names it', () => {
  const labelled = (value: string, selector = {}): Resources =>
    manifests([
      { kind: 'ConfigMap', metadata: { name: 'a', namespace: 'nankai', labels: { team: value } } },
      { kind: 'Service', metadata: { name: 's', namespace: 'nankai' }, spec: { selector } },
    ]);
  expect(reviewOf(labelled('a'), labelled('b')).verdict.exitCode).toBe(0);
  const selected = { team: 'b' };
  expect(reviewOf(labelled('a', selected), labelled('b', selected)).verdict.exitCode).toBe(2);
});

describe('how resources are found again', () => {
  const object = { metadata: { name: 'a', namespace: 'nankai' }, data: { k: 'v' } };

  test('a moved block is a move and destroys nothing', () => {
    const before = outputOf('base', { 'kubernetes_config_map_v1.old': object });
    const after = outputOf('head', { 'kubernetes_config_map_v1.new': object });
    const stack = after.stacks.get(STACK);
    if (!stack) throw new Error('no stack');
    const moved = new Map([['kubernetes_config_map_v1.old', 'kubernetes_config_map_v1.new']]);
    const head = { ...after, stacks: new Map([[STACK, { ...stack, moved }]]) };
    const { changes, verdict } = review({ base: before, head, plans: [] });
    expect(changes.map((change) => change.action)).toEqual(['move']);
    expect(verdict.exitCode).toBe(0);
  });

  test('the same object at another address is replaced, with the reason', () => {
    const result = reviewOf(
      { 'kubernetes_config_map_v1.old': object },
      { 'kubernetes_config_map_v1.new': object },
    );
    expect(result.changes).toEqual([
      expect.objectContaining({
        action: 'replace',
        reasons: [
          'its address changes from kubernetes_config_map_v1.old and no moved block says so',
        ],
      }),
    ]);
    expect(result.verdict.exitCode).toBe(3);
  });

  test.each<[string, string, object, object, string]>([
    [
      'a name',
      'kubernetes_config_map_v1',
      object,
      { ...object, metadata: { ...object.metadata, name: 'b' } },
      'metadata.name changes: "a" → "b"',
    ],
    [
      'the type of a Secret',
      'kubernetes_secret_v1',
      { ...object, type: 'Opaque' },
      { ...object, type: 'tls' },
      'type changes: "Opaque" → "tls"',
    ],
    [
      'data of what is immutable',
      'kubernetes_config_map_v1',
      { ...object, immutable: true },
      { ...object, immutable: true, data: { k: 'w' } },
      'immutable: its data cannot be changed in place',
    ],
    [
      'the value of a priority',
      'kubernetes_priority_class_v1',
      { metadata: { name: 'a' }, value: 1 },
      { metadata: { name: 'a' }, value: 2 },
      'value changes: 1 → 2',
    ],
  ])('%s cannot be changed in place', (_what, type, before, after, reason) => {
    const [change] = reviewOf(
      { [`${type}.x`]: before as never },
      { [`${type}.x`]: after as never },
    ).changes;
    expect(change).toMatchObject({ action: 'replace', reasons: [reason] });
  });

  test('what Terraform must not destroy, it will refuse to replace', () => {
    const kept = { ...object, lifecycle: { prevent_destroy: true } };
    const other = { ...kept, metadata: { ...kept.metadata, name: 'b' } };
    const [change] = reviewOf(
      { 'kubernetes_config_map_v1.x': kept },
      { 'kubernetes_config_map_v1.x': other },
    ).changes;
    expect(change?.reasons).toContain('prevent_destroy is set: Terraform refuses the plan');
  });
});

describe('a claim', () => {
  const claim = (storage: string, keep = false) => ({
    'kubernetes_persistent_volume_claim_v1.weights': {
      metadata: { name: 'weights', namespace: 'nankai' },
      spec: {
        access_modes: ['ReadWriteMany'],
        storage_class_name: 'nfs-models',
        resources: { requests: { storage } },
      },
      ...(keep ? { lifecycle: { prevent_destroy: true } } : {}),
    },
  });
  const risks = ({ risks: found }: ReturnType<typeof reviewOf>) =>
    found.map(({ id, level, statement }) => [id, level, statement]);

  test.each([
    ['68Gi', '64Gi'],
    // In other units.
    ['1Ti', '1023Gi'],
  ])(
    'that shrinks (%s → %s) is recreated, which Terraform refuses where it is protected now',
    (was, is) => {
      const result = reviewOf(claim(was), claim(is, true));
      expect(result.changes).toEqual([
        expect.objectContaining({
          action: 'replace',
          reasons: [
            `spec.resources.requests.storage changes: "${was}" → "${is}"`,
            'prevent_destroy is set: Terraform refuses the plan',
          ],
        }),
      ]);
      expect(risks(result)).toEqual([
        ['AICC-RISK-024', 'error', `nankai/weights is recreated with ${is} for ${was}`],
      ]);
      expect(result.verdict.exitCode).toBe(4);
    },
  );

  test.each([
    ['64Gi', '68Gi'],
    ['1024Gi', '1Ti'],
  ])('grows in place or stays (%s → %s)', (was, is) => {
    const result = reviewOf(claim(was, true), claim(is, true));
    expect(result.changes.filter(({ action }) => action === 'replace')).toEqual([]);
    expect(risks(result)).toEqual([]);
  });

  test('is protected no more', () => {
    expect(risks(reviewOf(claim('68Gi', true), claim('68Gi')))).toEqual([
      ['AICC-RISK-022', 'warning', 'Terraform would delete the claim nankai/weights'],
    ]);
  });
});

describe('a rehearsal', () => {
  const rehearsal = (problems: readonly string[]): Rehearsal => ({
    result: problems.length > 0 ? 'failed' : 'passed',
    notShown: 'A simulated node runs no container.',
    phases: [
      {
        phase: 'phase-1',
        cluster: 'c-1',
        kubernetes: 'v1.34.4',
        result: problems.length > 0 ? 'failed' : 'passed',
        problems,
        servers: 40,
        stacks: [{ stack: 's', applied: 95, refused: [] }],
        pods: {
          components: { wanted: 10, admitted: 10, running: 10 },
          servings: { wanted: 5, admitted: 5, running: 5 },
          jobs: { wanted: 2, admitted: 2, running: 1 },
        },
        groups: { wanted: 1, whole: 1 },
        pending: [],
        npus: {
          declared: 320,
          usable: 288,
          guaranteed: 240,
          allocatable: 320,
          inUse: 240,
          petaflopsInUse: 75,
          petaflopsUsable: 90,
        },
        tenants: [],
        steps: [{ name: 'nodes', what: '40 nodes', seconds: 12.4 }],
      },
    ],
  });
  const resources = outputOf('base', many(1, 'a'));
  const reviewWith = (problems: readonly string[]) =>
    review({ base: resources, head: resources, plans: [], rehearsal: rehearsal(problems) });

  test('is a section of its own', () => {
    const result = reviewWith([]);
    expect(markdown(result)).toMatch(
      /### Rehearsal: passed\n\nA simulated node runs no container\.[\s\S]*\| `phase-1` \| passed \| 40 \| 95 of 95 \| 16 of 17 \| 240 of 288 \| 12 \|/,
    );
    expect(result.verdict.exitCode).toBe(0);
  });

  test('that failed stops the change, and says why', () => {
    const result = reviewWith(['1 pod pending']);
    expect(result.verdict).toMatchObject({ exitCode: 4, line: 'Stop: the rehearsal failed.' });
    expect(markdown(result)).toMatch(/- `phase-1`: 1 pod pending/);
  });

  test.each(['{"result":"maybe"}', '[]', 'null', '{"result":"passed"'])('is not %s', (content) => {
    const file = join(temporaryFolder(), 'rehearsal.json');
    writeFileSync(file, content);
    expect(() => readRehearsal(file)).toThrow(/make it with `aicc rehearse --json`$/);
  });
});

test('the JSON keeps to its schema', () => {
  const schema = JSON.parse(
    readFileSync(join(__dirname, '../../../docs/review.schema.json'), 'utf8'),
  );
  const validate = new Ajv({ strict: false }).compile(schema);
  const result = reviewOf(many(3, 'a'), {
    ...many(2, 'b'),
    'kubernetes_secret_v1.a': { data: { a: 'b' } },
  });
  const json = JSON.parse(toJson(result));
  expect(validate(json) ? [] : validate.errors).toEqual([]);
  expect(json.changes[0]).not.toHaveProperty('before');
  // A check that sees a wrong field.
  expect(validate({ ...json, verdict: { ...json.verdict, exitCode: 'four' } })).toBe(false);
});
