import { withoutMasks } from '../compare/sensitive';
import type { Review } from '../review';

/** The review as JSON; `review.schema.json` beside this describes it. Whole objects are left out. */
export function toJson(review: Review): string {
  const plain = (_: string, value: unknown) =>
    isChange(value) ? { ...value, before: undefined, after: undefined } : value;
  return withoutMasks(`${JSON.stringify(review, plain, 2)}\n`);
}

/** The objects of a resource are for rules; its attributes say what changed of them. */
function isChange(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'attributes' in value && 'action' in value;
}
