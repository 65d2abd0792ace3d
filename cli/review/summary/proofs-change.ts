import type { CapacityReport, PhaseProof } from '../../../core/capacity';

/** A proof about one thing, on both sides. */
export interface ProofRow {
  readonly id: string;
  readonly level: PhaseProof['level'];
  readonly title: string;
  readonly phase: string;
  readonly path: string;
  /** @default - it was not there */
  readonly before?: PhaseProof['status'];
  /** @default - it is not there any more */
  readonly after?: PhaseProof['status'];
  readonly arithmeticBefore?: string;
  readonly arithmeticAfter?: string;
  /** What to change where it does not hold. */
  readonly remedy: string;
}

/** What a change does to a phase. */
export interface PhaseRow {
  readonly phase: string;
  /** Whether the head has it. */
  readonly synthesized: boolean;
  readonly passed: number;
  readonly acknowledged: number;
  readonly failed: number;
}

/** What a change does to the proofs, and to every phase. */
export interface ProofsChange {
  /** Status or sum is another; those that fail first. */
  readonly changed: readonly ProofRow[];
  /** Those that do not hold after the change, whether they held before or not. */
  readonly failing: readonly ProofRow[];
  readonly phases: readonly PhaseRow[];
}

export function proofsChange(before: CapacityReport, after: CapacityReport): ProofsChange {
  const rows = pairProofs(before.proofs, after.proofs);
  const names = [...before.phases, ...after.phases].map(({ id }) => id);
  return {
    changed: rows
      .filter((row) => row.before !== row.after || row.arithmeticBefore !== row.arithmeticAfter)
      .sort((a, b) => rank(a) - rank(b)),
    failing: rows.filter((row) => row.after !== undefined && row.after !== 'passed'),
    phases: [...new Set(names)].map((phase) => {
      const own = after.proofs.filter((proof) => proof.phase === phase);
      const count = (status: PhaseProof['status']) =>
        own.filter((proof) => proof.status === status).length;
      return {
        phase,
        synthesized: after.phases.some(({ id }) => id === phase),
        passed: count('passed'),
        acknowledged: count('acknowledged'),
        failed: count('failed'),
      };
    }),
  };
}

function rank({ before, after }: ProofRow): number {
  if (after === 'failed') return 0;
  if (after === 'acknowledged') return 1;
  return before === after ? 3 : 2;
}

/** A proof may be about one thing several times, once a chip: those are told apart by their order. */
function keyed(proofs: readonly PhaseProof[]): Map<string, PhaseProof> {
  const seen = new Map<string, number>();
  return new Map(
    proofs.map((proof) => {
      const key = `${proof.phase} ${proof.id} ${proof.path}`;
      const count = seen.get(key) ?? 0;
      seen.set(key, count + 1);
      return [`${key} ${count}`, proof];
    }),
  );
}

function pairProofs(before: readonly PhaseProof[], after: readonly PhaseProof[]): ProofRow[] {
  const [old, now] = [keyed(before), keyed(after)];
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    const proof = is ?? was;
    if (!proof) return [];
    const { id, level, title, phase, path, remedy } = proof;
    return [
      {
        ...{ id, level, title, phase, path, remedy },
        ...(was ? { before: was.status, arithmeticBefore: was.arithmetic } : {}),
        ...(is ? { after: is.status, arithmeticAfter: is.arithmetic } : {}),
      },
    ];
  });
}
