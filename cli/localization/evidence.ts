import { EVIDENCE_KINDS, type ReplacementEntry } from '../../core/capacity';

/** How many replacements rest on what: `7 illustrative, 14 not public`. */
export function evidenceText(replacements: readonly Pick<ReplacementEntry, 'evidence'>[]): string {
  return EVIDENCE_KINDS.flatMap((kind) => {
    const count = replacements.filter(({ evidence }) => evidence === kind).length;
    return count > 0 ? [`${count} ${kind}`] : [];
  }).join(', ');
}
