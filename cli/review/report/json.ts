import type { ResourceChange } from '../compare/change';
import { withoutMasks } from '../compare/sensitive';
import type { Review } from '../review';

/** A change without its whole objects: its attributes say what changed of them. */
export type ChangeReport = Omit<ResourceChange, 'before' | 'after'>;

/** What `aicc review --json` writes. Sensitive values are `(sensitive)`. */
export interface ReviewReport extends Omit<Review, 'changes' | 'drift'> {
  readonly changes: readonly ChangeReport[];
  /** What was changed outside of Terraform. */
  readonly drift: readonly ChangeReport[];
}

export function toJson(review: Review): string {
  const report: ReviewReport = {
    ...review,
    changes: review.changes.map(withoutObjects),
    drift: review.drift.map(withoutObjects),
  };
  return withoutMasks(`${JSON.stringify(report, null, 2)}\n`);
}

function withoutObjects({ before: _, after: __, ...change }: ResourceChange): ChangeReport {
  return change;
}
