import type { CapacityReport } from '../../core/capacity';
import {
  type Acknowledgement,
  type AcknowledgementState,
  isRisk,
  type Result,
  stateOf,
} from '../../core/rules';
import type { Rehearsal } from '../rehearse/report';
import type { ResourceChange } from './compare/change';
import { codeChange, codeContext, secretResources } from './compare/code';
import { mergeChanges } from './compare/merge';
import { changedPairs } from './compare/pairs';
import { isDrift, plannedChange, plannedPairs } from './compare/plan';
import { secretsOf } from './compare/secrets';
import { differencesOf, maskPair, seePairs, treesOf } from './compare/seen';
import { selectedLabels } from './compare/selected-labels';
import { type Counts, countAttributes } from './counts';
import type { Output } from './input/output';
import type { StackPlan } from './input/plan-stack';
import { findRisks, RISKS } from './risks/registry';
import { type CapacityChange, capacityChange, rowChanged } from './summary/capacity-change';
import { type ProofsChange, proofsChange } from './summary/proofs-change';
import { summaryOf } from './summary/summary';
import { type Verdict, verdictOf } from './verdict';

/** Version of the JSON: raised when a field changes its meaning or goes, not when one is added. */
export const REVIEW_SCHEMA = 1;

/** What is reviewed: two outputs, plans, or both. */
export interface ReviewInput {
  readonly base?: Output;
  readonly head?: Output;
  readonly plans: readonly StackPlan[];
  /** What `aicc rehearse` found of the head. @default - it was not rehearsed */
  readonly rehearsal?: Rehearsal;
  /** Day of the review. @default - no acknowledgement expires */
  readonly today?: string;
}

/** An acknowledgement of a risk, and whether this change needs it. */
export interface AcknowledgedRisk extends Acknowledgement {
  readonly state: 'used' | 'not needed' | 'expired' | 'unknown id';
}

export interface Review {
  readonly schemaVersion: typeof REVIEW_SCHEMA;
  /** What the user called both sides. @default - only plans were reviewed */
  readonly base?: string;
  readonly head?: string;
  readonly plans: readonly { readonly file: string; readonly stack: string }[];
  readonly verdict: Verdict;
  /** A sentence each. */
  readonly meaning: readonly string[];
  readonly risks: readonly Result[];
  readonly acknowledgements: readonly AcknowledgedRisk[];
  /** @default - an output was not made from a centre */
  readonly capacity?: CapacityChange;
  readonly proofs?: ProofsChange;
  /** @default - the head was not rehearsed */
  readonly rehearsal?: Rehearsal;
  readonly changes: readonly ResourceChange[];
  /** What was changed outside of Terraform. */
  readonly drift: readonly ResourceChange[];
  /** Of `changes`. */
  readonly counts: Counts;
}

/** Reviews a change: pure, but for what the inputs hold. */
export function review(input: ReviewInput): Review {
  const { base, head, plans, rehearsal, today } = input;
  const { changes, drift } = allChanges(input);
  const before = base?.capacity;
  const after = head?.capacity;
  const both = before && after ? { before, after } : undefined;
  const capacity = both && capacityChange(both.before, both.after);
  const proofs = both && proofsChange(both.before, both.after);
  const accepted = acknowledgementsOf(after);
  const risks = findRisks(
    { changes, base, head, before, after },
    { acknowledgements: accepted, today },
  );
  return {
    schemaVersion: REVIEW_SCHEMA,
    ...(base ? { base: base.name } : {}),
    ...(head ? { head: head.name } : {}),
    plans: plans.map(({ file, stack }) => ({ file, stack })),
    verdict: verdictOf({
      ...{ changes, drift, risks, rehearsal },
      failing: proofs?.failing ?? [],
      inventory: isOther(capacity, proofs),
    }),
    meaning: summaryOf(capacity, changes),
    risks,
    acknowledgements: accepted.map((entry) => ({
      ...entry,
      state: riskState(entry, risks, today),
    })),
    ...(capacity ? { capacity } : {}),
    ...(proofs ? { proofs } : {}),
    ...(rehearsal ? { rehearsal } : {}),
    changes,
    drift,
    counts: countAttributes(changes),
  };
}

function isOther(capacity?: CapacityChange, proofs?: ProofsChange): boolean {
  if (!capacity || !proofs) return false;
  const { total, clusters, tenants, servings, replacements } = capacity;
  return (
    [total, ...clusters].some(rowChanged) ||
    tenants.length + servings.length + replacements.length > 0 ||
    proofs.changed.some(({ before, after }) => before !== after)
  );
}

/** Pair, view, learn secrets, mask, differ, classify: each step takes what the one before has made. */
function allChanges({ base, head, plans }: ReviewInput) {
  const sides = base && head ? { base, head } : undefined;
  const outputs = [base, head].filter((output) => output !== undefined);
  const selected = selectedLabels(head);

  const code = sides ? seePairs(changedPairs(sides.base, sides.head)) : [];
  const planned = plans.flatMap(plannedPairs);

  // A secret of one input may show up in any other.
  const secrets = secretsOf(
    [...(sides ? outputs.flatMap(secretResources) : []), ...[...code, ...planned].flatMap(treesOf)],
    planned.flatMap(({ marked }) => marked),
  );
  const maskedCode = code.map((pair) => maskPair(pair, secrets));
  const maskedPlanned = planned.map((pair) => maskPair(pair, secrets));

  const context = sides && codeContext(sides.base, sides.head, selected);
  const ofCode =
    context && maskedCode.map((pair) => codeChange(pair, differencesOf(pair), context));
  const ofPlans = maskedPlanned.map((pair) => ({
    drift: pair.drift,
    change: plannedChange(pair, differencesOf(pair), { outputs, selected }),
  }));
  const changesOf = (drift: boolean): ResourceChange[] =>
    ofPlans.filter((entry) => entry.drift === drift).map(({ change }) => change);
  return {
    changes: mergeChanges(ofCode, changesOf(false), new Set(plans.map(({ stack }) => stack))),
    drift: changesOf(true).filter(isDrift),
  };
}

/** Those of risks: `npm start` looks after those of proofs. */
function acknowledgementsOf(capacity: CapacityReport | undefined): Acknowledgement[] {
  return (capacity?.acknowledgements ?? []).filter(({ id }) => isRisk(id));
}

/** One of several that accept the same is used like the first: it may be for the next change. */
const STATES: Readonly<Record<AcknowledgementState, AcknowledgedRisk['state']>> = {
  used: 'used',
  repeated: 'used',
  unused: 'not needed',
  ended: 'expired',
};

function riskState(
  entry: Acknowledgement,
  risks: readonly Result[],
  today: string | undefined,
): AcknowledgedRisk['state'] {
  const isKnown = RISKS.some(({ id }) => id === entry.id);
  return isKnown ? STATES[stateOf(entry, risks, today)] : 'unknown id';
}
