import type { Level, Result } from '../../../core/rules';
import type { ResourceChange } from '../compare/change';
import { withoutMasks } from '../compare/sensitive';
import type { Review } from '../review';

/** A change without its whole objects: its attributes say what changed of them. */
export type ChangeReport = Omit<ResourceChange, 'before' | 'after'>;

/** One thing that a change endangers, and the rule that says so. */
export interface Risk {
  /** Construct path of what is endangered. */
  readonly path: string;
  /** What happens, with its figures, in one line: `24 NPUs < 32 sold`. */
  readonly what: string;
  /** What to do instead. */
  readonly remedy: string;
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  readonly status: 'open' | 'acknowledged';
  /** Why it was accepted, and until when. @default - it was not */
  readonly acknowledgement?: { readonly reason: string; readonly until: string };
}

/** What `aicc review --json` writes. Sensitive values are `(sensitive)`. */
export interface ReviewReport extends Omit<Review, 'risks' | 'changes' | 'drift'> {
  readonly risks: readonly Risk[];
  readonly changes: readonly ChangeReport[];
  /** What was changed outside of Terraform. */
  readonly drift: readonly ChangeReport[];
}

export function toJson(review: Review): string {
  const report: ReviewReport = {
    ...review,
    risks: review.risks.map(risk),
    changes: review.changes.map(withoutObjects),
    drift: review.drift.map(withoutObjects),
  };
  return withoutMasks(`${JSON.stringify(report, null, 2)}\n`);
}

function risk({ path, statement, remedy, id, level, title, acknowledgement }: Result): Risk {
  const { reason = '', until = '' } = acknowledgement ?? {};
  const found = { path, what: statement, remedy, id, level, title };
  return acknowledgement
    ? { ...found, status: 'acknowledged', acknowledgement: { reason, until } }
    : { ...found, status: 'open' };
}

function withoutObjects({ before: _, after: __, ...change }: ResourceChange): ChangeReport {
  return change;
}
