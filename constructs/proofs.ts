import type { Construct, IConstruct } from 'constructs';
import { failureMessage, type ProofResult, type ProofSubject, runProofs } from '../core/capacity';
import type { Problem } from '../core/errors';
import type { Acknowledgement } from '../core/rules';
import { addCheck } from './validation';

const BOOK = Symbol.for('ai-computing-centre/proofs');
const TODAY = 'aicc:today';

/** What is proven, and accepted, in a tree of constructs: kept at its root. */
interface Book {
  readonly acknowledgements: Acknowledgement[];
  /** What is to be proven of a construct. */
  readonly subjects: Map<IConstruct, () => readonly ProofSubject[]>;
  /** Results by construct, until something changes that proofs look at. */
  readonly proven: Map<IConstruct, readonly ProofResult[]>;
}

function bookOf(scope: IConstruct): Book {
  const root = scope.node.root as IConstruct & { [BOOK]?: Book };
  root[BOOK] ??= { acknowledgements: [], subjects: new Map(), proven: new Map() };
  return root[BOOK];
}

/**
 * Makes proofs part of the validation of a construct: those of level `error` that fail are its errors.
 * They run once, however many ask, and again only after `proofsChanged`.
 */
export function addProofs(scope: IConstruct, subjects: () => readonly ProofSubject[]): void {
  bookOf(scope).subjects.set(scope, subjects);
  addCheck(scope, () => failures(scope));
}

/** To be called where something has changed that proofs look at: what was proven is proven anew. */
export function proofsChanged(scope: IConstruct): void {
  bookOf(scope).proven.clear();
}

/** What was proven of a construct. */
export function proofsOf(scope: IConstruct): readonly ProofResult[] {
  const { acknowledgements, subjects, proven } = bookOf(scope);
  const known = proven.get(scope);
  if (known) return known;
  const results = (subjects.get(scope)?.() ?? []).flatMap((subject) =>
    runProofs(subject, acknowledgements, todayOf(scope)),
  );
  proven.set(scope, results);
  return results;
}

/** What was proven in the whole tree that a construct belongs to. */
export function proveAll(scope: IConstruct): readonly ProofResult[] {
  return [...bookOf(scope).subjects.keys()].flatMap(proofsOf);
}

/** Proofs of a construct that do not hold and stop the synthesis. */
function failures(scope: IConstruct): Problem[] {
  return proofsOf(scope)
    .filter(({ status, level }) => status === 'failed' && level === 'error')
    .map((result) => ({ path: result.path, message: failureMessage(result), id: result.id }));
}

/** Adds to what is accepted in the tree that a construct belongs to. */
export function accept(scope: IConstruct, entry: Acknowledgement): void {
  bookOf(scope).acknowledgements.push(entry);
  proofsChanged(scope);
}

/** All acknowledgements in the tree that a construct belongs to. */
export function acknowledgementsOf(scope: IConstruct): readonly Acknowledgement[] {
  return [...bookOf(scope).acknowledgements];
}

/**
 * Sets the day on which proofs are checked (`YYYY-MM-DD`), so that no clock is read. To be called on
 * the app before it has stacks.
 */
export function setToday(root: Construct, today: string): void {
  root.node.setContext(TODAY, today);
}

/** The day that was set. @returns undefined where none was set: nothing expires then */
export function todayOf(scope: IConstruct): string | undefined {
  return scope.node.tryGetContext(TODAY) as string | undefined;
}
