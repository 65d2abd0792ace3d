import { diffArrays, diffLines } from 'diff';
import type { AttributeChange } from '../compare/change';
import { SENSITIVE, withoutMasks } from '../compare/sensitive';
import { readable } from '../compare/treat';
import type { DiffLine, Mark } from './blocks';

/** Characters of a value that are shown in a line. */
const LONGEST = 100;
/** Lines of a text, or elements of a list, that are shown of one attribute. */
const MOST_LINES = 6;

/** The lines that show an attribute. */
export function attributeLines(attribute: AttributeChange): DiffLine[] {
  const { path, before, after, treatment, only, replaces } = attribute;
  const notes = [
    ...(replaces ? ['forces replacement'] : []),
    ...(only === 'plan' ? ['only in the plan'] : only === 'code' ? ['only in the code'] : []),
  ];
  const note = notes.length > 0 ? `  (${notes.join(', ')})` : '';
  const mark: Mark = before === undefined ? '+' : after === undefined ? '-' : '!';
  if (treatment === 'masked') return [{ mark, text: `  ${path}: ${SENSITIVE}${note}` }];
  if (isText(before) || isText(after)) return textLines(attribute, mark, note);
  if (Array.isArray(before) && Array.isArray(after)) return listLines(attribute, note);
  const value =
    mark === '!' ? `${short(before)} → ${short(after)}` : short(mark === '+' ? after : before);
  return [{ mark, text: `  ${path}: ${value}${note}` }];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.includes('\n');
}

/** `24`, `Always`, `[get, list]`. */
export function short(value: unknown): string {
  const whole =
    typeof value === 'string'
      ? withoutMasks(value).replace(/\s+/g, ' ')
      : Array.isArray(value)
        ? `[${value.map(short).join(', ')}]`
        : readable(value);
  if (whole.length <= LONGEST) return whole === '' ? '""' : whole;
  const half = Math.floor(LONGEST / 2) - 2;
  return `${whole.slice(0, half)} … ${whole.slice(-half)}`;
}

/** A text of several lines: those that differ. */
function textLines({ path, before, after }: AttributeChange, mark: Mark, note: string): DiffLine[] {
  const [was, is] = [`${before ?? ''}`, `${after ?? ''}`];
  if (mark !== '!') {
    const lines = (mark === '+' ? is : was).split('\n').length;
    return [{ mark, text: `  ${path}: ${lines} lines${note}` }];
  }
  const parts = diffLines(was, is).filter(({ added, removed }) => added || removed);
  const lines = parts.flatMap(({ added, value }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((line): DiffLine => ({ mark: added ? '+' : '-', text: `    ${short(line)}` })),
  );
  const count = (sign: Mark) => lines.filter((line) => line.mark === sign).length;
  const head = `  ${path}: text, +${count('+')} −${count('-')} lines${note}`;
  return [{ mark: '!', text: head }, ...limited(lines)];
}

/** A list of scalars: what comes and what goes. */
function listLines({ path, before, after }: AttributeChange, note: string): DiffLine[] {
  const parts = diffArrays(before as unknown[], after as unknown[]);
  const lines = parts
    .filter(({ added, removed }) => added || removed)
    .flatMap(({ added, value }) =>
      value.map((item): DiffLine => ({ mark: added ? '+' : '-', text: `    ${short(item)}` })),
    );
  const [one, other] = lines;
  if (lines.length === 1 && one) {
    return [{ mark: '!', text: `  ${path}: ${one.mark} ${one.text.trim()}${note}` }];
  }
  if (lines.length === 2 && one?.mark === '-' && other?.mark === '+') {
    return [{ mark: '!', text: `  ${path}: ${one.text.trim()} → ${other.text.trim()}${note}` }];
  }
  return [{ mark: '!', text: `  ${path}:${note}` }, ...limited(lines)];
}

function limited(lines: readonly DiffLine[]): DiffLine[] {
  if (lines.length <= MOST_LINES) return [...lines];
  const rest = lines.length - MOST_LINES;
  return [...lines.slice(0, MOST_LINES), { mark: ' ', text: `    … ${rest} more lines` }];
}
