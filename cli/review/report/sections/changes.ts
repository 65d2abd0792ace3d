import { formatNumber } from '../../../../constructs/capacity';
import { isQuiet, type ResourceChange } from '../../compare/change';
import { countAttributes } from '../../counts';
import type { Review } from '../../review';
import type { Section } from '../blocks';
import { groupBy } from '../group-by';
import { describeFolds, diffBlock, kinds } from '../groups';

/** A section a stack; what is only noise is counted there. */
export function changesSections({ changes }: Review, all: boolean): Section[] {
  return groupBy(changes, ({ stack }) => stack).map((own) => {
    const stack = own[0]?.stack ?? '';
    const quiet = own.filter(isQuiet);
    const loud = own.filter((change) => !isQuiet(change));
    const folds = describeFolds(countAttributes(quiet).foldedBy);
    return {
      title: `${stack}: ${summary(loud, quiet)}`,
      ...(quiet.length > 0 ? { intro: [`Folded: ${folds}, in ${kinds(quiet)}.`] } : {}),
      blocks: loud.length > 0 ? [diffBlock(loud, `resources of ${stack}`, all)] : [],
      folded: true,
    };
  });
}

function summary(loud: readonly ResourceChange[], quiet: readonly ResourceChange[]): string {
  const counts = groupBy(loud, ({ action }) => action).map(
    (group) => `${formatNumber(group.length)} to ${group[0]?.action}`,
  );
  const folded = quiet.length > 0 ? [`${formatNumber(quiet.length)} folded`] : [];
  return [...counts, ...folded].join(', ');
}
