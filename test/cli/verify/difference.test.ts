import { differences } from '../../../cli/verify/difference';

const declared = {
  metadata: { name: 'x' },
  spec: {
    replicas: 2,
    limits: { memory: '1Ti', cpu: '500m' },
    verbs: ['get', 'list'],
    host: false,
  },
};

test('what the API server adds, other notations and another order are no difference', () => {
  const live = {
    metadata: { name: 'x', uid: '1', labels: { a: 'b' } },
    spec: {
      replicas: 2,
      limits: { memory: '1024Gi', cpu: '0.5' },
      verbs: ['list', 'get'],
      strategy: 'RollingUpdate',
    },
    status: { ready: 2 },
  };
  expect(differences(declared, live)).toEqual([]);
});

test('each field that is not as declared is named with both values', () => {
  const live = {
    metadata: { name: 'x' },
    spec: { replicas: 3, limits: { memory: '1Gi' }, verbs: ['get', 'delete'], host: true },
  };
  expect(differences(declared, live)).toEqual([
    '.spec.replicas is 3, declared 2',
    '.spec.limits.memory is "1Gi", declared "1Ti"',
    '.spec.limits.cpu is not set, declared "500m"',
    '.spec.verbs[1] is "delete", declared "list"',
    '.spec.host is true, declared false',
  ]);
});

test('a list with more than was declared is a difference, an empty one and none are not', () => {
  expect(
    differences({ subjects: [{ name: 'a' }] }, { subjects: [{ name: 'a' }, { name: 'b' }] }),
  ).toEqual(['.subjects has 2 entries, declared 1']);
  expect(differences({ ingress: [] }, {})).toEqual([]);
  expect(differences({ ingress: [] }, { ingress: [{}] })).toEqual([
    '.ingress has 1 entries, declared 0',
  ]);
});

test('a number and its text are the same, words are not', () => {
  expect(differences({ port: '8000', name: 'http' }, { port: 8000, name: 'http' })).toEqual([]);
  expect(differences({ name: 'http' }, { name: 'https' })).toHaveLength(1);
});
