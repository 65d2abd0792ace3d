import type { Review } from '../../review';
import { listOf, type Section } from '../blocks';

export function meaningSection({ meaning }: Review): Section | undefined {
  if (meaning.length === 0) return undefined;
  const items = meaning.map((sentence) => [sentence]);
  return { title: 'What it means', blocks: [listOf(items, 'sentences')] };
}
