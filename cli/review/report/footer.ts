import { formatNumber } from '../../../constructs/capacity';
import type { Review } from '../review';
import { type Text, text } from './blocks';
import { describeFolds } from './groups';

/** What was reviewed, and that every attribute that changed is accounted for. */
export function footer({ base, head, plans, counts }: Review): Text {
  const { changed, shown, folded, masked, resources, foldedBy } = counts;
  const folds = describeFolds(foldedBy);
  return [
    ...(base === undefined || head === undefined ? [] : text`${base} → ${head}; `),
    ...(plans.length === 0
      ? ['without a plan: what the cluster really has is not known. ']
      : [`plans of ${plans.map(({ stack }) => stack).join(', ')}. `]),
    `${formatNumber(changed)} attributes of ${formatNumber(resources)} resources changed: ${formatNumber(shown)} shown, ${formatNumber(folded)} folded${folds ? ` (${folds})` : ''}, ${formatNumber(masked)} masked.`,
  ];
}
