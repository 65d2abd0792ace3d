import { review } from '../../../cli/review/review';
import type { Result } from '../../../core/rules';
import { manifests, outputOf } from './outputs';
import type { Sides } from './risk-fixtures';

/** What the review finds between two sides. */
export function risksOf({ before, after, capacity }: Sides): readonly Result[] {
  const [old, now] = capacity ?? [undefined, undefined];
  return review({
    base: outputOf('base', manifests(before), old),
    head: outputOf('head', manifests(after), now),
    plans: [],
  }).risks;
}
