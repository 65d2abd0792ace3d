import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capacityPage } from '../../cli/capacity/page';
import { capacityText } from '../../cli/capacity/text';
import type { CapacityReport } from '../../constructs';
import { synthesizeCentre } from '../../stacks/build';
import { tianjin } from '../../stacks/tianjin';
import { replacement } from '../core/capacity/replacement-fixtures';
import { temporaryFolder } from '../helpers/temporary-folder';

const out = temporaryFolder();
synthesizeCentre(tianjin, { kubeconfig: '~', contexts: {}, today: '2026-11-23' }, out);
const json = readFileSync(join(out, 'capacity.json'), 'utf8');
const report: CapacityReport = JSON.parse(json);

test('text: what each phase has and what is live with it, in one table', () => {
  const lines = capacityText(report).split('\n');
  const row = lines.find((line) => line.includes('phase-1000p')) ?? '';
  const cells = row.split('│').map((cell) => cell.trim());
  expect(cells.slice(1, 6)).toEqual(['phase-1000p', 'tj-4', '280', '2,240', '701.12']);
  expect(cells.slice(-4, -1)).toEqual(['1,000', '1,001.6', '3,200']);
  expect(lines.filter((line) => /^tj-\d: [\d,]+ pods on /.test(line))).toHaveLength(4);
});

test('text: what failed and what was acknowledged is told with its sum', () => {
  const [first, second] = report.proofs;
  if (!first || !second) throw new Error('nothing was proven');
  const acknowledgement = { reason: 'second rack arrives', until: '2026-12-31' };
  const proofs = [
    { ...first, status: 'failed' as const, level: 'warning' as const },
    { ...second, status: 'acknowledged' as const, acknowledgement },
  ];
  const text = capacityText({ ...report, proofs });
  expect(text).toContain(`warning: ${first.path}: ${first.id}`);
  expect(text).toContain(`acknowledged until 2026-12-31 (second rack arrives): ${second.path}`);
});

test('page: one file without scripts and addresses, with every number that matters, the same each time', async () => {
  const page = await capacityPage(report);
  expect(page).not.toMatch(/<script|<link rel="stylesheet"|src=|https?:\/\/(?!www\.w3\.org)|url\(/);
  for (const { displayName } of report.tenants) expect(page).toContain(displayName);
  for (const { id } of report.proofs) expect(page).toContain(id);
  for (const { about } of report.assumptions) expect(page).toContain(about.slice(0, 30));
  for (const { pools } of report.clusters) {
    for (const host of pools.flatMap((pool) => pool.hosts)) expect(page).toContain(host.name);
  }
  expect(page).toMatch(/1,001\.6 PF/);
  expect(await capacityPage(report)).toBe(page);
});

test('page: how many models each stage of the localization has', async () => {
  const [cluster, ...others] = report.clusters;
  if (!cluster) throw new Error('there are no clusters');
  const replacements = [
    replacement('chat', 'canary'),
    replacement('code', 'retired'),
    replacement('ocr', 'retired'),
  ];
  const clusters = [cluster, ...others].map((entry) => ({
    ...entry,
    replacements: entry === cluster ? replacements : [],
  }));
  const page = await capacityPage({ ...report, clusters });
  expect(page).toContain('2 of 3 foreign models are retired');
  expect(page).toContain('0 foreign, 0 shadow, 1 canary, 0 default, 2 retired');
  const none = clusters.map((entry) => ({ ...entry, replacements: [] }));
  expect(await capacityPage({ ...report, clusters: none })).toContain(
    'No replacement of a foreign',
  );
});

test('page: names are text, never markup', async () => {
  const [tenant, ...tenants] = report.tenants;
  if (!tenant) throw new Error('there are no tenants');
  const evil = { ...tenant, displayName: '<img src=x onerror=alert(1)> & "co"' };
  const page = await capacityPage({ ...report, tenants: [evil, ...tenants] });
  expect(page).not.toContain('<img');
  expect(page).toContain('&#60;img src=x onerror=alert(1)&#62; &#38; &#34;co&#34;');
});

describe('command', () => {
  const aicc = (...args: string[]) =>
    spawnSync(process.execPath, ['bin/aicc.js', 'capacity', ...args], { encoding: 'utf8' });

  test('--json prints capacity.json, --html writes a page', () => {
    const file = join(out, 'page.html');
    const { stdout, status } = aicc('-o', out, '--json', '--html', file);
    expect(status).toBe(0);
    expect(stdout).toBe(json);
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  test('what was acknowledged stands in the report of tenants, too', () => {
    const folder = temporaryFolder();
    const [first, ...others] = report.proofs;
    if (!first) throw new Error('nothing was proven');
    const acknowledgement = { reason: 'second rack arrives', until: '2026-12-31' };
    const proofs = [{ ...first, status: 'acknowledged', acknowledgement }, ...others];
    writeFileSync(join(folder, 'capacity.json'), JSON.stringify({ ...report, proofs }));
    const tenants = (...args: string[]) =>
      spawnSync(process.execPath, ['bin/aicc.js', 'tenants', '-o', folder, ...args], {
        encoding: 'utf8',
      }).stdout;
    expect(tenants()).toContain(
      `acknowledged until 2026-12-31 (second rack arrives): ${first.path}: ${first.id}`,
    );
    expect(JSON.parse(tenants('--json')).acknowledged).toEqual([proofs[0]]);
  });

  test('nothing synthesized, another release and a folder that is not there: one line, exit 1', () => {
    const other = temporaryFolder();
    writeFileSync(join(other, 'capacity.json'), '{"schemaVersion": 99}');
    const nothing = temporaryFolder();
    writeFileSync(join(nothing, 'capacity.json'), 'null');
    for (const [args, line] of [
      [['-o', 'nowhere'], /^error: cannot read nowhere\/capacity.json; run `npm start` first\n$/],
      [['-o', nothing], /^error: .*must have schemaVersion 2; .*got: undefined\n$/],
      [['-o', other], /^error: .*must have schemaVersion 2; .*got: 99\n$/],
      [
        ['-o', out, '--html', 'no/where.html'],
        /^error: cannot write no\/where.html; .*got: ENOENT\n$/,
      ],
    ] as const) {
      const { status, stderr, stdout } = aicc(...args);
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(line);
    }
  });
});
