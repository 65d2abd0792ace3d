import { groupBy } from '../../group-by';
import {
  type AttributeChange,
  type FoldReason,
  isQuiet,
  type ResourceChange,
} from '../compare/change';
import { counted } from '../counted';
import { type Counts, countAttributes } from '../counts';
import type { Block, DiffLine, Mark } from './blocks';
import { attributeLines } from './values';

/** Attributes of a resource, or elements of its lists, that are shown in a comment. */
const MOST_PARTS = 12;
/** From here on an element that comes as a whole is one line. */
const LEAST_WHOLE = 6;

const MARKS: Readonly<Record<ResourceChange['action'], Mark>> = {
  create: '+',
  import: '+',
  destroy: '-',
  forget: '-',
  replace: '!',
  update: '!',
  move: '!',
};

function withoutStack({ stack }: ResourceChange, path: string): string {
  return path.startsWith(`${stack}/`) ? path.slice(stack.length + 1) : path;
}

/** Path of the construct that holds a resource, without the stack: `tj-1/nodes`. */
export function constructOf(change: ResourceChange): string {
  const below = withoutStack(change, change.path);
  const at = below.lastIndexOf('/');
  return at < 0 ? below : below.slice(0, at);
}

/** Resources that change in the same way: they are shown once. */
interface Group {
  readonly size: number;
  /** What every form of the report shows of it. */
  readonly lines: readonly DiffLine[];
  /** Of the first one, for all. @default - a construct that comes, or goes, as a whole */
  readonly details?: Details;
}

/** Lines of a resource below its name: the page shows them all, the comment what there is room for. */
interface Details {
  readonly reasons: readonly DiffLine[];
  readonly attributes: readonly AttributeDetail[];
  readonly folded: readonly DiffLine[];
}

interface AttributeDetail extends AttributeChange {
  readonly lines: readonly DiffLine[];
}

/** Changes as a reader wants them. */
export interface SortedChanges {
  /** What is worth a look, and the same in groups. */
  readonly loud: readonly ResourceChange[];
  readonly groups: readonly Group[];
  /** What is only noise. */
  readonly quiet: readonly ResourceChange[];
  /** `Folded: 3 labels, in 2 resources: Namespace, Service.` @default - there is no noise */
  readonly folded?: string;
}

const SORTED = new WeakMap<readonly ResourceChange[], SortedChanges>();

/** Sorted, and turned into lines, once for comment and page. */
export function sortChanges(changes: readonly ResourceChange[]): SortedChanges {
  const known = SORTED.get(changes);
  if (known) return known;
  const loud = changes.filter((change) => !isQuiet(change));
  const quiet = changes.filter(isQuiet);
  const folds = describeFolds(countAttributes(quiet).foldedBy);
  const sorted = {
    ...{ loud, quiet, groups: groupBy(loud, keyOf).map(groupOf) },
    ...(quiet.length > 0 ? { folded: `Folded: ${folds}, in ${kinds(quiet)}.` } : {}),
  };
  SORTED.set(changes, sorted);
  return sorted;
}

function groupOf(group: readonly ResourceChange[]): Group {
  const [first] = group as [ResourceChange];
  const size = group.length;
  if (first.whole !== undefined) return { size, lines: wholeLines(group) };
  return { size, lines: headLines(group), details: detailsOf(first) };
}

/** The groups as a difference, if there are any. @param noun what they are called where they are cut */
export function diffBlocks({ groups }: SortedChanges, noun: string, all: boolean): Block[] {
  if (groups.length === 0) return [];
  const items = groups.map(({ size, lines, details }) => ({
    size,
    lines: details ? [...lines, ...detailLines(details, all)] : lines,
  }));
  return [{ kind: 'diff', items, noun }];
}

/** Everything that a group has in common; names are not. */
function keyOf(change: ResourceChange): string {
  const { kind, action, whole } = change;
  if (whole !== undefined) return `${action}\n${whole}`;
  const own = action === 'create' || action === 'destroy' ? constructOf(change) : '';
  const reasons = change.reasons.join('\n');
  const attributes = change.attributes.map((attribute) => JSON.stringify(attribute));
  return [kind, action, own, ...(own === '' ? [reasons, ...attributes] : [])].join('\n');
}

/** A construct with all that is in it. */
function wholeLines(group: readonly ResourceChange[]): DiffLine[] {
  const [first] = group as [ResourceChange];
  const masked = group.flatMap((change) =>
    change.attributes.filter((a) => a.treatment === 'masked'),
  );
  return [
    { mark: '#', text: withoutStack(first, first.whole ?? '') },
    { mark: MARKS[first.action], text: kinds(group) },
    ...masked.flatMap(attributeLines),
  ];
}

/** `20 resources: Namespace, 5 × NetworkPolicy`. */
export function kinds(group: readonly ResourceChange[]): string {
  const list = groupBy(group, ({ kind }) => kind).map((same) =>
    same.length === 1 ? same[0]?.kind : `${same.length} × ${same[0]?.kind}`,
  );
  return `${counted(group.length, 'resource')}: ${list.join(', ')}`;
}

function headLines(group: readonly ResourceChange[]): DiffLine[] {
  const [first] = group as [ResourceChange];
  const constructs = [...new Set(group.map(constructOf))];
  const where =
    constructs.length <= 2
      ? constructs.join(' and ')
      : `${constructs.length} constructs: ${constructs.slice(0, 3).join(', ')} …`;
  return [
    { mark: '#', text: where },
    { mark: MARKS[first.action], text: `${verb(first)}${names(group)}` },
  ];
}

function verb({ action }: ResourceChange): string {
  return action === 'create' || action === 'destroy' || action === 'update' ? '' : `${action} `;
}

/** `Deployment model-services/qwen3-8b`, `24 × Labels of Node tj-4-npu-281 … tj-4-npu-304`. */
export function names(group: readonly ResourceChange[], all = false): string {
  const [first] = group as [ResourceChange];
  const full = ({ namespace, name }: ResourceChange) => (namespace ? `${namespace}/${name}` : name);
  if (group.length === 1) return `${first.kind} ${full(first)}`;
  const sorted = group.map(full).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const shown =
    all || sorted.length <= 4 ? sorted.join(', ') : `${sorted[0]}, ${sorted[1]} … ${sorted.at(-1)}`;
  return `${group.length} × ${first.kind} ${shown}`;
}

function detailsOf(change: ResourceChange): Details {
  const loud = change.attributes.filter(({ treatment }) => treatment !== 'folded');
  return {
    reasons: change.reasons.map((text) => ({ mark: ' ', text: `  ${text}` })),
    attributes: loud.map((attribute) => ({ ...attribute, lines: attributeLines(attribute) })),
    folded: foldedLine(change),
  };
}

function detailLines({ reasons, attributes, folded }: Details, all: boolean): DiffLine[] {
  const shown = all ? attributes.flatMap(({ lines }) => lines) : shortened(attributes);
  return [...reasons, ...shown, ...folded];
}

function shortened(attributes: readonly AttributeDetail[]): DiffLine[] {
  const parts = wholeParts(attributes);
  const rest = parts.slice(MOST_PARTS).flat().length;
  return [
    ...parts.slice(0, MOST_PARTS).flatMap(partLines),
    ...(rest > 0 ? [{ mark: ' ' as const, text: `  … ${counted(rest, 'more attribute')}` }] : []),
  ];
}

/** Attributes of an element of a list that comes, or goes, as a whole; each other one alone. */
function wholeParts(attributes: readonly AttributeDetail[]): AttributeDetail[][] {
  const changed = attributes.filter(
    ({ before, after }) => before !== undefined && after !== undefined,
  );
  const added = (prefix: string) => !changed.some(({ path }) => path.startsWith(prefix));
  return groupBy(attributes, ({ path, before, after, treatment }) => {
    if (treatment === 'masked' || (before !== undefined && after !== undefined)) return path;
    const prefixes = [...path.matchAll(/\[[^\]]*\](?=\.)/g)].map(({ index, 0: element }) =>
      path.slice(0, index + element.length),
    );
    return `${before === undefined} ${prefixes.find(added) ?? path}`;
  });
}

function partLines(part: readonly AttributeDetail[]): DiffLine[] {
  const [first] = part as [AttributeDetail];
  if (part.length < LEAST_WHOLE) return part.flatMap(({ lines }) => lines);
  const mark = first.before === undefined ? '+' : '-';
  const common = part.reduce((prefix, { path }) => {
    let length = 0;
    while (length < prefix.length && prefix[length] === path[length]) length++;
    return prefix.slice(0, length);
  }, first.path);
  return [{ mark, text: `  ${common.replace(/[.[]?[^\]]*$/, '')}: ${part.length} attributes` }];
}

function foldedLine(change: ResourceChange): DiffLine[] {
  const { foldedBy, folded } = countAttributes([change]);
  return change.action === 'create' || change.action === 'destroy' || folded === 0
    ? []
    : [{ mark: ' ', text: `  folded: ${describeFolds(foldedBy)}` }];
}

const FOLDS: Readonly<Record<FoldReason, readonly [one: string, several: string]>> = {
  label: ['label', 'labels'],
  annotation: ['annotation', 'annotations'],
  order: ['order of a list', 'orders of lists'],
  'same value': ['value written otherwise', 'values written otherwise'],
  'order of apply': ['order of apply', 'orders of apply'],
  'known after apply': ['value known after apply', 'values known after apply'],
  'set by the cluster': ['value set by the cluster', 'values set by the cluster'],
  'whole resource': ['attribute of a whole resource', 'attributes of whole resources'],
};

/** `3 labels, 1 order of a list`. */
export function describeFolds(counts: Counts['foldedBy']): string {
  return (Object.entries(counts) as [FoldReason, number][])
    .map(([fold, count]) => counted(count, ...FOLDS[fold]))
    .join(', ');
}
