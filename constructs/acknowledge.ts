import type { IConstruct } from 'constructs';
import { type Problem, throwIfAny } from '../core/errors';
import { type Acknowledgement, type AcknowledgementState, isRisk, stateOf } from '../core/rules';
import { checkValue } from './check-props';
import { accept, proveAll, todayOf } from './proofs';
import { addCheck } from './validation';

/**
 * Accepts that a proof fails, or a risk of a change, at a construct and below it, with a reason and a
 * last day.
 *
 * ```ts
 * acknowledge(cluster, { id: 'AICC-CAP-001', reason: 'last rack arrives in May', until: '2027-05-31' });
 * ```
 * When the construct is validated, an acknowledgement that has ended, or that nothing needs, is an error.
 *
 * @throws ValidationError for an unknown id, an empty reason or a day that is none
 */
export function acknowledge(
  scope: IConstruct,
  props: Omit<Acknowledgement, 'path'> & {
    /** Construct path where it counts: a construct that goes can be named there. @default - that of `scope` */
    readonly path?: string;
  },
): void {
  const { path = scope.node.path } = props;
  const entry = { ...props, path };
  const wrong = checkValue('Acknowledgement', entry);
  throwIfAny(wrong.map(({ message, path: key }) => ({ path, message, key })));
  accept(scope, entry);
  // A risk is found, or not, by the review of a change: nothing is known of it here.
  if (!isRisk(props.id)) addCheck(scope, () => staleness(scope, entry));
}

/** What is wrong with an acknowledgement by now. */
function staleness(scope: IConstruct, entry: Acknowledgement): Problem[] {
  const { id, path, until, reason } = entry;
  const today = todayOf(scope);
  const state = stateOf(entry, proveAll(scope), today);
  const { root } = scope.node;
  // A stack of a phase that is not synthesized now.
  const isAway = scope === root && !root.node.tryFindChild(path.split('/')[0] ?? '');
  if (state === 'used' || (isAway && state !== 'ended')) return [];
  const unused = (why: string) => `is not used: ${why}; remove it, got: '${reason}'`;
  const what: Readonly<Record<Exclude<AcknowledgementState, 'used'>, string>> = {
    ended: `has ended; fix what it was for and remove it, or agree on a later day, got: until ${until}, checked on ${today}`,
    unused: unused(`nothing at or below ${path} fails it`),
    repeated: unused('another one accepts the same already'),
  };
  return [{ path, message: `acknowledgement of ${id} ${what[state]}` }];
}
