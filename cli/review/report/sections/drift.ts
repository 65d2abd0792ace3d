import { formatNumber } from '../../../../core/capacity';
import type { Review } from '../../review';
import type { Section } from '../blocks';
import { diffBlocks, sortChanges } from '../groups';

export function driftSection({ drift }: Review, all: boolean): Section | undefined {
  if (drift.length === 0) return undefined;
  const sorted = sortChanges(drift);
  const folded = sorted.folded ? ` ${sorted.folded}` : '';
  return {
    title: `Changed outside of Terraform (${formatNumber(drift.length)})`,
    intro: [`What the cluster has now; an apply puts back what was written.${folded}`],
    blocks: diffBlocks(sorted, 'resources', all),
  };
}
