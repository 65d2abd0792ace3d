import { formatNumber } from '../../../../core/capacity';
import type { Result } from '../../../../core/rules';
import { groupBy } from '../../../group-by';
import type { AcknowledgedRisk, Review } from '../../review';
import { type Block, listOf, type Section, type Text } from '../blocks';

/** Findings of one rule that are shown in its row. */
const MOST_FINDINGS = 4;

/** One row a rule; what was accepted says why and until when. */
export function risksSection({ risks, acknowledgements }: Review): Section | undefined {
  const notes = acknowledgements.filter(({ state }) => state !== 'used').map(note);
  if (risks.length === 0 && notes.length === 0) return undefined;
  const blocks: Block[] = [];
  if (risks.length > 0) {
    const groups = groupBy(risks, ({ id, status, acknowledgement }) =>
      [id, status, acknowledgement?.reason].join('\n'),
    );
    const head = ['level', 'risk', 'what', 'what to do'];
    blocks.push({ kind: 'table', head, rows: groups.map(row), noun: 'kinds of risk' });
  }
  if (notes.length > 0) blocks.push(listOf(notes, 'acknowledgements'));
  return { title: `Risks (${formatNumber(risks.length)})`, blocks };
}

function row(group: readonly Result[]): Text[] {
  const [{ id, level, title, status, remedy, acknowledgement }] = group as [Result];
  const accepted =
    acknowledgement && `accepted until ${acknowledgement.until}: ${acknowledgement.reason}`;
  return [
    [status === 'acknowledged' ? 'accepted' : level],
    [{ code: id }, ` ${title}`],
    [shorten(group.map(({ statement }) => statement))],
    [accepted ?? remedy],
  ];
}

function shorten(lines: readonly string[]): string {
  const unique = [...new Set(lines)];
  const rest = unique.length - MOST_FINDINGS;
  const shown = unique.slice(0, MOST_FINDINGS).join('; ');
  return rest > 0 ? `${shown}; and ${formatNumber(rest)} more` : shown;
}

const NOTES: Readonly<Record<AcknowledgedRisk['state'], string>> = {
  used: 'is used',
  'not needed': 'is not needed by this change; remove it',
  expired: 'has expired; renew or remove it',
  'unknown id': 'names no risk that there is; correct its id',
};

function note({ id, path, state }: AcknowledgedRisk): Text {
  return ['Acknowledgement of ', { code: id }, ' at ', { code: path }, ` ${NOTES[state]}.`];
}
