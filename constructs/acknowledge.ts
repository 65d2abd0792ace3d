import type { Construct, IConstruct } from 'constructs';
import { type Acknowledgement, PROOFS } from './capacity';
import { throwIfAny } from './errors';
import { validateDay } from './validate';

const KEY = Symbol.for('ai-computing-centre/acknowledgements');
const TODAY = 'aicc:today';

type Holder = IConstruct & { [KEY]?: Acknowledgement[] };

/** Risks of a change, which `aicc review` finds: it knows them, and says of an id that it does not. */
const RISK_ID = /^AICC-RISK-\d{3}$/;

/**
 * Accepts that a proof fails, or a risk of a change, at a construct and below it, with a reason and a
 * last day.
 *
 * ```ts
 * acknowledge(cluster, { id: 'AICC-CAP-001', reason: 'last rack arrives in May', until: '2027-05-31' });
 * ```
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
  if (!RISK_ID.test(props.id) && !PROOFS.some((proof) => proof.id === props.id)) {
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
  holder[KEY] = [...(holder[KEY] ?? []), { ...props, path }];
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
