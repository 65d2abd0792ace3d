import { TerraformVariable, Token } from 'cdktf';
import { ComputeCluster, ModelServing, TenantNamespace } from '../../constructs';
import { escapeTemplates } from '../../constructs/custom-resource';
import { problemsOf, SMALL_POOL, smallCluster } from '../helpers/cluster';
import { Template, testStack } from '../helpers/template';

const LATER =
  'must be known at synthesis, where it is checked and counted with; write the value itself, got: a value that is known at deploy only';

function withVariable() {
  const stack = testStack();
  return { stack, later: new TerraformVariable(stack, 'later', { type: 'string' }) };
}

test('a value that is known at deploy only is one clear error, whatever its type', () => {
  const { stack, later } = withVariable();
  const cluster = smallCluster(stack);
  const tenant = new TenantNamespace(stack, 'nankai', {
    cluster,
    tenantName: 'nankai',
    guarantee: 8,
    podSecurity: 'baseline',
  });
  const serving = (props: object) =>
    problemsOf(
      () =>
        new ModelServing(stack, 'serving', {
          tenant,
          model: 'qwen3-8b',
          weights: { server: 'weights.internal', path: '/models' },
          ...props,
        }),
    );
  expect(serving({ replicas: later.numberValue })).toEqual([`test/serving: replicas ${LATER}`]);
});

test.each<[string, (later: TerraformVariable) => object, string]>([
  ['a text', (later) => ({ costCentre: later.stringValue }), 'costCentre'],
  [
    'a text with one in it',
    (later) => ({ imagePullSecret: `a-${later.stringValue}` }),
    'imagePullSecret',
  ],
  ['a number', (later) => ({ guarantee: later.numberValue }), 'guarantee'],
  [
    'a number inside',
    (later) => ({ storage: { totalGib: later.numberValue } }),
    'storage.totalGib',
  ],
  ['a list', (later) => ({ peers: later.listValue }), 'peers'],
  ['an object', (later) => ({ labels: later.value }), 'labels'],
])('%s of a tenant', (_what, props, key) => {
  const { stack, later } = withVariable();
  const cluster = smallCluster(stack);
  const make = () =>
    new TenantNamespace(stack, 'nankai', {
      cluster,
      tenantName: 'nankai',
      guarantee: 8,
      ...props(later),
    });
  expect(problemsOf(make)).toEqual([`test/nankai: ${key} ${LATER}`]);
});

test('a cluster', () => {
  const { stack, later } = withVariable();
  const pools = [{ ...SMALL_POOL, servers: later.numberValue }];
  const make = () => new ComputeCluster(stack, 'cluster', { clusterName: 'c-1', pools });
  expect(problemsOf(make)).toEqual([`test/cluster: pool 'npu': servers ${LATER}`]);
});

test('texts for people take it, and what else is a template in them is still text', () => {
  const { stack, later } = withVariable();
  new TenantNamespace(stack, 'nankai', {
    cluster: smallCluster(stack),
    tenantName: 'nankai',
    guarantee: 8,
    contact: later.stringValue,
    displayName: `Nankai (${later.stringValue}) \${HOME} %{if}`,
  });
  const { metadata } = Template.of(stack)
    .resources('kubernetes_namespace_v1')
    .find((resource) => (resource.metadata as { name: string }).name === 'nankai') as {
    metadata: { annotations: Record<string, string> };
  };
  expect(metadata.annotations).toMatchObject({
    'aicc.internal/contact': '${var.later}',
    'aicc.internal/display-name': 'Nankai (${var.later}) $${HOME} %%{if}',
  });
});

test('values of cdktf inside an object are left as they are', () => {
  const { later } = withVariable();
  const list = Token.asList(later.value);
  const value = { text: later.stringValue, list, number: later.numberValue, lazy: later.value };
  expect(escapeTemplates(value)).toEqual(value);
  expect(escapeTemplates(value).lazy).toBe(value.lazy);
});
