import { formatNumber } from '../../../../core/capacity';
import { isQuiet, type ResourceChange } from '../../compare/change';
import { countAttributes } from '../../counts';
import type { Review } from '../../review';
import type { Section } from '../blocks';
import { groupBy } from '../group-by';
import { alike, describeFolds, diffBlock, kinds } from '../groups';

/** A section a stack; what is only noise is counted there. */
export function changesSections({ changes }: Review, all: boolean): Section[] {
  return byStack(changes).map(({ stack, loud, quiet, groups }) => {
    const folds = describeFolds(countAttributes(quiet).foldedBy);
    return {
      title: `${stack}: ${summary(loud, quiet)}`,
      ...(quiet.length > 0 ? { intro: [`Folded: ${folds}, in ${kinds(quiet)}.`] } : {}),
      blocks: loud.length > 0 ? [diffBlock(groups, `resources of ${stack}`, all)] : [],
      folded: true,
    };
  });
}

interface StackChanges {
  readonly stack: string;
  readonly loud: readonly ResourceChange[];
  readonly quiet: readonly ResourceChange[];
  /** Of the loud ones. */
  readonly groups: readonly (readonly ResourceChange[])[];
}

const BY_STACK = new WeakMap<readonly ResourceChange[], StackChanges[]>();

/** Sorted once for comment and page. */
function byStack(changes: readonly ResourceChange[]): StackChanges[] {
  const known = BY_STACK.get(changes);
  if (known) return known;
  const stacks = groupBy(changes, ({ stack }) => stack).map((own) => {
    const quiet = own.filter(isQuiet);
    const loud = own.filter((change) => !isQuiet(change));
    return { stack: own[0]?.stack ?? '', loud, quiet, groups: alike(loud) };
  });
  BY_STACK.set(changes, stacks);
  return stacks;
}

function summary(loud: readonly ResourceChange[], quiet: readonly ResourceChange[]): string {
  const counts = groupBy(loud, ({ action }) => action).map(
    (group) => `${formatNumber(group.length)} to ${group[0]?.action}`,
  );
  const folded = quiet.length > 0 ? [`${formatNumber(quiet.length)} folded`] : [];
  return [...counts, ...folded].join(', ');
}
