import { formatNumber } from '../../../core/capacity';
import { withoutMasks } from '../compare/sensitive';
import type { Review } from '../review';
import type { Word } from '../verdict';
import type { Block, DiffItem, Inline, Section, Text } from './blocks';
import { footer } from './footer';
import { sectionsOf } from './sections';

/** In the first line of the comment: a CI job finds its own comment by it. */
export const MARKER = '<!-- aicc-review -->';

/** Most characters of a comment on GitHub. */
export const MOST_CHARACTERS = 65_535;

const SIGNS: Readonly<Record<Word, string>> = {
  safe: '🟢',
  look: '🟡',
  destroys: '🟠',
  stop: '🔴',
};

/**
 * The review as a comment. Sections are cut where it would be too long, the last first, and say so;
 * what is destroyed or replaced never is.
 *
 * @param elsewhere where the rest is, `the artefact review.html`
 */
export function toMarkdown(review: Review, elsewhere: string, most = MOST_CHARACTERS): string {
  const { word, line } = review.verdict;
  const head = `## ${SIGNS[word]} ${plain(line)} ${MARKER}\n`;
  const { changes, drift, risks, rehearsal } = review;
  const nothing = word === 'safe' && changes.length + drift.length + risks.length === 0;
  if (nothing && !rehearsal) return withoutMasks(head);
  const tail = `\n${render(footer(review))}\n`;
  const cut = `\n> **Cut to fit a comment:** the rest is in ${plain(elsewhere)}.\n`;
  let room = most - head.length - tail.length - cut.length;
  let isCut = false;
  const parts = sectionsOf(review).map((section) => {
    const written = writeSection(section, room);
    room -= written.text.length;
    isCut ||= written.isCut;
    return written.text;
  });
  return withoutMasks([head, ...(isCut ? [cut] : []), ...parts, tail].join(''));
}

interface Written {
  readonly text: string;
  readonly isCut: boolean;
}

function writeSection(section: Section, room: number): Written {
  const [open, close] = section.folded
    ? [`\n<details><summary>${escapeHtml(section.title)}</summary>\n`, '\n</details>\n']
    : [`\n### ${plain(section.title)}\n`, ''];
  const intro = section.intro ? `\n${render(section.intro)}\n` : '';
  let left = room - open.length - close.length - intro.length;
  if (left < 0) return { text: '', isCut: true };
  let isCut = false;
  const blocks = section.blocks.map((block) => {
    const written = writeBlock(block, left);
    left -= written.text.length;
    isCut ||= written.isCut;
    return written.text;
  });
  return { text: [open, intro, ...blocks, close].join(''), isCut };
}

/** Items as long as there is room, then how many there are beside them. */
function writeBlock(block: Block, room: number): Written {
  const { open, items, close } = pieces(block);
  const note = (left: readonly Piece[]) => {
    const count = left.reduce((sum, { size }) => sum + size, 0);
    return `\n… and ${formatNumber(count)} more ${block.noun}\n`;
  };
  let left = room - open.length - close.length - note(items).length;
  const fitting = items.findIndex(({ text }) => {
    left -= text.length;
    return left < 0;
  });
  const write = (shown: readonly Piece[]) => [open, ...shown.map(({ text }) => text), close];
  if (fitting < 0) return { text: write(items).join(''), isCut: false };
  const shown = fitting === 0 ? [] : write(items.slice(0, fitting));
  const text = [...shown, note(items.slice(fitting))].join('');
  return { text: text.length > room ? '' : text, isCut: true };
}

/** What is written of an item, and how many things it is about. */
interface Piece {
  readonly text: string;
  readonly size: number;
}

function pieces(block: Block): { open: string; items: Piece[]; close: string } {
  const one = (text: string): Piece => ({ text, size: 1 });
  switch (block.kind) {
    case 'list':
      return {
        open: '\n',
        items: block.items.map((item) => one(`- ${render(item)}\n`)),
        close: '',
      };
    case 'table': {
      const { head, numbers = [], rows } = block;
      const rule = head.map((_, index) => (numbers.includes(index) ? '---:' : '---'));
      const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
      return {
        open: `\n${row(head)}${row(rule)}`,
        items: rows.map((cells) => one(row(cells.map(render)))),
        close: '',
      };
    }
    case 'diff': {
      // A fence that no line can close.
      const lines = block.items.flatMap((item) => item.lines);
      const fence = '`'.repeat(Math.max(2, ...lines.map(({ text }) => backticks(text))) + 1);
      return { open: `\n${fence}diff\n`, items: diffPieces(block.items), close: `${fence}\n` };
    }
  }
}

/** The line that says where is written once for all that follow it. */
function diffPieces(items: readonly DiffItem[]): Piece[] {
  let where = '';
  return items.map(({ lines, size }) => {
    const [first] = lines;
    const same = first?.mark === '#' && first.text === where;
    if (first?.mark === '#') where = first.text;
    const text = (same ? lines.slice(1) : lines)
      .map((line) => `${line.mark} ${line.text.replaceAll('\n', '⏎')}\n`)
      .join('');
    return { text, size };
  });
}

function backticks(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

function render(text: Text): string {
  return text.map(inline).join('');
}

function inline(part: Inline): string {
  if (typeof part === 'string') return plain(part);
  const code = part.code.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  const fence = '`'.repeat(backticks(code) + 1);
  return code.includes('`') ? `${fence} ${code} ${fence}` : `${fence}${code}${fence}`;
}

/** Plain text: nothing in it is markup, a mention or a reference. */
function plain(text: string): string {
  return escapeHtml(text.replace(/\s+/g, ' '))
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replace(/[@#](?=\w)/g, '$&<!-- -->');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
