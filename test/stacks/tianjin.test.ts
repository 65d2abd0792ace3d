import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterTotals, findModel } from '../../constructs';
import { synthesizeCentre } from '../../stacks/build';
import type { BuiltCentre } from '../../stacks/built-centre';
import { readSettings } from '../../stacks/settings';
import { summarize } from '../../stacks/summary';
import { lockOf } from '../../stacks/tenant-lock';
import { tianjin } from '../../stacks/tianjin';
import { builtClaims, weightsLockOf } from '../../stacks/weights-lock';
import { temporaryFolder } from '../helpers/temporary-folder';

const SETTINGS = { kubeconfig: '~/.kube/config', contexts: {} };
let built: BuiltCentre;
let out: string;

beforeAll(() => {
  out = temporaryFolder();
  built = synthesizeCentre(tianjin, SETTINGS, out);
});

test('servers, NPUs and petaflops of the clusters add up to the milestones', () => {
  const totals = built.phases.map(({ cluster }) => clusterTotals(cluster.cluster.inventory()));
  expect(totals.map((total) => total.servers)).toEqual([40, 40, 40, 280]);
  expect(totals.map((total) => total.npus)).toEqual([320, 320, 320, 2240]);
  const summary = summarize(tianjin, built);
  for (const figure of ['100.16', '200.32', '300.48', '1,001.6']) expect(summary).toContain(figure);
});

test('twelve stacks with dependencies inside a phase only', () => {
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  const stacks = Object.values(manifest.stacks) as { name: string; dependencies: string[] }[];
  expect(stacks).toHaveLength(12);
  for (const { name, dependencies } of stacks) {
    const phase = name.replace(/-(cluster|tenants|models)$/, '');
    expect(dependencies.every((other) => other.startsWith(`${phase}-`))).toBe(true);
  }
  expect(stacks.find((s) => s.name === 'phase-300p-models')?.dependencies).toEqual([
    'phase-300p-tenants',
  ]);
});

test('no absolute path in the output, state outside of it, context named', () => {
  const text = readFileSync(join(out, 'stacks/phase-100p-models/cdk.tf.json'), 'utf8');
  expect(text).not.toContain(process.cwd());
  const { terraform, provider } = JSON.parse(text);
  expect(terraform.backend.local.path).toBe('../../../terraform-state/phase-100p-models.tfstate');
  expect(terraform.required_providers.kubernetes.version).toBe('3.2.1');
  expect(provider.kubernetes).toEqual([{ config_context: 'tj-1', config_path: '~/.kube/config' }]);
});

test.each([
  ['pg', { pg: { schema_name: 'phase-100p-models' } }],
  [
    's3://states',
    { s3: { bucket: 'states', key: 'phase-100p-models.tfstate', use_lockfile: true } },
  ],
  [
    's3://states/tj/1?region=site&endpoint=https://s3.site.example',
    {
      s3: expect.objectContaining({
        key: 'tj/1/phase-100p-models.tfstate',
        region: 'site',
        endpoints: { s3: 'https://s3.site.example' },
        use_path_style: true,
      }),
    },
  ],
  [
    'kubernetes://terraform',
    {
      kubernetes: {
        secret_suffix: 'phase-100p-models',
        namespace: 'terraform',
        config_path: '~/.kube/config',
        config_context: 'tj-1',
      },
    },
  ],
  [
    'kubernetes://terraform?context=admin@management',
    { kubernetes: expect.objectContaining({ config_context: 'admin@management' }) },
  ],
])('one setting keeps states elsewhere, a key a stack: %s', (AICC_BACKEND, backend) => {
  const folder = temporaryFolder();
  const settings = readSettings({ AICC_BACKEND, AICC_ENVIRONMENT: 'phase-100p' });
  synthesizeCentre(tianjin, settings, folder);
  const backends = ['cluster', 'tenants', 'models'].map((layer) => {
    const file = join(folder, `stacks/phase-100p-${layer}/cdk.tf.json`);
    return JSON.parse(readFileSync(file, 'utf8')).terraform.backend;
  });
  expect(backends[2]).toEqual(backend);
  expect(new Set(backends.map((entry) => JSON.stringify(entry))).size).toBe(3);
});

test('a smaller environment leaves no folder of a stack that it does not have', () => {
  const folder = temporaryFolder();
  synthesizeCentre(tianjin, SETTINGS, folder);
  synthesizeCentre(tianjin, { ...SETTINGS, environment: 'phase-100p' }, folder);
  expect(readdirSync(join(folder, 'stacks'))).toEqual([
    'phase-100p-cluster',
    'phase-100p-models',
    'phase-100p-tenants',
  ]);
});

test('the data has what the source names', () => {
  expect(tianjin.tenants.length).toBeGreaterThanOrEqual(12);
  expect(tianjin.tenants.map((tenant) => tenant.name)).toContain('tianjin-normal-university');
  expect(new Set(tianjin.tenants.map((tenant) => tenant.sector)).size).toBe(6);
  const models = new Set(tianjin.servings.map((serving) => serving.model));
  expect(
    [...models].filter((model) => !model.startsWith('deepseek')).length,
  ).toBeGreaterThanOrEqual(6);
});

test('models of every kind are served, over all phases', () => {
  const tasks = tianjin.servings.map(({ model }) => findModel(model)?.task);
  expect(new Set(tasks)).toEqual(
    new Set([
      'chat',
      'reasoning',
      'code',
      'embedding',
      'reranker',
      'speech-recognition',
      'ocr',
      'vision-language',
      'image-generation',
      'detection',
      'segmentation',
      'time-series',
    ]),
  );
  expect(new Set(tianjin.servings.map(({ phase }) => phase)).size).toBe(4);
});

test('DeepSeek 671B has two whole servers a replica, and the distilled family is there', () => {
  const served = built.phases.flatMap(({ cluster }) => cluster.cluster.inventory().servings);
  const groups = served.filter(({ podsPerReplica }) => podsPerReplica > 1);
  expect(new Set(groups.map(({ model }) => model))).toEqual(
    new Set(['deepseek-r1', 'deepseek-v3-1']),
  );
  for (const { podsPerReplica, npusPerReplica } of groups) {
    expect([podsPerReplica, npusPerReplica]).toEqual([2, 16]);
  }
  const distilled = new Set(
    served.map(({ model }) => model).filter((id) => id.includes('distill')),
  );
  expect(distilled.size).toBe(6);
});

test('every budget of every phase lets one pod go, however many there are', () => {
  const budgets = built.phases.flatMap(({ phase }) => {
    const file = join(out, `stacks/${phase.id}-models/cdk.tf.json`);
    const { resource } = JSON.parse(readFileSync(file, 'utf8'));
    return Object.values<{ spec: object }>(resource.kubernetes_pod_disruption_budget_v1);
  });
  const servings = built.phases.flatMap(({ cluster }) => cluster.cluster.inventory().servings);
  expect(budgets).toHaveLength(servings.length);
  for (const { spec } of budgets) {
    expect(spec).toEqual({ max_unavailable: '1', selector: expect.anything() });
  }
});

test('the locks that are committed are those of the data', () => {
  expect(tianjin.lock).toEqual(lockOf(tianjin));
  expect(tianjin.weightsLock).toEqual(weightsLockOf(tianjin, builtClaims(built)));
});
