import { RISKS } from '../../../cli/review/risks/registry';
import { type KubernetesLike, manifests, type Resources, reviewOf } from './outputs';
import { RISK_FIXTURES, type Sides } from './risk-fixtures';
import { risksOf } from './risks-of';

test('ids are unique, in order, and each has fixtures', () => {
  const ids = RISKS.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
  expect(Object.keys(RISK_FIXTURES)).toEqual(ids);
});

describe.each(Object.entries(RISK_FIXTURES))('%s', (id, { found, what, none }) => {
  test('is found, with what happens and what to do', () => {
    const [risk, ...others] = risksOf(found).filter((entry) => entry.id === id);
    expect(others).toEqual([]);
    expect(risk?.statement).toMatch(what);
    expect(risk?.remedy).not.toBe('');
    expect(risk?.path).toMatch(/^phase-1-/);
  });

  test('is not found one step before it', () => {
    expect(risksOf(none).filter((entry) => entry.id === id)).toEqual([]);
  });
});

test('the rule of a deployed model and of a group of servers are the same', () => {
  const [before, after] = [
    RISK_FIXTURES['AICC-RISK-014']?.found.before,
    RISK_FIXTURES['AICC-RISK-014']?.found.after,
  ];
  const group = (objects: Sides['before'] = []) =>
    objects.map((object) => ({
      ...object,
      kind: 'LeaderWorkerSet',
      spec: {
        leaderWorkerTemplate: { leaderTemplate: (object.spec as { template: object }).template },
      },
    }));
  expect(risksOf({ before: group(before), after: group(after) })).toEqual([
    expect.objectContaining({ id: 'AICC-RISK-014' }),
  ]);
});

describe('what goes or comes as a whole is one risk at most', () => {
  const tenant = (state: string) => ({
    kind: 'Namespace',
    metadata: {
      name: 'nankai',
      labels: { 'aicc.internal/tenant': 'nankai', 'aicc.internal/state': state },
    },
  });
  const parts = ['002', '003', '007', '008'].flatMap(
    (id) => RISK_FIXTURES[`AICC-RISK-${id}`]?.found.before ?? [],
  );

  test('a retired tenant goes without a risk', () => {
    const claim = {
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'weights', namespace: 'nankai' },
    };
    expect(risksOf({ before: [tenant('retired'), claim, ...parts], after: [] })).toEqual([]);
  });

  test('a new tenant comes without a risk', () => {
    expect(risksOf({ before: [], after: [tenant('active'), ...parts] })).toEqual([]);
  });
});

describe('what else a rule finds', () => {
  const NPUS = 'requests.huawei.com/Ascend910';
  const object = (kind: string, content: object): KubernetesLike => ({
    kind,
    metadata: { name: 'a', namespace: 'nankai' },
    ...content,
  });
  const pods = (container: object, spec: object = {}) =>
    object('Deployment', {
      spec: { template: { spec: { ...spec, containers: [{ name: 'c', ...container }] } } },
    });
  const probe = (timeoutSeconds: number) => pods({ livenessProbe: { timeoutSeconds } });
  const hook = (preStop: object) => pods({ lifecycle: { preStop } });
  const policy = (matchConstraints: object) =>
    object('ValidatingAdmissionPolicy', { spec: { matchConstraints } });
  const bound = (spec: object) => object('ValidatingAdmissionPolicyBinding', { spec });
  const binding = (kind: string) =>
    object('RoleBinding', {
      roleRef: { kind, name: 'r' },
      subjects: [{ kind: 'Group', name: 'g' }],
    });
  const quota = (hard: object) => object('ResourceQuota', { spec: { hard } });
  const capacities = RISK_FIXTURES['AICC-RISK-001']?.found.capacity;

  test.each<[string, string, KubernetesLike[], KubernetesLike[], RegExp]>([
    [
      'a claim that goes with the Job that filled it',
      'AICC-RISK-024',
      [
        object('PersistentVolumeClaim', { spec: { resources: { requests: { storage: '1Gi' } } } }),
        object('Job', {
          spec: {
            template: {
              spec: { volumes: [{ name: 'w', persistentVolumeClaim: { claimName: 'a' } }] },
            },
          },
        }),
      ],
      [],
      /nankai\/a of 1Gi goes, and nothing that mounted it/,
    ],
    [
      'a quota where none was, below what is sold',
      'AICC-RISK-001',
      [],
      [quota({ [NPUS]: '8' })],
      /none → 8 NPUs < 16 sold until now/,
    ],
    [
      'a role of the cluster by the name of one of the namespace',
      'AICC-RISK-007',
      [binding('Role')],
      [binding('ClusterRole')],
      /Group g gets ClusterRole r/,
    ],
    [
      'less time for an answer',
      'AICC-RISK-014',
      [probe(10)],
      [probe(9)],
      /livenessProbe of c waits 10 s → 9 s/,
    ],
    [
      'a hook that waits for less time',
      'AICC-RISK-014',
      [hook({ exec: { command: ['sleep', '30'] } })],
      [hook({ exec: { command: ['/bin/sh', '-c', 'sleep 29'] } })],
      /preStop hook of c waits 30 s → 29 s/,
    ],
    [
      'a policy that leaves out some requests',
      'AICC-RISK-021',
      [policy({})],
      [policy({ excludeResourceRules: [{ operations: ['CREATE'], resources: ['pods'] }] })],
      /leaves out CREATE pods/,
    ],
    [
      'a policy that leaves out some objects',
      'AICC-RISK-021',
      [policy({})],
      [policy({ objectSelector: { matchLabels: { checked: 'yes' } } })],
      /does not hold for what is without checked=yes any more/,
    ],
    [
      'a binding of another policy',
      'AICC-RISK-021',
      [bound({ policyName: 'strict', validationActions: ['Deny'] })],
      [bound({ policyName: 'lax', validationActions: ['Deny'] })],
      /is of lax instead of strict/,
    ],
  ])('%s', (_what, id, before, after, what) => {
    const given = capacities ? { capacity: capacities } : {};
    const found = risksOf({ before, after, ...given }).filter((risk) => risk.id === id);
    expect(found).toEqual([expect.objectContaining({ statement: expect.stringMatching(what) })]);
  });

  test('a lower class is no higher one', () => {
    const klass = (name: string, value: number): Resources => ({
      [`kubernetes_priority_class_v1.${name}`]: { metadata: { name }, value },
    });
    const of = (priorityClassName: string): Resources => ({
      ...klass('high', 100),
      ...klass('low', 10),
      ...manifests([pods({}, { priorityClassName })]),
    });
    const ids = (before: string, after: string) =>
      reviewOf(of(before), of(after)).risks.map((risk) => risk.id);
    expect(ids('low', 'high')).toEqual(['AICC-RISK-009']);
    expect(ids('high', 'low')).toEqual([]);
  });
});
