import { type Html, html, table } from '../../html/html';
import { htmlPage } from '../../html/page';
import { withoutMasks } from '../compare/sensitive';
import type { Review } from '../review';
import type { Word } from '../verdict';
import type { Block, DiffLine, Inline, Section, Text } from './blocks';
import { footer } from './footer';
import { sectionsOf } from './sections';

/** The whole review as one page that needs nothing else: nothing is cut. */
export function toHtml(review: Review): string {
  const { verdict, base, head, plans } = review;
  const what = base === undefined || head === undefined ? [] : [`${base} → ${head}`];
  const planned = plans.map(({ stack }) => stack).join(', ');
  const page = htmlPage({
    title: verdict.line,
    subtitle: `Review of ${[...what, ...(planned ? [`plans of ${planned}`] : [])].join(' with ')}`,
    style: STYLE,
    sections: [
      html`<p class="verdict ${TONES[verdict.word]}">Exit code ${verdict.exitCode}</p>`,
      ...sectionsOf(review, true).map(section),
      html`<p class="muted">${render(footer(review))}</p>`,
    ],
  });
  return withoutMasks(page);
}

const TONES: Readonly<Record<Word, string>> = {
  safe: 'good',
  look: 'warn',
  destroys: 'warn',
  stop: 'bad',
};

const STYLE = `
.verdict { font-weight: 600; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .8rem;
  overflow-x: auto; font: .85rem/1.5 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; }
.where { color: var(--usable); font-weight: 600; }
summary h2 { display: inline-block; margin: 1rem 0 .25rem; }
@media print { pre { white-space: pre-wrap; } }
`;

function section({ title, intro, blocks, folded }: Section): Html {
  const body = html`${intro ? html`<p>${render(intro)}</p>` : undefined}${blocks.map((content) => block(title, content))}`;
  return folded
    ? html`<details open><summary><h2>${title}</h2></summary>${body}</details>`
    : html`<section><h2>${title}</h2>${body}</section>`;
}

function block(title: string, content: Block): Html {
  switch (content.kind) {
    case 'list':
      return html`<ul>${content.items.map((item) => html`<li>${render(item)}</li>`)}</ul>`;
    case 'table': {
      const { head, numbers, noun } = content;
      const rows = content.rows.map((row) => row.map(render));
      return table(`${title}: ${noun}`, head, rows, numbers);
    }
    case 'diff': {
      const lines = content.items.flatMap((item) => item.lines);
      return html`<pre tabindex="0" role="region" aria-label="${content.noun}">${lines.map(diffLine)}</pre>`;
    }
  }
}

const CLASSES = { '+': 'good', '-': 'bad', '!': 'warn', '#': 'where', ' ': 'muted' } as const;

function diffLine({ mark, text }: DiffLine): Html {
  return html`<span class="${CLASSES[mark]}">${mark} ${text}</span>\n`;
}

function render(text: Text): Html {
  return html`${text.map(inline)}`;
}

function inline(part: Inline): Html {
  return typeof part === 'string' ? html`${part}` : html`<code>${part.code}</code>`;
}
