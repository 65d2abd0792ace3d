import type { Result } from '../../core/rules';
import type { Rehearsal } from '../rehearse/report';
import { isDestructive, isQuiet, type ResourceChange } from './compare/change';
import { counted } from './counted';
import type { ProofRow } from './summary/proofs-change';

/** What a CI job can act on; 1 is left to a review that could not be made. */
export const EXIT_CODES = {
  safe: 0,
  look: 2,
  destroys: 3,
  stop: 4,
} as const;

export type Word = keyof typeof EXIT_CODES;

export interface Verdict {
  readonly word: Word;
  readonly exitCode: number;
  /** One line. */
  readonly line: string;
}

export interface Findings {
  readonly changes: readonly ResourceChange[];
  readonly drift: readonly ResourceChange[];
  readonly risks: readonly Result[];
  /** Whether figures of the inventory, or results of proofs, are others: they need no resource that changes. */
  readonly inventory: boolean;
  /** Proofs that do not hold after the change. */
  readonly failing: readonly ProofRow[];
  /** @default - there was none */
  readonly rehearsal?: Rehearsal;
}

export function verdictOf(findings: Findings): Verdict {
  const word = wordOf(findings);
  return { word, exitCode: EXIT_CODES[word], line: lineOf(word, findings) };
}

function isOpen({ level, status }: Result): boolean {
  return level === 'error' && status === 'failed';
}

function isFailed({ level, after }: ProofRow): boolean {
  return level === 'error' && after === 'failed';
}

function wordOf({ changes, drift, risks, failing, rehearsal, inventory }: Findings): Word {
  if (rehearsal?.result === 'failed') return 'stop';
  if (risks.some(isOpen) || failing.some(isFailed)) return 'stop';
  if (changes.some(isDestructive)) return 'destroys';
  const loud = [...changes, ...drift].some((change) => !isQuiet(change));
  return loud || inventory || risks.length > 0 ? 'look' : 'safe';
}

function lineOf(word: Word, findings: Findings): string {
  const { changes, drift, risks, failing, rehearsal, inventory } = findings;
  if (changes.length + drift.length + risks.length === 0 && word === 'safe') {
    return 'Nothing changes.';
  }
  const loudDrift = drift.filter((change) => !isQuiet(change)).length;
  const parts = [
    ...(rehearsal?.result === 'failed' ? ['the rehearsal failed'] : []),
    ...blockers(risks, failing),
    ...actions(changes),
    ...(inventory && changes.length === 0 ? ['the inventory alone changes'] : []),
    ...count(loudDrift, 'changed outside of Terraform'),
    ...count(
      drift.length - loudDrift,
      'changed outside of Terraform, in labels, annotations, order or notation alone',
    ),
    ...count(risks.filter(({ level }) => level === 'warning').length, 'warning', 'warnings'),
    ...count(risks.filter((r) => r.level === 'error' && !isOpen(r)).length, 'accepted'),
  ];
  const lead = { safe: 'Safe', look: 'To look at', destroys: 'Destroys or replaces', stop: 'Stop' };
  return `${lead[word]}: ${parts.join(', ')}.`;
}

function count(number: number, what: string, several = what): string[] {
  return number === 0 ? [] : [counted(number, what, several)];
}

/** What stops the change, by id. */
function blockers(risks: readonly Result[], failing: readonly ProofRow[]): string[] {
  const ids = (items: readonly { readonly id: string }[]) =>
    [...new Set(items.map(({ id }) => id))].join(', ');
  const open = risks.filter(isOpen);
  const failed = failing.filter(isFailed);
  return [
    ...count(open.length, 'risk', 'risks').map((text) => `${text} of level error (${ids(open)})`),
    ...count(failed.length, 'proof', 'proofs').map((text) => `${text} failed (${ids(failed)})`),
  ];
}

const ACTIONS = [
  ['destroy', 'destroyed'],
  ['replace', 'replaced'],
  ['create', 'created'],
  ['update', 'updated'],
  ['move', 'moved'],
  ['import', 'imported'],
  ['forget', 'forgotten'],
] as const;

function actions(changes: readonly ResourceChange[]): string[] {
  const loud = changes.filter((change) => !isQuiet(change));
  return [
    ...ACTIONS.flatMap(([action, done]) =>
      count(loud.filter((change) => change.action === action).length, done),
    ),
    ...count(changes.length - loud.length, 'with only labels, annotations, order or notation'),
  ];
}
