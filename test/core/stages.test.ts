import { STAGES } from '../../constructs';
import { check } from '../../core/schema';
import {
  type Figures,
  type RolloutThresholds,
  type StageStep,
  stepAt,
  validateHistory,
} from '../../core/stages';

const THRESHOLDS: RolloutThresholds = {
  quality: { measure: 'accuracy on 500 questions', atLeast: 0.97 },
  latency: { measure: 'time-to-first-token', atMost: 1.2 },
};
const GOOD: Figures = { quality: 0.98, latency: 1.1 };

/** All stages, a month each, with evidence where it is needed. */
const THROUGH: readonly StageStep[] = [
  { stage: 'foreign', date: '2024-03-01' },
  { stage: 'shadow', date: '2024-04-01' },
  { stage: 'canary', date: '2024-05-01', weight: 5, figures: GOOD },
  { stage: 'canary', date: '2024-06-01', weight: 50 },
  { stage: 'default', date: '2024-07-01', figures: GOOD },
  { stage: 'retired', date: '2024-08-01', figures: GOOD },
];

/** What the schema says of each step, and what the steps say of each other. */
const problems = (...history: readonly StageStep[]) => [
  ...check('Replacement', { history })
    .filter(({ path }) => path[0] === 'history')
    .map(({ message }) => message),
  ...validateHistory({ history, thresholds: THRESHOLDS, evidence: 'illustrative' }),
];

/** The steps before a stage, and then others. */
function upTo(stage: StageStep['stage'], ...then: readonly StageStep[]): readonly StageStep[] {
  return [...THROUGH.slice(0, THROUGH.findLastIndex((step) => step.stage === stage) + 1), ...then];
}

test('all stages in order, and every step back from any of them, are fine', () => {
  expect(problems(...THROUGH)).toEqual([]);
  for (const [index, stage] of STAGES.entries()) {
    for (const earlier of STAGES.slice(0, index)) {
      const weight = earlier === 'canary' ? { weight: 10 } : {};
      const back = { stage: earlier, date: '2025-01-01', reason: 'answers got worse', ...weight };
      expect(problems(...upTo(stage, back))).toEqual([]);
    }
  }
  const smaller = { stage: 'canary', date: '2024-06-15', weight: 20, reason: 'slow' } as const;
  expect(problems(...upTo('canary', smaller))).toEqual([]);
});

test('after a step back the way forward needs its evidence again', () => {
  const back = { stage: 'shadow', date: '2024-06-15', reason: 'slow' } as const;
  const again = { stage: 'canary', date: '2024-06-20', weight: 5 } as const;
  expect(problems(...upTo('canary', back, again))).toEqual([
    'evidence is missing; add figures of what the stage before has shown, or stay there, got: shadow → canary 5 on 2024-06-20',
  ]);
});

test.each([
  [[], /^history is missing/],
  [[{ stage: 'shadow', date: '2024-03-01' }], /begins with the stage 'foreign'.*got: 'shadow'$/],
  [
    upTo('foreign', { stage: 'canary', date: '2024-05-01', weight: 5, figures: GOOD }),
    /one stage at a time; add shadow before, got: foreign → canary 5 on 2024-05-01$/,
  ],
  [
    upTo('shadow', { stage: 'retired', date: '2024-05-01', figures: GOOD }),
    /add canary, default before, got: shadow → retired/,
  ],
  [
    upTo('canary', { stage: 'default', date: '2024-07-01', weight: 40, figures: GOOD }),
    /^the weight falls from 50 to 40 while the stage advances; .*got: canary 50 → default 40/,
  ],
  [
    upTo('canary', { stage: 'canary', date: '2024-07-01', weight: 20 }),
    /^a step back says why; add a reason, got: canary 50 → canary 20/,
  ],
  [upTo('default', { stage: 'foreign', date: '2024-07-02', reason: ' ' }), /^a step back says why/],
  [
    upTo('shadow', { stage: 'canary', date: '2024-05-01', weight: 51, figures: GOOD }),
    /^weight of a canary must be a whole number of 1 to 50 percent; correct it, got: 51/,
  ],
  [
    upTo('shadow', { stage: 'canary', date: '2024-05-01', figures: GOOD }),
    /1 to 50 percent; correct it, got: none on 2024-05-01$/,
  ],
  [
    upTo('foreign', { stage: 'shadow', date: '2024-04-01', weight: 5 }),
    /^only a canary has a weight/,
  ],
  [
    upTo('foreign', { stage: 'foreign', date: '2024-04-01' }),
    /^a step changes the stage or the weight/,
  ],
  [
    upTo('foreign', { stage: 'shadow', date: '2024-03-01' }),
    /in the order of their days.*got: 2024-03-01 after 2024-03-01$/,
  ],
  [upTo('foreign', { stage: 'shadow', date: '2024-04-31' }), /history\[1\]\.date must be a day/],
  [
    upTo('shadow', { stage: 'canary', date: '2024-05-01', weight: 5 }),
    /^evidence is missing; .*got: shadow → canary 5/,
  ],
  [
    upTo('canary', { stage: 'default', date: '2024-07-01', figures: { ...GOOD, quality: 0.96 } }),
    /^evidence misses its threshold: quality 0\.96 < 0\.97 of the foreign side \(accuracy on 500 questions\), got: canary 50 → default/,
  ],
  [
    upTo('canary', { stage: 'default', date: '2024-07-01', figures: { ...GOOD, latency: 1.21 } }),
    /^evidence misses its threshold: latency 1\.21 > 1\.2 times that of the foreign side/,
  ],
  [[{ stage: 'beta' as never, date: '2024-03-01' }], /stage must be one of foreign, shadow/],
] as const)('%#: %j', (history, message) => {
  expect(problems(...(history as readonly StageStep[]))).toContainEqual(
    expect.stringMatching(message),
  );
});

test('evidence that is not public carries a step, and what was measured names its source', () => {
  const step = { stage: 'canary', date: '2024-05-01', weight: 5 } as const;
  const as = (evidence: 'not public' | 'measured', figures?: Figures) =>
    validateHistory({
      history: upTo('shadow', { ...step, figures }),
      thresholds: THRESHOLDS,
      evidence,
    });
  expect(as('not public')).toEqual([]);
  expect(as('measured', GOOD)).toEqual([
    expect.stringMatching(/^measured figures name their source/),
  ]);
  expect(as('measured', { ...GOOD, source: 'report 12' })).toEqual([]);
});

test('the stage of a day is that of the last step until then', () => {
  const at = (date: string) => stepAt(THROUGH, date);
  expect(at('2024-02-29')).toBeUndefined();
  expect(at('2024-03-01')?.stage).toBe('foreign');
  expect(at('2024-04-30')?.stage).toBe('shadow');
  expect(at('2024-06-01')).toMatchObject({ stage: 'canary', weight: 50 });
  expect(at('2030-01-01')?.stage).toBe('retired');
});
