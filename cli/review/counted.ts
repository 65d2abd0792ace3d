import { formatNumber } from '../../core/capacity';

/** `1 resource`, `1,000 resources`. */
export function counted(count: number, noun: string, nouns = `${noun}s`): string {
  return `${formatNumber(count)} ${count === 1 ? noun : nouns}`;
}
