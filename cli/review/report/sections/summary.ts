import type { Review } from '../../review';
import { listOf, type Section } from '../blocks';

export function summarySection({ meaning }: Review): Section | undefined {
  if (meaning.length === 0) return undefined;
  const items = meaning.map((sentence) => [sentence]);
  return { title: 'What it means', blocks: [listOf(items, 'sentences')] };
}
