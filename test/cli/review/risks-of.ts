import { review } from '../../../cli/review/review';
import type { Risk } from '../../../cli/review/risks/risk';
import { manifests, outputOf } from './outputs';
import type { Sides } from './risk-fixtures';

/** What the review finds between two sides. */
export function risksOf({ before, after, capacity }: Sides): readonly Risk[] {
  const [old, now] = capacity ?? [undefined, undefined];
  return review({
    base: outputOf('base', manifests(before), old),
    head: outputOf('head', manifests(after), now),
    plans: [],
  }).risks;
}
