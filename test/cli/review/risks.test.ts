import { RISKS } from '../../../cli/review/risks/registry';
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
    expect(risk?.what).toMatch(what);
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
    expect(risksOf({ before: [tenant('retired'), ...parts], after: [] })).toEqual([]);
  });

  test('a new tenant comes without a risk', () => {
    expect(risksOf({ before: [], after: [tenant('active'), ...parts] })).toEqual([]);
  });
});
