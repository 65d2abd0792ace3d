import { unknownFields } from '../../../cli/preflight/checks/kind-schemas';
import { selectsLabels } from '../../../cli/preflight/selector';

const schema = {
  properties: {
    spec: {
      properties: {
        weight: {},
        capability: { additionalProperties: {} },
        rules: { items: { properties: { name: {} } } },
        free: { 'x-kubernetes-preserve-unknown-fields': true },
      },
    },
  },
};

test('fields that a schema does not know are named by their path, those of maps and free parts are not', () => {
  const spec = {
    weight: 1,
    guarantee: { resource: {} },
    capability: { 'huawei.com/Ascend910': '8' },
    rules: [{ name: 'a' }, { name: 'b', extra: true }],
    free: { anything: { at: 'all' } },
  };
  expect(unknownFields({ metadata: { name: 'x' }, spec }, schema, '')).toEqual([
    '.spec.guarantee',
    '.spec.rules[].extra',
  ]);
});

test('selectors select as those of Kubernetes do', () => {
  const labels = { app: 'a', tier: 'x' };
  expect(selectsLabels(undefined, labels)).toBe(false);
  expect(selectsLabels({}, labels)).toBe(true);
  expect(selectsLabels({ matchLabels: { app: 'b' } }, labels)).toBe(false);
  const expressions = (operator: string, key: string, values?: string[]) =>
    selectsLabels({ matchExpressions: [{ key, operator, values }] }, labels);
  expect(expressions('In', 'tier', ['x', 'y'])).toBe(true);
  expect(expressions('NotIn', 'tier', ['x'])).toBe(false);
  expect(expressions('NotIn', 'none', ['x'])).toBe(true);
  expect(expressions('Exists', 'none')).toBe(false);
  expect(expressions('DoesNotExist', 'none')).toBe(true);
});
