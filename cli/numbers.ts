import { InvalidArgumentError } from 'commander';

/** Parser of an option: a number above 0. */
export function aboveZero(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('must be a number above 0.');
}
