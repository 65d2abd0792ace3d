import { PROOFS, type ProofResult, type ProofSubject, runProofs } from '../../../constructs';
import { FIXTURES } from './fixtures';

const TODAY = '2026-11-24';

const failed = (subject: ProofSubject): ProofResult[] =>
  runProofs(subject, [], TODAY).filter((result) => result.status === 'failed');

test('ids are unique, in order, and each has fixtures', () => {
  const ids = PROOFS.map((proof) => proof.id);
  expect(ids).toEqual([...new Set(ids)].sort());
  expect(Object.keys(FIXTURES)).toEqual(ids);
});

describe.each(Object.entries(FIXTURES))('%s', (id, { passing, failing, statement }) => {
  test('holds at the edge, with a finding that shows the sum', () => {
    expect(failed(passing)).toEqual([]);
    const own = runProofs(passing, [], TODAY).filter((result) => result.id === id);
    expect(own.length).toBeGreaterThan(0);
    for (const result of own) expect(result.statement).toMatch(/\d/);
  });

  test('fails one step over the edge, alone, with the sum and what to change', () => {
    const results = failed(failing);
    expect(results.map((result) => result.id)).toEqual([id]);
    expect(results[0]?.statement).toMatch(statement);
    expect(results[0]?.remedy).not.toBe('');
  });
});

test('the last day counts, retired tenants have no term, and without a day nothing expires', () => {
  const { passing } = FIXTURES['AICC-TEN-001'] ?? {};
  if (passing?.kind !== 'cluster') throw new Error('no fixture');
  const [tenant] = passing.cluster.tenants;
  const ends = (changes: object, today?: string) =>
    runProofs(
      {
        kind: 'cluster',
        cluster: { ...passing.cluster, tenants: [{ ...tenant, ...changes } as never] },
      },
      [],
      today,
    ).filter(({ id, status }) => id === 'AICC-TEN-001' && status === 'failed').length;
  expect(ends({ expiry: TODAY }, TODAY)).toBe(0);
  expect(ends({ expiry: '2026-11-23' }, TODAY)).toBe(1);
  expect(ends({ expiry: '2026-11-23', state: 'retired' }, TODAY)).toBe(0);
  expect(ends({ expiry: '2026-11-23' })).toBe(0);
});
