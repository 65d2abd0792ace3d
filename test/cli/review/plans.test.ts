import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Output, readSide } from '../../../cli/review/input/output';
import type { Plan } from '../../../cli/review/input/plan';
import { readPlans } from '../../../cli/review/input/plan-stack';
import { toHtml } from '../../../cli/review/report/html';
import { toJson } from '../../../cli/review/report/json';
import { toMarkdown } from '../../../cli/review/report/markdown';
import { type Review, review } from '../../../cli/review/review';
import { temporaryFolder } from '../../helpers/temporary-folder';
import { MODELS, PLANTED, TENANTS } from './plans/centre';

const PLANS = join(__dirname, 'plans');
const plan = (name: string, stack: string) => join(PLANS, `${name}-${stack}.plan.json`);

/** The output of both stacks as it was planned. */
function side(name: string): Output {
  const folder = temporaryFolder();
  const stacks = [TENANTS, MODELS].map((stack) => {
    mkdirSync(join(folder, stack));
    cpSync(join(PLANS, `${name}-${stack}.tf.json`), join(folder, stack, 'cdk.tf.json'));
    return [stack, { synthesizedStackPath: `${stack}/cdk.tf.json`, dependencies: [] }];
  });
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({ stacks: Object.fromEntries(stacks) }),
  );
  return readSide(name, folder);
}

const base = side('base');
const head = side('head');

function reviewPlans(files: readonly string[], before?: Output, after?: Output): Review {
  return review({ base: before, head: after, plans: readPlans(files, after ?? before) });
}

const comment = (result: Review) => toMarkdown(result, 'review.html');

test('what was never applied is created, and what nobody wrote is not shown', () => {
  const result = reviewPlans([plan('create', MODELS)], base, base);
  expect(result.changes.map(({ kind, action, source }) => [kind, action, source])).toEqual([
    ['Deployment', 'create', 'plan'],
    ['NetworkPolicy', 'create', 'plan'],
    ['PodDisruptionBudget', 'create', 'plan'],
    ['ServiceAccount', 'create', 'plan'],
    ['Service', 'create', 'plan'],
  ]);
  expect(result.changes[0]?.path).toBe(`${MODELS}/model-services-qwen3-8b/Resource`);
  expect(result.counts.foldedBy['known after apply']).toBeGreaterThan(0);
  expect(comment(result)).not.toContain(': (known after apply)');
  expect(result.verdict.exitCode).toBe(2);
});

test('a second plan is empty, although the provider reports changes outside of Terraform', () => {
  expect(JSON.parse(readFileSync(plan('empty', MODELS), 'utf8')).resource_drift).toHaveLength(5);
  const result = reviewPlans([plan('empty', MODELS)], base, base);
  expect(comment(result)).toBe('## 🟢 Nothing changes. <!-- aicc-review -->\n');
  expect(result.verdict.exitCode).toBe(0);
});

describe('a change of data', () => {
  const result = reviewPlans([plan('change', TENANTS), plan('change', MODELS)], base, head);
  const text = comment(result);

  test('is the same in the code and in the plans, and said once', () => {
    expect(result.changes.map(({ kind, name, source }) => [kind, name, source])).toEqual([
      ['Queue', 'tianjin-normal-university', 'both'],
      ['ResourceQuota', 'tenant', 'both'],
      ['Secret', 'planted', 'both'],
      ['Deployment', 'qwen3-8b', 'both'],
    ]);
    expect(text).toMatch(/spec\.replicas: 2 → 3\n/);
    expect(text).not.toMatch(/only in the/);
    expect(result.verdict.exitCode).toBe(2);
  });

  test('shows of a custom object what was written, nothing else', () => {
    const queue = result.changes.find(({ kind }) => kind === 'Queue');
    expect(queue?.attributes).toEqual([
      {
        path: 'spec.capability[huawei.com/Ascend910]',
        before: '8',
        after: '6',
        treatment: 'shown',
      },
    ]);
  });

  test('masks what the provider calls sensitive', () => {
    expect(readFileSync(plan('change', TENANTS), 'utf8')).toContain(PLANTED);
    expect(result.counts.masked).toBe(1);
    expect(text).toContain('(sensitive)');
    for (const output of [text, toJson(result), toHtml(result)])
      expect(output).not.toContain(PLANTED);
  });

  test('says what only one of both knows', () => {
    const alone = reviewPlans([plan('change', MODELS)], base, base);
    expect(comment(alone)).toMatch(/only in the plan: the code does not change it/);
    const done = reviewPlans([plan('empty', MODELS)], base, head);
    expect(comment(done)).toMatch(/the plan has nothing to do for it: it is so already/);
  });
});

test('a replacement has the reason of the provider', () => {
  const result = reviewPlans([plan('replace', MODELS)], base, base);
  expect(result.changes.map(({ kind, action }) => [kind, action])).toEqual([
    ['Deployment', 'replace'],
    ['PodDisruptionBudget', 'replace'],
  ]);
  expect(comment(result)).toMatch(
    /replaced \| Deployment model-services\/qwen3-8b in .* \| spec\.selector\.matchLabels\\\[aicc\.internal\/generation\\\] changes: nothing → "2"/,
  );
  expect(result.risks.map(({ id }) => id)).toContain('AICC-RISK-013');
  expect(result.verdict.exitCode).toBe(4);
});

/** The output from which that plan was made: the base without a tenant. */
function withoutUniversity(): Output {
  const stacks = [...base.stacks].map(([name, stack]) => {
    const left = [...stack.resources].filter(([address]) => !address.includes('university'));
    return [name, { ...stack, resources: new Map(left) }] as const;
  });
  return { ...base, stacks: new Map(stacks) };
}

test('what is destroyed is listed with the reason of Terraform', () => {
  const result = reviewPlans([plan('destroy', TENANTS)], base, withoutUniversity());
  const gone = result.changes.filter(({ action }) => action === 'destroy');
  expect(gone).toHaveLength(20);
  const text = comment(result);
  for (const kind of new Set(gone.map((change) => change.kind))) expect(text).toContain(kind);
  expect(text).toMatch(/Destroyed and replaced \(20\)/);
  expect(text).toMatch(/it is gone from the configuration/);
  expect(result.risks.map(({ id }) => id)).toEqual(['AICC-RISK-017']);
});

test('what people changed by hand is shown, without what the provider only writes otherwise', () => {
  const result = reviewPlans([plan('drift', TENANTS), plan('drift', MODELS)], base, base);
  const text = comment(result);
  const [, drift = ''] =
    /### Changed outside of Terraform \(4\)([\s\S]*?)<details>/.exec(text) ?? [];
  expect(drift).toMatch(/Deployment model-services\/qwen3-8b\n! {3}spec\.replicas: 2 → 5/);
  expect(drift).toMatch(/- NetworkPolicy model-services\/default-deny/);
  expect(drift).toMatch(/metadata\.labels\[pod-security.*\/enforce\]: restricted → baseline/);
  expect(drift).toMatch(/Queue tianjin-normal-university\n! {3}spec\.weight: 1 → 7/);
  // And what Terraform does about it.
  expect(text).toMatch(/spec\.replicas: 5 → 2/);
  expect(text).toMatch(/\+ NetworkPolicy model-services\/default-deny/);
  expect(result.verdict.exitCode).toBe(2);
});

test('what people changed in labels alone is counted, and is no reason to look', () => {
  const label = (team: string) => ({ metadata: [{ name: 'a', labels: { team } }] });
  const type = 'kubernetes_config_map_v1';
  const change = { actions: ['update'], before: label('a'), after: label('b') };
  const drift = [{ address: `${type}.a`, mode: 'managed', type, change }];
  const one = { format_version: '1.2', resource_drift: drift } as unknown as Plan;
  const result = review({ plans: [{ file: 'p.json', stack: 's', plan: one }] });
  expect(result.verdict).toMatchObject({
    exitCode: 0,
    line: 'Safe: 1 changed outside of Terraform, in labels, annotations, order or notation alone.',
  });
  expect(comment(result)).toMatch(/Folded: 1 label, in 1 resource: ConfigMap\./);
});

describe('plans and their stacks', () => {
  test('a plan is of the stack with its addresses', () => {
    const [found] = readPlans([plan('change', TENANTS)], head);
    expect(found?.stack).toBe(TENANTS);
  });

  test('a plan alone is of the stack that it is named after', () => {
    const [found] = readPlans([`some-stack=${plan('change', TENANTS)}`], undefined);
    expect(found?.stack).toBe('some-stack');
    expect(comment(reviewPlans([plan('change', MODELS)]))).toMatch(/spec\.replicas: 2 → 3/);
  });

  test('stacks with the same addresses are told apart by their context', () => {
    const twin = twoClusters();
    expect(readPlans([plan('change', MODELS)], twin).map(({ stack }) => stack)).toEqual([MODELS]);
  });

  /** The output with a second stack of the same addresses, on another cluster. */
  function twoClusters(): Output {
    const own = head.stacks.get(MODELS);
    if (!own) throw new Error('no stack');
    const resources = [...own.resources.values()].map((resource) => {
      const text = JSON.stringify(resource).replaceAll('"tj-1"', '"tj-2"');
      return [resource.address, JSON.parse(text)] as const;
    });
    const second = { ...own, name: 'second', resources: new Map(resources) };
    return { ...head, stacks: new Map([['second', second], ...head.stacks]) };
  }

  test.each<[string, string[], RegExp]>([
    [
      'of another state of the code',
      [plan('destroy', TENANTS)],
      /^\S+ is not a plan of any stack of head; plan what was synthesized there, got: of phase-100p-tenants 21 resources are missing and 0 are unknown$/,
    ],
    [
      'that is named after another stack',
      [`${MODELS}=${plan('change', TENANTS)}`],
      /is not a plan of phase-100p-models of head/,
    ],
    [
      'of a stack that does not exist',
      [`nowhere=${plan('change', TENANTS)}`],
      /^no such stack; use one of phase-100p-tenants, phase-100p-models, got: 'nowhere'$/,
    ],
    [
      'that is given twice',
      [plan('change', MODELS), plan('change', MODELS)],
      /are plans of one stack; leave one out, got: phase-100p-models twice$/,
    ],
    [
      'of one stack twice',
      [plan('change', MODELS), plan('drift', MODELS)],
      /are plans of one stack; leave one out, got: phase-100p-models twice$/,
    ],
  ])('a plan %s', (_what, files, message) => {
    expect(() => readPlans(files, head)).toThrow(message);
  });
});

describe('files that are no plan', () => {
  function file(content: string): string {
    const path = join(temporaryFolder(), 'plan.json');
    writeFileSync(path, content);
    return path;
  }
  const whole = readFileSync(plan('change', MODELS), 'utf8');

  test.each<[string, string, RegExp]>([
    [
      'cut in half',
      whole.slice(0, whole.length / 2),
      /plan\.json is not whole JSON; make it with `terraform show -json PLAN`$/,
    ],
    [
      'of a newer format',
      whole.replace('"format_version":"1.2"', '"format_version":"2.0"'),
      /format version of the plan must be 1\.x; .*, got: '2\.0'$/,
    ],
    ['a state', JSON.stringify({ format_version: '1.0', values: {} }), /plan\.json is no plan/],
    ['something else', '[1, 2]', /plan\.json is no plan/],
    ['null', 'null', /plan\.json is no plan/],
    ...['7', '[null]', '[{"address":"a.b"}]', '[{"address":"a.b","type":"a","change":{}}]'].map(
      (changes): [string, string, RegExp] => [
        `changes of ${changes}`,
        `{"format_version":"1.2","resource_changes":${changes}}`,
        /plan\.json is no plan/,
      ],
    ),
    [
      'a plan that failed',
      whole.replace('{', '{"errored":true,'),
      /Terraform did not finish this plan/,
    ],
  ])('%s', (_what, content, message) => {
    expect(() => readPlans([file(content)], head)).toThrow(message);
  });

  test('that do not exist', () => {
    expect(() => readPlans(['nowhere.json'], head)).toThrow(/cannot read nowhere\.json/);
  });
});
