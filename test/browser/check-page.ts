import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';

export const WIDTHS = [390, 1440] as const;
export const SCHEMES = ['light', 'dark'] as const;
/** A4 without margins of 1 cm, in CSS pixels. */
const PAPER = 718;
/** Height of text in pixels that can be read on a screen and on paper: 10 px, and 6 pt. */
const LEGIBLE = { screen: 10, paper: 8 };

export interface PageExpectation {
  /** Pictures of charts that a reader sees, at each width. */
  readonly charts: number;
  /** Elements that must be there, by CSS selector. */
  readonly elements: Readonly<Record<string, number>>;
}

/**
 * Opens a page in a browser, at each width and in both colour schemes, and as it is printed.
 *
 * @returns everything that is wrong: console messages, requests, charts that are not seen, text that does not
 * fit the width, and what axe-core finds
 */
export async function pageFaults(
  browser: Browser,
  file: string,
  expected: PageExpectation,
): Promise<string[]> {
  const faults: string[] = [];
  const visit = async (at: string, width: number, colorScheme: (typeof SCHEMES)[number]) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    const url = `file://${file}`;
    page.on('console', (message) => faults.push(`${at}: console says '${message.text()}'`));
    page.on('pageerror', (error) => faults.push(`${at}: ${error.message}`));
    page.on('request', (request) => {
      if (request.url() !== url && !request.url().startsWith('data:')) {
        faults.push(`${at}: asks for ${request.url()}`);
      }
    });
    await page.goto(url);
    return page;
  };
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      const at = `${width} px, ${colorScheme}`;
      const page = await visit(at, width, colorScheme);
      faults.push(...(await inPage(page, width, expected)).map((fault) => `${at}: ${fault}`));
      await page.context().close();
    }
  }
  const page = await visit('paper', PAPER, 'dark');
  await page.emulateMedia({ media: 'print' });
  faults.push(...(await onPaper(page, expected)).map((fault) => `paper: ${fault}`));
  await page.context().close();
  return faults;
}

async function onPaper(page: Page, expected: PageExpectation): Promise<string[]> {
  const hidden = (await page.evaluate(ON_PAPER)) as string[];
  const { charts } = (await page.evaluate(IN_PAGE)) as Seen;
  const colour = await page.evaluate('getComputedStyle(document.body).backgroundColor');
  return [
    ...hidden,
    ...chartFaults(charts, expected, LEGIBLE.paper),
    ...(colour === 'rgb(255, 255, 255)' ? [] : [`the ground is ${colour}`]),
  ];
}

function chartFaults(charts: Seen['charts'], expected: PageExpectation, legible: number): string[] {
  const faults: string[] = [];
  if (charts.length !== expected.charts) {
    faults.push(`${charts.length} charts are seen instead of ${expected.charts}`);
  }
  for (const { title, shapes, smallest } of charts) {
    if (title === '') faults.push('a chart has no title');
    if (shapes < 4) faults.push(`chart '${title}' has ${shapes} shapes`);
    if (smallest < legible) faults.push(`chart '${title}' has text of ${smallest.toFixed(1)} px`);
  }
  return faults;
}

interface Seen {
  readonly width: number;
  readonly charts: readonly {
    readonly title: string;
    readonly shapes: number;
    /** Height of the smallest text in pixels. */
    readonly smallest: number;
  }[];
}

const IN_PAGE = readFileSync(join(__dirname, 'in-page.js'), 'utf8');
const ON_PAPER = readFileSync(join(__dirname, 'on-paper.js'), 'utf8');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

async function inPage(page: Page, width: number, expected: PageExpectation): Promise<string[]> {
  const faults: string[] = [];
  const seen = (await page.evaluate(IN_PAGE)) as Seen;
  if (seen.width > width) faults.push(`the page is ${seen.width} px wide`);
  faults.push(...chartFaults(seen.charts, expected, LEGIBLE.screen));
  for (const [selector, count] of Object.entries(expected.elements)) {
    const found = await page.locator(selector).count();
    if (found !== count) faults.push(`${found} of ${selector} instead of ${count}`);
  }
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  for (const { id, nodes } of violations) {
    faults.push(`axe-core ${id}: ${nodes.length} times, ${nodes[0]?.html.slice(0, 120)}`);
  }
  return faults;
}
