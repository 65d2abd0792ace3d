import { withoutMasks } from '../compare/sensitive';
import type { Review } from '../review';
import type { Block, DiffLine, Inline, Section, Text } from './blocks';
import { escapeHtml } from './escape';
import { footer } from './footer';
import { sectionsOf } from './sections';
import { STYLE } from './style';

/** The whole review as one page that needs nothing else: nothing is cut. */
export function toHtml(review: Review): string {
  const { word, line } = review.verdict;
  const title = [review.base, review.head].filter(Boolean).join(' → ') || 'plans';
  const sections = sectionsOf(review, true);
  return withoutMasks(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Review: ${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header class="${word}">
<p>Review of ${escapeHtml(title)}</p>
<h1>${escapeHtml(line)}</h1>
</header>
<main>
${sections.map(section).join('\n')}
</main>
<footer><p>${render(footer(review))}</p></footer>
</body>
</html>
`);
}

function section({ title, intro, blocks, folded }: Section): string {
  const body = [intro ? `<p>${render(intro)}</p>` : '', ...blocks.map(block)].join('\n');
  return folded
    ? `<details open>\n<summary><h2>${escapeHtml(title)}</h2></summary>\n${body}\n</details>`
    : `<section>\n<h2>${escapeHtml(title)}</h2>\n${body}\n</section>`;
}

function block(content: Block): string {
  switch (content.kind) {
    case 'list':
      return `<ul>${content.items.map((item) => `<li>${render(item)}</li>`).join('')}</ul>`;
    case 'table': {
      const { head, numbers = [], rows } = content;
      const kind = (index: number) => (numbers.includes(index) ? ' class="number"' : '');
      const cells = (tag: string, texts: readonly string[]) =>
        texts.map((cell, index) => `<${tag}${kind(index)}>${cell}</${tag}>`).join('');
      return `<div class="scroll" tabindex="0"><table>
<thead><tr>${cells('th', head.map(escapeHtml))}</tr></thead>
<tbody>${rows.map((row) => `<tr>${cells('td', row.map(render))}</tr>`).join('\n')}</tbody>
</table></div>`;
    }
    case 'diff':
      return `<pre tabindex="0">${content.items
        .flatMap(({ lines }) => lines)
        .map(diffLine)
        .join('\n')}</pre>`;
  }
}

const CLASSES = { '+': 'added', '-': 'removed', '!': 'changed', '#': 'where', ' ': '' } as const;

function diffLine({ mark, text }: DiffLine): string {
  const line = escapeHtml(`${mark} ${text}`);
  const name = CLASSES[mark];
  return name === '' ? line : `<span class="${name}">${line}</span>`;
}

function render(text: Text): string {
  return text.map(inline).join('');
}

function inline(part: Inline): string {
  return typeof part === 'string' ? escapeHtml(part) : `<code>${escapeHtml(part.code)}</code>`;
}
