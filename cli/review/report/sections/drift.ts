import { formatNumber } from '../../../../core/capacity';
import { isQuiet } from '../../compare/change';
import { countAttributes } from '../../counts';
import type { Review } from '../../review';
import type { Section } from '../blocks';
import { alike, describeFolds, diffBlock, kinds } from '../groups';

export function driftSection({ drift }: Review, all: boolean): Section | undefined {
  if (drift.length === 0) return undefined;
  const quiet = drift.filter(isQuiet);
  const loud = drift.filter((change) => !isQuiet(change));
  const folds = describeFolds(countAttributes(quiet).foldedBy);
  const folded = quiet.length > 0 ? ` Folded: ${folds}, in ${kinds(quiet)}.` : '';
  return {
    title: `Changed outside of Terraform (${formatNumber(drift.length)})`,
    intro: [`What the cluster has now; an apply puts back what was written.${folded}`],
    blocks: loud.length > 0 ? [diffBlock(alike(loud), 'resources', all)] : [],
  };
}
