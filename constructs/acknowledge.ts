import type { Construct, IConstruct } from 'constructs';
import {
  type Acknowledgement,
  failureMessage,
  isAtOrBelow,
  isRisk,
  PROOFS,
  type ProofResult,
} from '../core/capacity';
import { throwIfAny } from '../core/errors';
import { validateDay } from '../core/validate';

const KEY = Symbol.for('ai-computing-centre/acknowledgements');
const PROVERS = Symbol.for('ai-computing-centre/provers');
const TODAY = 'aicc:today';

type Holder = IConstruct & { [KEY]?: Acknowledgement[]; [PROVERS]?: (() => ProofResult[])[] };

/**
 * Accepts that a proof fails, or a risk of a change, at a construct and below it, with a reason and a
 * last day.
 *
 * ```ts
 * acknowledge(cluster, { id: 'AICC-CAP-001', reason: 'last rack arrives in May', until: '2027-05-31' });
 * ```
 * When the construct is validated, an acknowledgement that has ended, or that nothing needs, is an error.
 *
 * @throws ValidationError for an unknown id, an empty reason or a day that is not `YYYY-MM-DD`
 */
export function acknowledge(
  scope: IConstruct,
  props: {
    readonly id: string;
    readonly reason: string;
    readonly until: string;
    /** Construct path where it counts: a construct that goes can be named there. @default - that of `scope` */
    readonly path?: string;
  },
): void {
  const { path = scope.node.path } = props;
  const messages: string[] = [];
  if (!isRisk(props.id) && !PROOFS.some((proof) => proof.id === props.id)) {
    messages.push(
      `unknown proof; use one of ${PROOFS.map((p) => p.id).join(', ')} or a risk AICC-RISK-…, got: '${props.id}'`,
    );
  }
  if (props.reason.trim() === '') {
    messages.push(`reason of the acknowledgement must say why, got: '${props.reason}'`);
  }
  messages.push(...validateDay('until', props.until));
  throwIfAny(messages.map((message) => ({ path, message })));
  const holder = scope as Holder;
  const entry = { ...props, path };
  holder[KEY] = [...(holder[KEY] ?? []), entry];
  // A risk is found, or not, by the review of a change: nothing is known of it here.
  if (isRisk(props.id)) return;
  scope.node.addValidation({ validate: () => staleness(scope, entry) });
}

/**
 * Makes proofs part of the validation of a construct: those of level `error` that fail are its errors, and
 * acknowledgements are known to be used.
 */
export function addProofs(scope: IConstruct, prove: () => ProofResult[]): void {
  const root = scope.node.root as Holder;
  root[PROVERS] = [...(root[PROVERS] ?? []), prove];
  scope.node.addValidation({
    validate: () => failures(prove()),
  });
}

function failures(results: readonly ProofResult[]): string[] {
  return results
    .filter(({ status, level }) => status === 'failed' && level === 'error')
    .map((result) => `${result.path}: ${failureMessage(result)}`);
}

/** What validation says of failed proofs, in the whole tree that a construct belongs to. */
export function failedProofs(scope: IConstruct): string[] {
  return ((scope.node.root as Holder)[PROVERS] ?? []).flatMap((prove) => failures(prove()));
}

/** What is wrong with an acknowledgement by now. */
function staleness(scope: IConstruct, entry: Acknowledgement): string[] {
  const { id, path, until, reason } = entry;
  const today = todayOf(scope);
  if (today !== undefined && today > until) {
    return [
      `${path}: acknowledgement of ${id} has ended; mend what it was for and remove it, or agree on a later day, got: until ${until}, checked on ${today}`,
    ];
  }
  const root = scope.node.root as Holder;
  // A stack of a phase that is not synthesized now.
  if (scope === root && !root.node.tryFindChild(path.split('/')[0] ?? '')) return [];
  const failures = (root[PROVERS] ?? [])
    .flatMap((prove) => prove())
    .filter(
      (result) =>
        result.id === id && result.status === 'acknowledged' && isAtOrBelow(result.path, path),
    );
  // Of several that accept the same failure only the first one counts.
  if (failures.some(({ acknowledgement }) => acknowledgement === entry)) return [];
  const why =
    failures.length > 0
      ? 'another one accepts the same already'
      : `nothing at or below ${path} fails it`;
  return [`${path}: acknowledgement of ${id} is not used: ${why}; remove it, got: '${reason}'`];
}

/** All acknowledgements in the tree that a construct belongs to. */
export function acknowledgementsOf(scope: IConstruct): Acknowledgement[] {
  return scope.node.root.node.findAll().flatMap((construct) => (construct as Holder)[KEY] ?? []);
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
