import type { EChartsOption } from 'echarts';
import { Html, html } from './html';

export interface Chart {
  /** What it shows, with units. */
  readonly title: string;
  /** The same in words, for those who do not see it. */
  readonly description: string;
  /** Colours and what they mean: text that wraps, where the library would guess widths. */
  readonly legend: readonly (readonly [name: string, colour: string])[];
  /** Made for a width in pixels, as text does not grow with the picture. */
  readonly option: (width: number) => EChartsOption;
  readonly height: (width: number) => number;
  /** The numbers, below the picture. */
  readonly table: Html;
}

/** Widths that a chart is drawn for: a desk, a phone and A4. */
const WIDTHS = [
  ['wide', 1040],
  ['narrow', 350],
  ['paper', 680],
] as const;

/** A figure: a picture for each width, each with its text, and the numbers as a table. */
export async function figure(chart: Chart): Promise<Html> {
  // Loaded only where a chart is drawn: it takes a third of a second.
  const { init } = await import('echarts');
  const pictures = WIDTHS.map(([name, width]) => {
    const height = chart.height(width);
    const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height });
    drawing.setOption({ ...BASE, ...chart.option(width) });
    const svg = drawing.renderToSVGString();
    drawing.dispose();
    return html`<div class="${name}">${new Html(described(svg, chart, name))}</div>`;
  });
  return html`<figure><figcaption>${chart.title}</figcaption>${legend(chart.legend)}${pictures}</figure>
<details><summary>The numbers as a table</summary>${chart.table}</details>`;
}

/** What colours mean. */
export function legend(entries: Chart['legend'], more?: Html): Html {
  return html`<ul class="legend">${entries.map(
    ([name, colour]) =>
      html`<li><svg width="18" height="12" aria-hidden="true"><rect width="18" height="12" fill="${colour}"/></svg>${name}</li>`,
  )}${more}</ul>`;
}

/** Colours are the page's, so that a chart follows light and dark. */
export const INK = 'var(--ink)';
export const MUTED = 'var(--muted)';
export const LINE = 'var(--line)';

const BASE: EChartsOption = {
  animation: false,
  textStyle: { fontFamily: 'inherit', fontSize: 13, color: INK },
};

/** The picture with a title and a description instead of what only a script would use. */
function described(svg: string, { title, description }: Chart, name: string): string {
  const id = `${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${name}`;
  const label = html`<title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>`;
  return svg
    .replace('<svg ', `<svg role="img" aria-labelledby="${id}-t ${id}-d" `)
    .replace(/(<svg [^>]*>)/, `$1${label}`)
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (class|ecmeta_\w+|pointer-events)="[^"]*"/g, '');
}
