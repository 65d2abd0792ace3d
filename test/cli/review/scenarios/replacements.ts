import type { StageStep } from '../../../../core/stages';
import { type Draft, type Scenario, TODAY } from './scenario';

/** What the figures of the data show of a stage, for steps that need some. */
const GOOD = { quality: 1.05, latency: 1 };

/** Takes more steps of the replacement behind an alias; what was aimed at is reached, or given up. */
function steps(alias: string, ...more: StageStep[]) {
  return (draft: Draft): void => {
    const found = draft.replacements?.find((entry) => entry.alias === alias);
    if (!found) throw new Error(`no alias ${alias}`);
    const { next: _, ...rest } = found;
    draft.replacements = draft.replacements?.map((entry) =>
      entry === found ? { ...rest, history: [...found.history, ...more] } : entry,
    );
  };
}

export const REPLACEMENT_SCENARIOS: readonly Scenario[] = [
  {
    name: 'a canary gets more requests',
    change: steps('application-forms', { stage: 'canary', date: TODAY, weight: 25 }),
    exit: 2,
    risks: [],
    says: [/alias application-forms on tj-1: canary 10 → canary 25/],
  },
  {
    name: 'a canary gets fewer requests',
    change: steps('application-forms', {
      stage: 'canary',
      date: TODAY,
      weight: 5,
      reason: 'stamps are read worse again',
    }),
    exit: 2,
    risks: [],
    says: [/alias application-forms on tj-1: canary 10 → canary 5/],
  },
  {
    name: 'a replacement goes one stage on',
    change: steps('hotline-transcripts', {
      stage: 'canary',
      date: TODAY,
      weight: 5,
      figures: GOOD,
    }),
    exit: 2,
    risks: [],
    says: [/alias hotline-transcripts on tj-1: shadow → canary 5/],
  },
  {
    name: 'a replacement goes two stages on between two reviews',
    change: steps(
      'hotline-transcripts',
      { stage: 'canary', date: '2026-10-05', weight: 5, figures: GOOD },
      { stage: 'default', date: TODAY, figures: GOOD },
    ),
    exit: 4,
    risks: ['AICC-RISK-019'],
    says: [
      /Stop: 1 risk of level error \(AICC-RISK-019\)/,
      /alias hotline-transcripts on tj-1: shadow → default/,
      /hotline-transcripts goes from shadow to default/,
    ],
  },
  {
    name: 'a replacement goes back to shadow',
    change: steps('application-forms', {
      stage: 'shadow',
      date: TODAY,
      reason: 'forms of a new layout are not read',
    }),
    exit: 2,
    risks: [],
    says: [/alias application-forms on tj-1: canary 10 → shadow/],
  },
  {
    name: 'a foreign model is retired',
    change: steps('policy-answers', { stage: 'retired', date: TODAY, figures: GOOD }),
    exit: 3,
    risks: [],
    says: [/alias policy-answers on tj-1: default → retired/, /destroyed \| .*Deployment/],
  },
];
