import { formatNumber } from '../../../../constructs/capacity';
import { isQuiet } from '../../compare/change';
import type { Review } from '../../review';
import type { Section } from '../blocks';
import { diffBlock } from '../groups';

export function driftSection({ drift }: Review, all: boolean): Section | undefined {
  const loud = drift.filter((change) => !isQuiet(change));
  return loud.length === 0
    ? undefined
    : {
        title: `Changed outside of Terraform (${formatNumber(loud.length)})`,
        intro: ['What the cluster has now; an apply puts back what was written.'],
        blocks: [diffBlock(loud, 'resources', all)],
      };
}
