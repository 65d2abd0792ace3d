import { PROOFS, type ProofResult, type ProofSubject, runProofs } from '../../../constructs';
import { FIXTURES } from './fixtures';

const failed = (subject: ProofSubject): ProofResult[] =>
  runProofs(subject).filter((result) => result.status === 'failed');

test('ids are unique, in order, and each has fixtures', () => {
  const ids = PROOFS.map((proof) => proof.id);
  expect(ids).toEqual([...new Set(ids)].sort());
  expect(Object.keys(FIXTURES)).toEqual(ids);
});

describe.each(Object.entries(FIXTURES))('%s', (id, { passing, failing, arithmetic }) => {
  test('holds at the edge, with a finding that shows the sum', () => {
    expect(failed(passing)).toEqual([]);
    const own = runProofs(passing).filter((result) => result.id === id);
    expect(own.length).toBeGreaterThan(0);
    for (const result of own) expect(result.arithmetic).toMatch(/\d/);
  });

  test('fails one step over the edge, alone, with the sum and what to change', () => {
    const results = failed(failing);
    expect(results.map((result) => result.id)).toEqual([id]);
    expect(results[0]?.arithmetic).toMatch(arithmetic);
    expect(results[0]?.remedy).not.toBe('');
  });
});
