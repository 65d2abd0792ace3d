import { formatNumber } from '../../../core/capacity';
import { counted } from '../counted';
import type { Review } from '../review';
import { type Text, text } from './blocks';
import { describeFolds } from './groups';

/** What was reviewed, and that every attribute that changed is accounted for. */
export function footer({ base, head, plans, counts, capacity }: Review): Text {
  const { changed, shown, folded, masked, resources, foldedBy } = counts;
  const folds = describeFolds(foldedBy);
  return [
    ...(base === undefined || head === undefined ? [] : text`${base} → ${head}; `),
    ...(plans.length === 0
      ? ['without a plan: what the cluster really has is not known. ']
      : [`plans of ${plans.map(({ stack }) => stack).join(', ')}. `]),
    ...(base !== undefined && !capacity
      ? ['Capacity and proofs are not compared: both sides need a capacity.json of this release. ']
      : []),
    `${counted(changed, 'attribute')} of ${counted(resources, 'resource')} changed: ${formatNumber(shown)} shown, ${formatNumber(folded)} folded${folds ? ` (${folds})` : ''}, ${formatNumber(masked)} masked.`,
  ];
}
