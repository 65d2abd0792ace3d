import { formatNumber } from '../../../../core/capacity';
import { groupBy } from '../../../group-by';
import { isDestructive, type ResourceChange } from '../../compare/change';
import { withoutMasks } from '../../compare/sensitive';
import type { Review } from '../../review';
import type { Section, Text } from '../blocks';
import { kinds, names } from '../groups';

/** Characters of the rows in a comment, about half of one; beyond, they are counted by construct. */
const MOST_CHARACTERS = 30_000;

/** Everything that goes, or goes and comes again, with the reason: each by name, or counted by construct. */
export function destroyedSection({ changes }: Review, all: boolean): Section | undefined {
  const gone = changes.filter(isDestructive);
  if (gone.length === 0) return undefined;
  const rows = all ? oneByOne(gone) : shortest(gone);
  return {
    title: `Destroyed and replaced (${formatNumber(gone.length)})`,
    blocks: [{ kind: 'table', head: ['', 'what', 'why'], rows, noun: 'destroyed or replaced' }],
  };
}

type Row = readonly Text[];

function shortest(gone: readonly ResourceChange[]): Row[] {
  const forms = [byName, byConstruct, byStack].map((form) => form(gone));
  return forms.find((form) => size(form) <= MOST_CHARACTERS) ?? forms.at(-1) ?? [];
}

/** Characters at most: what would be markup is written in up to ten. */
function size(rows: readonly Row[]): number {
  const text = JSON.stringify(rows);
  return text.length + 9 * (text.match(/[@#<>&]/g)?.length ?? 0);
}

/** Characters of a reason in a comment: it may hold a value of any length. */
const LONGEST_REASON = 240;

function why({ reasons }: ResourceChange): Text {
  const clipped = reasons.map((reason) =>
    reason.length <= LONGEST_REASON ? reason : `${withoutMasks(reason).slice(0, LONGEST_REASON)} …`,
  );
  return [clipped.join('; ')];
}

function done({ action }: ResourceChange): Text {
  return [action === 'destroy' ? 'destroyed' : 'replaced'];
}

function oneByOne(gone: readonly ResourceChange[]): Row[] {
  return gone.map((change) => [
    done(change),
    [names([change]), ' in ', { code: change.stack }],
    [change.reasons.join('; ')],
  ]);
}

/** A construct that goes as a whole is one row; what goes for the same reason, too. */
function byName(gone: readonly ResourceChange[]): Row[] {
  return groupBy(gone, ({ stack, action, whole, kind, reasons }) =>
    [stack, action, ...(whole ? [whole] : [kind, ...reasons])].join('\n'),
  ).map((group) => {
    const [first] = group as [ResourceChange];
    const what: Text = first.whole
      ? [{ code: first.whole }, ` with ${kinds(group)}`]
      : [names(group, true), ' in ', { code: first.stack }];
    return [done(first), what, why(first)];
  });
}

/** Counted by the outermost construct in each stack. */
function byConstruct(gone: readonly ResourceChange[]): Row[] {
  const construct = ({ path }: ResourceChange) => path.split('/').slice(0, 2).join('/');
  return counted(gone, construct);
}

function byStack(gone: readonly ResourceChange[]): Row[] {
  return counted(gone, ({ stack }) => stack);
}

function counted(
  gone: readonly ResourceChange[],
  placeOf: (change: ResourceChange) => string,
): Row[] {
  return groupBy(gone, (change) => `${change.action}\n${placeOf(change)}`).map((group) => {
    const [first] = group as [ResourceChange];
    const reasons = new Set(group.flatMap((change) => change.reasons.slice(0, 1)));
    const because: Text = reasons.size === 1 ? why(first) : [`${reasons.size} reasons`];
    return [done(first), [{ code: placeOf(first) }, ` with ${kinds(group)}`], because];
  });
}
