import type { Acknowledgement, Result } from './result';

/** Whether a construct path is another one or below it. */
export function isAtOrBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`);
}

/** @returns the acknowledgement that accepts a finding, on the day of the check: the first of several */
export function acceptedBy(
  { path }: { readonly path: string },
  id: string,
  acknowledgements: readonly Acknowledgement[],
  today: string | undefined,
): Acknowledgement | undefined {
  return acknowledgements.find(
    (entry) => entry.id === id && isAtOrBelow(path, entry.path) && !hasEnded(entry, today),
  );
}

function hasEnded({ until }: Acknowledgement, today: string | undefined): boolean {
  return today !== undefined && today > until;
}

/**
 * What has become of an acknowledgement: nothing at or below its path needs it (`unused`), or what does was
 * accepted by an earlier one already (`repeated`).
 */
export type AcknowledgementState = 'used' | 'ended' | 'unused' | 'repeated';

/** @param results of the rules that it may be for, run with it */
export function stateOf(
  entry: Acknowledgement,
  results: readonly Result[],
  today: string | undefined,
): AcknowledgementState {
  if (hasEnded(entry, today)) return 'ended';
  const accepted = results.filter(
    ({ id, status, path }) =>
      id === entry.id && status === 'acknowledged' && isAtOrBelow(path, entry.path),
  );
  if (accepted.length === 0) return 'unused';
  return accepted.some(({ acknowledgement }) => acknowledgement === entry) ? 'used' : 'repeated';
}

/** Risks of a change, which `aicc review` finds: it knows them, and says of an id that it does not. */
export function isRisk(id: string): boolean {
  return /^AICC-RISK-\d{3}$/.test(id);
}
