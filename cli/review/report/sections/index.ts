import type { Review } from '../../review';
import type { Section } from '../blocks';
import { capacitySection } from './capacity';
import { changesSections } from './changes';
import { destroyedSection } from './destroyed';
import { driftSection } from './drift';
import { proofsSection } from './proofs';
import { rehearsalSection } from './rehearsal';
import { risksSection } from './risks';
import { summarySection } from './summary';

/**
 * Everything that is said after the verdict, in the order of what matters.
 * @param all whether every attribute of a resource is listed, however many there are
 */
export function sectionsOf(review: Review, all = false): Section[] {
  const sections = [
    summarySection(review),
    destroyedSection(review, all),
    risksSection(review),
    capacitySection(review),
    proofsSection(review, all),
    rehearsalSection(review),
    driftSection(review, all),
    ...changesSections(review, all),
  ];
  return sections.filter((section) => section !== undefined);
}
