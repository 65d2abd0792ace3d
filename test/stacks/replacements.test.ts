import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterPlans, planText, unfitSteps } from '../../cli/localization/plan';
import { readLocalization } from '../../cli/localization/read';
import { statesAt } from '../../cli/localization/state';
import { readCapacity } from '../../cli/read-capacity';
import type { LocalizationReport } from '../../core/localization-report';
import type { StageStep } from '../../core/stages';
import { synthesizeCentre } from '../../stacks/build';
import type { Centre } from '../../stacks/centre';
import type { Replacement } from '../../stacks/replacements';
import { summarize } from '../../stacks/summary';
import { tianjin } from '../../stacks/tianjin';
import { problemsOf } from '../helpers/cluster';
import { temporaryFolder } from '../helpers/temporary-folder';

const SETTINGS = { kubeconfig: '~/.kube/config', contexts: {} };
const REPLACEMENTS = tianjin.replacements ?? [];

function find(alias: string): Replacement {
  const found = REPLACEMENTS.find((entry) => entry.alias === alias);
  if (!found) throw new Error(`no replacement of ${alias}`);
  return found;
}

/** The centre with some replacements in place of its own; the first phase and what is on it. */
function centreWith(replacements: readonly Replacement[], change: Partial<Centre> = {}): Centre {
  return { ...tianjin, lock: undefined, replacements, ...change };
}

/** Problems of the data about replacements. */
function problems(replacements: readonly Replacement[], change: Partial<Centre> = {}): string[] {
  const out = join(temporaryFolder(), 'cdktf.out');
  return problemsOf(() => synthesizeCentre(centreWith(replacements, change), SETTINGS, out)).filter(
    (line) => /replacement|aliases|LOC/.test(line),
  );
}

describe('the replacements of Tianjin', () => {
  const out = join(mkdtempSync(join(temporaryFolder(), 'r-')), 'cdktf.out');
  synthesizeCentre(tianjin, SETTINGS, out);
  const report: LocalizationReport = JSON.parse(
    readFileSync(join(out, 'localization.json'), 'utf8'),
  );
  const retired = report.replacements.filter(({ history }) => history.at(-1)?.stage === 'retired');
  const open = report.replacements.filter((entry) => !retired.includes(entry));

  test('fourteen are retired between March 2024 and June 2025, on evidence that is not public', () => {
    expect(retired).toHaveLength(14);
    expect(new Set(retired.map(({ task }) => task)).size).toBe(14);
    for (const { evidence, history } of retired) {
      expect(evidence).toBe('not public');
      const days = history.map(({ date }) => date);
      expect(days[0]?.localeCompare('2024-03-01')).toBeGreaterThanOrEqual(0);
      expect(days.at(-1)?.localeCompare('2025-06-30')).toBeLessThanOrEqual(0);
      expect(history.map(({ stage }) => stage)).toEqual([
        'foreign',
        'shadow',
        'canary',
        'default',
        'retired',
      ]);
    }
  });

  test('vertical ones of the three sectors are under way, spread over the stages, as illustrations', () => {
    expect(open.length).toBeGreaterThanOrEqual(6);
    expect(new Set(open.map(({ owner }) => owner))).toEqual(
      new Set(['government-services', 'urban-governance', 'smart-transportation']),
    );
    expect(new Set(open.map(({ history }) => history.at(-1)?.stage))).toEqual(
      new Set(['foreign', 'shadow', 'canary', 'default']),
    );
    for (const { evidence } of open) expect(evidence).toBe('illustrative');
  });

  test('no step is before the release of a model, and each names both licences', () => {
    for (const { alias, history, foreign, domestic } of report.replacements) {
      const shadow = history.find(({ stage }) => stage === 'shadow')?.date ?? '9999';
      // Of a month only its end is sure.
      const isAfter = (day: string, since: string) =>
        since.length === 7 ? day.slice(0, 7) > since : day >= since;
      expect([alias, isAfter(history[0]?.date ?? '', foreign.released)]).toEqual([alias, true]);
      expect([alias, isAfter(shadow, domestic.released)]).toEqual([alias, true]);
      expect([alias, foreign.licence.name, domestic.licence.name]).not.toContain('');
      // Foreign, or made from a foreign one; and domestic, as what it was made from.
      expect([foreign.origin, foreign.base?.origin]).toContain('foreign');
      expect([domestic.origin, domestic.base?.origin]).not.toContain('foreign');
    }
  });
});

describe('an alias that is walked through all stages and back', () => {
  const alias = 'street-scenes';
  const figures = { quality: 1, latency: 1 };
  const reason = 'as a test';
  const walk: readonly StageStep[] = [
    { stage: 'foreign', date: '2026-01-01' },
    { stage: 'shadow', date: '2026-01-02' },
    { stage: 'canary', date: '2026-01-03', weight: 10, figures },
    { stage: 'canary', date: '2026-01-04', weight: 50 },
    { stage: 'default', date: '2026-01-05', figures },
    { stage: 'retired', date: '2026-01-06', figures },
    { stage: 'default', date: '2026-01-07', reason },
    { stage: 'canary', date: '2026-01-08', weight: 50, reason },
    { stage: 'shadow', date: '2026-01-09', reason },
    { stage: 'foreign', date: '2026-01-10', reason },
  ];

  const environment = { ...SETTINGS, environment: 'phase-300p' };

  /** Text of every stack, and the resources of the stack of the alias, after so many steps. */
  function after(steps: number) {
    const out = join(temporaryFolder(), 'cdktf.out');
    const replacement = { ...find(alias), history: walk.slice(0, steps), next: undefined };
    const replacements = REPLACEMENTS.map((entry) => (entry.alias === alias ? replacement : entry));
    const { phases } = synthesizeCentre(centreWith(replacements), environment, out);
    const stacks = phases.flatMap(({ phase }) =>
      ['cluster', 'tenants', 'models'].map((layer) => `${phase.id}-${layer}`),
    );
    const texts = new Map(
      stacks.map((stack) => [
        stack,
        readFileSync(join(out, 'stacks', stack, 'cdk.tf.json'), 'utf8'),
      ]),
    );
    const { resource, ...rest } = JSON.parse(texts.get('phase-300p-models') ?? '') as {
      resource: Record<string, Record<string, unknown>>;
    };
    const resources = new Map(
      Object.entries(resource).flatMap(([type, all]) =>
        Object.entries(all).map(([name, value]) => [`${type}.${name}`, JSON.stringify(value)]),
      ),
    );
    return { texts, resources, rest };
  }

  test('changes, step by step, the objects of the alias and nothing else', () => {
    const states = walk.map((_, index) => after(index + 1));
    // Weights of a model that nobody else serves there are claimed for the alias.
    const own = /\.(aliases_street-scenes_|model-services-weights-llava-1-6-mistral-7b_)/;
    for (const [index, state] of states.entries()) {
      const before = states[index - 1];
      if (!before) continue;
      const step = `${walk[index - 1]?.stage} → ${walk[index]?.stage}`;
      for (const [stack, text] of state.texts) {
        if (stack !== 'phase-300p-models')
          expect([step, stack, text === before.texts.get(stack)]).toEqual([step, stack, true]);
      }
      // Outputs, providers and the backend are as they were.
      expect([step, state.rest]).toEqual([step, before.rest]);
      const names = new Set([...state.resources.keys(), ...before.resources.keys()]);
      const changed = [...names].filter(
        (name) => state.resources.get(name) !== before.resources.get(name),
      );
      expect([step, changed.length > 0]).toEqual([step, true]);
      expect([step, changed.filter((name) => !own.test(name))]).toEqual([step, []]);
    }
    // There and back again is where it was.
    expect([...(states.at(-1)?.resources ?? [])]).toEqual([...(states[0]?.resources ?? [])]);
  });
});

describe('bad input', () => {
  const chat = find('chat');
  const scenes = find('street-scenes');
  const [first, ...later] = scenes.history;
  if (!first) throw new Error('no history');

  test('the same alias twice', () => {
    expect(problems([chat, chat])).toEqual([
      "replacements: an alias has one replacement in the centre; rename one, got: 'chat' twice",
    ]);
  });

  test.each([
    [
      'a domestic model that is foreign',
      { ...scenes, domestic: { model: 'llama-3-1-8b' } },
      /domestic model must be domestic.*got: 'llama-3-1-8b' \(foreign\)$/,
    ],
    [
      'a domestic model that is made from a foreign one',
      { ...scenes, domestic: { model: 'deepseek-r1-distill-llama-8b' } },
      /made from Llama-3\.1-8B, which is foreign\)$/,
    ],
    [
      'a foreign model behind an API',
      { ...scenes, foreign: { model: 'gpt-4o' } },
      /foreign model is behind the API of its maker and cannot be served; .*got: 'gpt-4o'$/,
    ],
    [
      'a step before the foreign model was released',
      { ...scenes, history: [{ ...first, date: '2024-01-29' }, ...later] },
      /LLaVA-1\.6-Mistral-7B was released 2024-01-30 .*got: 2024-01-29$/,
    ],
    [
      'a step before the domestic model was released',
      { ...scenes, history: [first, { stage: 'shadow', date: '2025-10-14' }] },
      /Qwen3-VL-8B-Instruct was released 2025-10-15 .*got: 2025-10-14$/,
    ],
    [
      'a step in the month of a release whose day is not known',
      {
        ...scenes,
        task: 'time-series',
        domestic: { model: 'sundial-base-128m' },
        history: [
          { stage: 'foreign', date: '2025-04-01' },
          { stage: 'shadow', date: '2025-05-31' },
        ],
      },
      /Sundial base 128M was released in 2025-05 .*got: 2025-05-31$/,
    ],
    [
      'a step before the cluster was there',
      {
        ...scenes,
        foreign: { model: 'llava-1-6-mistral-7b' },
        history: [{ ...first, date: '2024-02-20' }],
      },
      /no step before the cluster of the alias is in service \(phase-300p: 2024-03\)/,
    ],
    [
      'a cluster that is only planned',
      { ...scenes, phase: 'phase-1000p' },
      /in service \(phase-1000p: planned\)|tj-4 has none/,
    ],
    [
      'a weight above 50 in canary',
      {
        ...scenes,
        history: [
          ...scenes.history.slice(0, -1),
          { stage: 'canary', date: '2026-08-10', weight: 60 },
        ],
      },
      /weight of a canary must be a whole number of 1 to 50 percent; correct it, got: 60/,
    ],
    [
      'an unknown phase',
      { ...scenes, phase: 'phase-400p' },
      /unknown phase; use one of phase-100p/,
    ],
    [
      'an unknown tenant',
      { ...scenes, tenant: 'nobody' },
      /unknown tenant; use one of .*'nobody'$/,
    ],
    ['an unknown owner', { ...scenes, owner: 'navy' }, /unknown owner; use one of education/],
    [
      'an unknown tenant among callers',
      { ...scenes, callers: ['nankai'] },
      /unknown tenants among callers; use .*, or 'all', got: nankai$/,
    ],
    [
      'a namespace without NPUs on the home cluster',
      { ...scenes, tenant: 'port-logistics' },
      /port-logistics has no NPUs on the home cluster of the alias; add an allocation or use phase-200p, phase-1000p, got: 'phase-300p'$/,
    ],
    [
      'a next step over a stage',
      { ...scenes, next: { stage: 'retired', by: '2026-12' } },
      /next is one stage from what runs, canary; aim at the one after it, got: 'retired'$/,
    ],
    [
      'a next step without a month',
      { ...scenes, next: { stage: 'default', by: 'soon' } },
      /next\.by must be a month as YYYY-MM; correct it, got: 'soon'$/,
    ],
    [
      'a next step with a weight above 50',
      {
        ...scenes,
        history: scenes.history.slice(0, 2),
        next: { stage: 'canary', weight: 60, by: '2026-12' },
      },
      /weight of a canary must be .* 1 to 50 percent; correct it, got: 60 on next, 2026-12$/,
    ],
    [
      'a next step that is what runs',
      { ...scenes, next: { stage: 'canary', weight: 25, by: '2026-12' } },
      /next is a step from what runs; change it or leave it out, got: 'canary' again$/,
    ],
    [
      'a next step to nowhere',
      { ...scenes, next: { stage: 'gone', by: '2026-12' } },
      /stage must be one of foreign, shadow, canary, default, retired; change it, got: 'gone'$/,
    ],
    [
      'a next step before the last one',
      { ...scenes, next: { stage: 'default', by: '2026-07' } },
      /next is after the last step, of 2026-08-10; correct next\.by, got: 2026-07$/,
    ],
    [
      'figures that are no ratios',
      {
        ...scenes,
        next: { stage: 'default', by: '2026-12', figures: { quality: 1, latency: -1 } },
      },
      /next\.figures\.latency is a ratio to the foreign side, above 0; correct it, got: -1$/,
    ],
    [
      'unknown evidence',
      { ...scenes, evidence: 'rumour' },
      /evidence must be one of measured, illustrative, not public; change it, got: 'rumour'$/,
    ],
    [
      'a threshold that is none',
      { ...scenes, thresholds: { ...scenes.thresholds, quality: { measure: ' ', atLeast: 0 } } },
      /thresholds\.quality\.atLeast must be above 0/,
    ],
  ] as const)('%s', (_what, replacement, message) => {
    const others = REPLACEMENTS.filter(({ alias }) => alias !== scenes.alias);
    expect(problems([...others, replacement as Replacement])).toContainEqual(
      expect.stringMatching(message),
    );
  });

  test('a step that was taken without room for both models', () => {
    const wide: Replacement = {
      ...scenes,
      history: scenes.history.slice(0, 2),
      next: undefined,
      domestic: { model: 'qwen3-vl-8b', replicas: 60 },
    };
    const out = join(temporaryFolder(), 'cdktf.out');
    expect(problemsOf(() => synthesizeCentre(centreWith([wide]), SETTINGS, out))).toEqual([
      expect.stringMatching(
        /^phase-300p-tenants\/model-services: AICC-CAP-004 .*remove replicas for 27 NPUs or raise the ceiling, got: .*street-scenes-foreign 1 × 1 \+ street-scenes-domestic 60 × 1 = 107 NPUs > 80 of the quota/,
      ),
    ]);
  });

  test('a step to come that does not fit: a warning, in the plan what would make it fit', () => {
    const out = join(temporaryFolder(), 'cdktf.out');
    const wide: Replacement = {
      ...scenes,
      history: [first],
      next: { stage: 'shadow', by: '2026-12' },
      domestic: { model: 'qwen3-vl-8b', replicas: 60 },
    };
    const others = REPLACEMENTS.filter(({ alias }) => alias !== scenes.alias);
    const centre = centreWith([...others, wide]);
    const built = synthesizeCentre(centre, SETTINGS, out);
    const line =
      /^warning: phase-300p-models\/aliases\/street-scenes: AICC-LOC-001 .*make room: (\d+) NPUs more for model-services, or (\d+) instead of 60 replicas of street-scenes-domestic, got: street-scenes foreign → shadow: (\d+) NPUs in use \+ 60 = \d+ > 80 \(ceiling of model-services\)$/m;
    const [, more, replicas, used] = line.exec(summarize(centre, built)) ?? [];
    expect(Number(more)).toBe(Number(used) + 60 - 80);
    expect(Number(replicas)).toBe(60 - Number(more));

    const plans = clusterPlans(readCapacity(out));
    expect(planText(plans)).toMatch(/Does not fit: street-scenes\./);
    const unfit = unfitSteps(plans);
    const [state] = statesAt(readLocalization(out).replacements, undefined, unfit).slice(-1);
    expect(state?.blocked).toEqual([
      expect.stringMatching(
        /^does not fit on tj-3: \d+ \+ 60 NPUs > 80 .*; make room: \d+ NPUs more/,
      ),
    ]);
  });

  test('a retired pair whose foreign model still runs', () => {
    const serving = {
      phase: 'phase-300p',
      tenant: 'model-services',
      model: 'mistral-7b',
      replicas: 1,
    };
    const pair: Replacement = {
      ...chat,
      foreign: { model: 'mistral-7b' },
    };
    expect(problems([pair], { servings: [...tianjin.servings, serving] })).toEqual([
      expect.stringMatching(
        /phase-300p-models\/aliases\/chat: AICC-LOC-002 'a retired foreign model does not run any more' does not hold; remove the servings of mistral-7b, or take chat back to default, got: chat is retired, mistral-7b holds 1 NPUs as model-services\/mistral-7b$/,
      ),
    ]);
  });

  test('an alias where the cluster has no gateway', () => {
    const phases = tianjin.phases.map((phase) => ({
      ...phase,
      cluster: { ...phase.cluster, gateway: undefined },
    }));
    expect(problems([scenes], { phases })).toEqual([
      expect.stringMatching(
        /^stacks\/tianjin\/replacements\.ts:\d+: replacements\/street-scenes: an alias is reached through a gateway, and tj-3 has none; set gateway of the cluster, got: 'phase-300p'$/,
      ),
    ]);
  });
});
