import { formatNumber } from '../../../../core/capacity';
import { groupBy } from '../../../group-by';
import type { ResourceChange } from '../../compare/change';
import type { Review } from '../../review';
import type { Section } from '../blocks';
import { diffBlocks, type SortedChanges, sortChanges } from '../groups';

/** A section a stack; what is only noise is counted there. */
export function changesSections({ changes }: Review, all: boolean): Section[] {
  return byStack(changes).map((own) => {
    const stack = own[0]?.stack ?? '';
    const sorted = sortChanges(own);
    return {
      title: `${stack}: ${summary(sorted)}`,
      ...(sorted.folded ? { intro: [sorted.folded] } : {}),
      blocks: diffBlocks(sorted, `resources of ${stack}`, all),
      folded: true,
    };
  });
}

const BY_STACK = new WeakMap<readonly ResourceChange[], ResourceChange[][]>();

/** The same lists for comment and page: each is sorted once. */
function byStack(changes: readonly ResourceChange[]): ResourceChange[][] {
  const stacks = BY_STACK.get(changes) ?? groupBy(changes, ({ stack }) => stack);
  BY_STACK.set(changes, stacks);
  return stacks;
}

function summary({ loud, quiet }: SortedChanges): string {
  const counts = groupBy(loud, ({ action }) => action).map(
    (group) => `${formatNumber(group.length)} to ${group[0]?.action}`,
  );
  const folded = quiet.length > 0 ? [`${formatNumber(quiet.length)} folded`] : [];
  return [...counts, ...folded].join(', ');
}
