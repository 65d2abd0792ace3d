import { formatNumber } from '../../../../core/capacity';
import type { Review } from '../../review';
import type { ProofRow, ProofsChange } from '../../summary/proofs-change';
import type { Block, Section } from '../blocks';

/**
 * Whether every phase still synthesizes and proves, what does not hold, and what has another result.
 * @param all whether what holds with other figures, comes or goes is listed, too
 */
export function proofsSection({ proofs: change }: Review, all: boolean): Section | undefined {
  if (!change) return undefined;
  const statuses = change.changed.filter((row) => row.before !== row.after);
  const listed = all ? change.changed : statuses.filter(({ before, after }) => before && after);
  const rows = [...new Set([...change.failing, ...listed])];
  const sums = change.changed.filter((row) => row.before === row.after).length;
  const sentence = [
    phasesSentence(change),
    ...(statuses.length > 0 ? [statusSentence(statuses)] : []),
    ...(sums > 0 ? [`${formatNumber(sums)} hold with other figures.`] : []),
  ].join(' ');
  return {
    title: 'Proofs',
    intro: [sentence],
    blocks: rows.length > 0 ? [proofTable(rows)] : [],
  };
}

function phasesSentence({ phases }: ProofsChange): string {
  const missing = phases.filter(({ synthesized }) => !synthesized);
  const there = phases.filter(({ synthesized }) => synthesized);
  const total = there.reduce((sum, { passed }) => sum + passed, 0);
  const bad = there.filter(({ failed, acknowledged }) => failed + acknowledged > 0);
  const all = `${there.length === 1 ? 'The phase' : `All ${there.length} phases`} of the head ${there.length === 1 ? 'synthesizes' : 'synthesize'}, ${formatNumber(total)} proofs hold`;
  const exceptions = bad.map(
    ({ phase, failed, acknowledged }) =>
      `${phase}: ${[...(failed ? [`${failed} failed`] : []), ...(acknowledged ? [`${acknowledged} accepted`] : [])].join(', ')}`,
  );
  return [
    `${[all, ...exceptions].join('; ')}.`,
    ...missing.map(({ phase }) => `${phase} is not in the head any more.`),
  ].join(' ');
}

function statusSentence(rows: readonly ProofRow[]): string {
  const added = rows.filter(({ before }) => before === undefined).length;
  const gone = rows.filter(({ after }) => after === undefined).length;
  const other = rows.length - added - gone;
  return `${[
    ...(added ? [`${formatNumber(added)} are new`] : []),
    ...(gone ? [`${formatNumber(gone)} have nothing to be about any more`] : []),
    ...(other ? [`${formatNumber(other)} changed their result`] : []),
  ].join(', ')}.`;
}

function sumOf({ arithmeticBefore: was, arithmeticAfter: is }: ProofRow): string {
  return was === undefined || is === undefined || was === is ? (is ?? was ?? '') : `${was} → ${is}`;
}

function proofTable(rows: readonly ProofRow[]): Block {
  return {
    kind: 'table',
    head: ['result', 'proof', 'where', 'sum'],
    rows: rows.map((row) => [
      [
        row.before === row.after
          ? `${row.after}`
          : `${row.before ?? 'new'} → ${row.after ?? 'gone'}`,
      ],
      [{ code: row.id }, ` ${row.title}`],
      [{ code: row.path }],
      [sumOf(row)],
    ]),
    noun: 'proofs',
  };
}
