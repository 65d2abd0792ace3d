import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { capacityPage } from '../../cli/capacity/page';
import { localizationPage } from '../../cli/localization/page';
import { readLocalization } from '../../cli/localization/read';
import { statesAt } from '../../cli/localization/state';
import { type CapacityReport, STAGES } from '../../constructs';
import { synthesizeCentre } from '../../stacks/build';
import { tianjin } from '../../stacks/tianjin';
import { replacement } from '../core/capacity/replacement-fixtures';
import { pageFaults, SCHEMES, WIDTHS } from './check-page';

/** Programs that may be there; `CHROMIUM` names another. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

function browserPath(): string {
  const given = process.env.CHROMIUM;
  if (given) return given;
  for (const name of NAMES) {
    const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    if (status === 0) return stdout.trim();
  }
  throw new Error(
    `no browser is installed; install Debian's chromium or set CHROMIUM, got: none of ${NAMES.join(', ')}`,
  );
}

function reportOf(folder: string): CapacityReport {
  synthesizeCentre(tianjin, { kubeconfig: '~', contexts: {} }, folder);
  const report: CapacityReport = JSON.parse(readFileSync(join(folder, 'capacity.json'), 'utf8'));
  // A replacement in each stage, whatever the centre declares today.
  const replacements = STAGES.map((stage) => replacement(`alias-${stage}`, stage));
  return { ...report, clusters: report.clusters.map((cluster) => ({ ...cluster, replacements })) };
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'aicc-browser-'));
  const browser = await chromium.launch({
    executablePath: browserPath(),
    // Root has no sandbox in a container; the pages are our own.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const report = reportOf(join(folder, 'out'));
    const page = await capacityPage(report);
    const good = join(folder, 'capacity.html');
    writeFileSync(good, page);
    const expected = {
      charts: 3,
      elements: { '.rack': 100, '.tile': 6, 'section h2': 8 },
    };
    const faults = await pageFaults(browser, good, expected);
    for (const fault of faults) console.error(`browser: capacity.html: ${fault}`);

    const progress = join(folder, 'localization.html');
    const { displayName, replacements } = readLocalization(join(folder, 'out'));
    writeFileSync(progress, await localizationPage(displayName, statesAt(replacements)));
    const shown = { charts: 2, elements: { '.tile': 4, 'section h2': 6 } };
    const wrong = await pageFaults(browser, progress, shown);
    for (const fault of wrong) console.error(`browser: localization.html: ${fault}`);
    faults.push(...wrong);

    // A page with faults is found out: otherwise nothing above would mean anything.
    const bad = join(folder, 'bad.html');
    writeFileSync(
      bad,
      page
        .replace(/--muted: #\w+/g, '--muted: #999999')
        .replace(
          '</main>',
          '<img src="http://localhost:9/x.png"><div style="width:3000px">wide</div></main>',
        )
        .replace('class="wide"', 'class="wide" hidden')
        .replace('::details-content', '::no-content'),
    );
    const found = await pageFaults(browser, bad, expected);
    for (const wanted of [
      /color-contrast/,
      /image-alt/,
      /asks for http/,
      /3\d\d\d px wide/,
      /charts are seen/,
      /paper: table '.*' is cut off|paper: the page is 3\d\d\d px wide/,
      /paper: what is in 'AICC-CAP-001 .*' is hidden/,
    ]) {
      if (!found.some((fault) => wanted.test(fault)))
        faults.push(`${wanted} was not found on a bad page`);
    }
    if (faults.length > 0) throw new Error(`${faults.length} faults`);
    console.log(
      `browser: capacity.html and localization.html are well at ${WIDTHS.join(' and ')} px, ${SCHEMES.join(' and ')}, and on paper; ${found.length} faults found on a page that has some`,
    );
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(`browser: FAILED: ${(error as Error).message}`);
  process.exitCode = 1;
});
