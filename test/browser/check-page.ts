import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';

export const WIDTHS = [390, 1440] as const;
export const SCHEMES = ['light', 'dark'] as const;

export interface PageExpectation {
  /** Pictures of charts that a reader sees, at each width. */
  readonly charts: number;
  /** Elements that must be there, by CSS selector. */
  readonly elements: Readonly<Record<string, number>>;
}

/**
 * Opens a page in a browser, at each width and in both colour schemes.
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
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      const page = await context.newPage();
      const at = `${width} px, ${colorScheme}`;
      const url = `file://${file}`;
      page.on('console', (message) => faults.push(`${at}: console says '${message.text()}'`));
      page.on('pageerror', (error) => faults.push(`${at}: ${error.message}`));
      page.on('request', (request) => {
        if (request.url() !== url && !request.url().startsWith('data:')) {
          faults.push(`${at}: asks for ${request.url()}`);
        }
      });
      await page.goto(url);
      faults.push(...(await inPage(page, width, expected)).map((fault) => `${at}: ${fault}`));
      await context.close();
    }
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
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

async function inPage(page: Page, width: number, expected: PageExpectation): Promise<string[]> {
  const faults: string[] = [];
  const seen = (await page.evaluate(IN_PAGE)) as Seen;
  if (seen.width > width) faults.push(`the page is ${seen.width} px wide`);
  if (seen.charts.length !== expected.charts) {
    faults.push(`${seen.charts.length} charts are seen instead of ${expected.charts}`);
  }
  for (const { title, shapes, smallest } of seen.charts) {
    if (title === '') faults.push('a chart has no title');
    if (shapes < 4) faults.push(`chart '${title}' has ${shapes} shapes`);
    if (smallest < 10) faults.push(`chart '${title}' has text of ${smallest.toFixed(1)} px`);
  }
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
