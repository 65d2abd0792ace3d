import { createHmac, randomBytes } from 'node:crypto';

/** How a value that must not be seen is written everywhere. */
export const SENSITIVE = '(sensitive)';

// A mask stands for a value inside this process: two are equal where the values are. The key is
// random, so that a mask says nothing about its value, and no output has one (`withoutMasks`).
const KEY = randomBytes(32);
// Characters of Unicode's private use area: no attribute has them.
const MASK = /\ue000[0-9a-f]{32}\ue001/g;

export function mask(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (isMasked(text)) return text;
  return `\ue000${createHmac('sha256', KEY).update(text).digest('hex').slice(0, 32)}\ue001`;
}

export function isMasked(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('\ue000');
}

/** Text for people. */
export function withoutMasks(text: string): string {
  return text.includes('\ue000') ? text.replace(MASK, SENSITIVE) : text;
}
