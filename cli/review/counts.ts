import type { FoldReason, ResourceChange } from './compare/change';

/** Attributes that changed: `changed` = `shown` + `folded` + `masked`. */
export interface Counts {
  readonly resources: number;
  readonly changed: number;
  readonly shown: number;
  readonly folded: number;
  readonly masked: number;
  /** What is folded, by reason; the sum is `folded`. */
  readonly foldedBy: Readonly<Partial<Record<FoldReason, number>>>;
}

export function countAttributes(changes: readonly ResourceChange[]): Counts {
  const counts = { shown: 0, folded: 0, masked: 0 };
  const foldedBy: Partial<Record<FoldReason, number>> = {};
  for (const { treatment, fold } of changes.flatMap(({ attributes }) => attributes)) {
    counts[treatment]++;
    if (fold) foldedBy[fold] = (foldedBy[fold] ?? 0) + 1;
  }
  const changed = counts.shown + counts.folded + counts.masked;
  return { resources: changes.length, changed, ...counts, foldedBy };
}
