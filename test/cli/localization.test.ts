import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { hostnames, hostnamesText } from '../../cli/localization/hostnames';
import { localizationPage } from '../../cli/localization/page';
import { clusterPlans, planText, unfitSteps } from '../../cli/localization/plan';
import { readLocalization } from '../../cli/localization/read';
import { statesAt, stepDays, totalsOf } from '../../cli/localization/state';
import { localizationText } from '../../cli/localization/text';
import { readCapacity } from '../../cli/read-capacity';
import { synthesizeCentre } from '../../stacks/build';
import { tianjin } from '../../stacks/tianjin';
import { temporaryFolder } from '../helpers/temporary-folder';

const OUTPUT = join(temporaryFolder(), 'cdktf.out');
synthesizeCentre(tianjin, { kubeconfig: '~', contexts: {}, environment: 'phase-300p' }, OUTPUT);
const { displayName, replacements } = readLocalization(OUTPUT);
const capacity = readCapacity(OUTPUT);

const states = (date?: string, unfit?: ReadonlyMap<string, string>) =>
  new Map(statesAt(replacements, date, unfit).map((state) => [state.alias, state]));

test('localization.json keeps to its schema', () => {
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
  const schema = read(join(__dirname, '../../docs/localization.schema.json'));
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  const report = read(join(OUTPUT, 'localization.json'));
  validate(report);
  expect(validate.errors).toBeNull();
  expect(validate({ ...report, schemaVersion: 2 })).toBe(false);
  const [first] = report.replacements;
  expect(validate({ ...report, replacements: [{ ...first, access: {} }] })).toBe(false);
});

test('the stage of an alias on a day, its share of requests and its NPUs', () => {
  const at = (date?: string) => {
    const { stage, weight, since, domesticPercent, npus } =
      states(date).get('policy-answers') ?? {};
    return { stage, weight, since, domesticPercent, npus };
  };
  expect(at('2025-03-09')).toMatchObject({ stage: undefined, npus: { foreign: 0, domestic: 0 } });
  expect(at('2025-03-10')).toMatchObject({ stage: 'foreign', npus: { foreign: 4, domestic: 0 } });
  expect(at('2025-09-30')).toMatchObject({
    stage: 'shadow',
    domesticPercent: 0,
    npus: { foreign: 4, domestic: 4 },
  });
  expect(at('2025-12-31')).toMatchObject({
    stage: 'canary',
    weight: 25,
    since: '2025-11-10',
    domesticPercent: 25,
  });
  expect(at()).toMatchObject({ stage: 'default', domesticPercent: 100, since: '2026-03-02' });
  expect(at('2030-01-01')).toEqual(at());
});

test('totals of a day: nothing domestic at first, all that was retired later', () => {
  const totals = (date?: string) => totalsOf(statesAt(replacements, date));
  expect(totals('2024-03-01')).toMatchObject({ aliases: 0, domesticTraffic: 0, npus: 0 });
  expect(totals('2024-03-18')).toMatchObject({ aliases: 5, domesticTraffic: 0, domesticNpus: 0 });
  const { byStage, aliases, domesticTraffic } = totals();
  expect(byStage.retired).toBe(14);
  expect(aliases).toBe(replacements.length);
  // 14 retired and 1 default, and canaries of 10 and 25 percent.
  expect(domesticTraffic).toBeCloseTo((100 * 15.35) / 21, 6);
  const after = stepDays(replacements).map((day) => totals(day).byStage.retired);
  expect(after).toEqual([...after].sort((a, b) => a - b));
});

test('what is blocked and why: a figure, missing evidence, room; and not for days long past', () => {
  const blocked = (alias: string, date?: string, unfit?: ReadonlyMap<string, string>) =>
    states(date, unfit).get(alias)?.blocked;
  expect(blocked('application-forms')).toEqual([
    expect.stringMatching(/quality 0\.96 < 0\.97 of the foreign side/),
  ]);
  expect(blocked('hotline-transcripts')).toEqual([expect.stringMatching(/^evidence is missing/)]);
  expect(blocked('street-scenes')).toEqual([]);
  expect(blocked('chat')).toEqual([]);
  expect(blocked('street-objects', undefined, new Map([['street-objects', 'no room']]))).toEqual([
    'no room',
  ]);
  expect(blocked('application-forms', '2026-04-01')).toEqual([]);
});

test('no step is aimed at on a day before the last one was taken', () => {
  expect(states('2026-05-31').get('application-forms')?.next).toBeUndefined();
  expect(states('2026-06-01').get('application-forms')?.next?.stage).toBe('default');
  expect(states('2025-01-01').get('street-objects')?.next).toBeUndefined();
  expect(localizationText(statesAt(replacements, '2024-12-31'), '2024-12-31')).not.toMatch(
    /can it be taken|blocked/,
  );
});

test('the text says whose access is not enforced, and which canaries no alert looks at', () => {
  const text = (enforced: (alias: string) => boolean) =>
    localizationText(
      statesAt(
        replacements.map((entry) => ({
          ...entry,
          access: { ...entry.access, enforced: enforced(entry.alias) },
        })),
      ),
    );
  expect(text(() => true)).toMatch(/^Access by tenant: by API keys$/m);
  expect(text((alias) => alias !== 'chat')).toMatch(
    /^Access by tenant: by API keys; not enforced for chat$/m,
  );
  expect(text(() => false)).toMatch(
    /^Access by tenant: not enforced for chat, .*signal-assistant$/m,
  );
  // Whisper, TrOCR, YOLO and the time series run in containers of the site; the others on vLLM.
  expect(text(() => true)).toMatch(
    /^No alert compares both sides of application-forms, hotline-transcripts, street-objects, traffic-forecast: /m,
  );
});

test('nothing declared: one sentence', async () => {
  expect(localizationText([])).toBe(
    'No replacement of a foreign model by a domestic one is declared.',
  );
  expect(await localizationPage(displayName, [])).toContain('No replacement of a foreign model');
});

test('the text names both sides, marks of the evidence, licences and what is blocked', () => {
  const text = localizationText(statesAt(replacements));
  expect(text).toMatch(/│ chat +│ tj-3 +│ retired +│ 2025-02-17 │ llama-3-1-70b .* not public/);
  expect(text).toMatch(/│ street-scenes .*│ canary 25 % │ .* illustrative/);
  expect(text).toMatch(/21 aliases: 2 foreign, 2 shadow, 2 canary, 1 default, 14 retired/);
  expect(text).toMatch(
    /│ translation +│ CC-BY-NC-4\.0 · non-commercial \(assumed\) +│ Apache-2\.0/,
  );
  expect(text).toMatch(/│ application-forms +│ default .*│ blocked: evidence misses its threshold/);
  expect(localizationText(statesAt(replacements, '2024-03-01'), '2024-03-01')).toMatch(
    /on 2024-03-01\n[\s\S]*not yet/,
  );
});

test('the plan: steps in order with what they take and give back; what does not fit, and what would', () => {
  const plans = clusterPlans(capacity);
  expect(plans.map(({ cluster }) => cluster)).toEqual(['tj-1', 'tj-2', 'tj-3']);
  expect(plans.flatMap(({ steps }) => steps).every(({ fits }) => fits)).toBe(true);
  expect(planText(plans)).toMatch(
    /signal-assistant │ foreign → shadow +│ illustrative │ +8 │ +│ +\d+ │ +\d+ │ +│ yes/,
  );
  expect(unfitSteps(plans).size).toBe(0);

  // A ceiling that is what is held now leaves no room for a second model.
  const [tight] = capacity.clusters
    .filter(({ name }) => name === 'tj-2')
    .map((cluster) => ({
      ...cluster,
      tenants: cluster.tenants.map((tenant) =>
        tenant.namespace === 'model-services'
          ? { ...tenant, ceiling: plans[1]?.used ?? 0 }
          : tenant,
      ),
    }));
  if (!tight) throw new Error('no tj-2');
  const stuck = clusterPlans({ ...capacity, clusters: [tight] });
  expect(planText(stuck)).toMatch(/no: \d NPUs more for model-services/);
  expect(planText(stuck)).toMatch(/Does not fit: signal-assistant\./);
  expect(unfitSteps(stuck).get('signal-assistant')).toMatch(
    /^does not fit on tj-2: \d+ \+ 8 NPUs > \d+ \(ceiling of model-services\); make room: \d NPUs more/,
  );
  expect(planText([])).toBe('No replacement is under way.');
});

test('hosts of all aliases, their clusters, and whether access is enforced', () => {
  const hosts = hostnames(replacements);
  expect(hosts).toHaveLength(replacements.length);
  expect(hosts.find(({ alias }) => alias === 'chat')).toMatchObject({
    hostname: 'chat.models.tj-3.aicc.internal',
    cluster: 'tj-3',
    access: 'api-keys',
  });
  const [open] = replacements.map((entry) => ({
    ...entry,
    access: { ...entry.access, enforced: false },
  }));
  expect(hostnamesText(hostnames(open ? [open] : []))).toMatch(/not enforced/);
});

test('the page is whole, with charts, marks and no script', async () => {
  const page = await localizationPage(displayName, statesAt(replacements));
  // Two charts, each for a desk, a phone and paper.
  expect(page.match(/<svg role="img"/g)).toHaveLength(2 * 3);
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  for (const text of ['not public', 'illustrative', 'blocked:', 'Apache-2.0', 'street-scenes'])
    expect(page).toContain(text);
  expect(page).toContain('Stage of each alias over time (evidence: 7 illustrative, 14 not public)');
  expect(page).toContain('No alert compares both sides of application-forms');
});

describe('the command', () => {
  const aicc = (...args: string[]) =>
    execFileSync(process.execPath, ['bin/aicc.js', 'localization', ...args, '-o', OUTPUT], {
      encoding: 'utf8',
      stdio: 'pipe',
    });

  test('prints JSON with replacements, plans and hosts', () => {
    const json = JSON.parse(aicc('--json', '--at', '2024-12-31'));
    expect(Object.keys(json)).toEqual(['at', 'totals', 'replacements', 'hostnames']);
    expect(json.replacements).toHaveLength(replacements.length);
    expect(JSON.parse(aicc('plan', '--json')).plans).toHaveLength(3);
    expect(JSON.parse(aicc('hostnames', '--json')).hostnames).toHaveLength(replacements.length);
  });

  test('refuses what is no day, and options that a command below does not have', () => {
    expect(() => aicc('--at', '2024-02-30')).toThrow(/must be a day as YYYY-MM-DD/);
    expect(() => aicc('plan', '--at', '2024-02-01')).toThrow(
      /error: --at and --html are of `aicc localization` alone; leave them out, got: plan --at 2024-02-01\n/,
    );
    expect(() => aicc('hostnames', '--html', 'x.html')).toThrow(/got: hostnames --html x\.html\n/);
    expect(() => aicc('--html', 'no/where.html')).toThrow(
      /error: cannot write no\/where\.html; name a file in a folder that is there, got: ENOENT\n/,
    );
  });
});

test('an output that is not there, or of another release, is told with the remedy', () => {
  expect(() => readLocalization('/nowhere')).toThrow(
    'cannot read /nowhere/localization.json; run `npm start` first',
  );
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'localization.json'), '{"schemaVersion":0}');
  expect(() => readLocalization(folder)).toThrow(/must have schemaVersion 1; .*got: 0$/);
});
