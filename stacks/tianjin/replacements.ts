import type { ReplacementSideProps } from '../../constructs';
import type { Figures, RolloutThresholds, StageStep } from '../../core/stages';
import type { Replacement } from '../replacements';
import { siteContainer } from './servings';
import { TENANTS } from './tenants';

const TENANT = 'model-services';

/** A model that runs in a container of the site. */
function contained(model: string): ReplacementSideProps {
  return { model, ...siteContainer(model) };
}

/** Limits on the domestic model; what is compared, how much worse it may be, and what clients wait for. */
function thresholds(
  measure: string,
  latency: RolloutThresholds['latency']['measure'],
): RolloutThresholds {
  return { quality: { measure, atLeast: 0.97 }, latency: { measure: latency, atMost: 1.2 } };
}

const text = (measure: string) => thresholds(measure, 'time-to-first-token');
const whole = (measure: string) => thresholds(measure, 'whole-answer');

/** Days of `foreign`, `shadow`, `canary` (10 %), `default` and `retired`. */
type Days = readonly [string, string, string, string, string];

function retired([foreign, shadow, canary, byDefault, gone]: Days): readonly StageStep[] {
  return [
    { stage: 'foreign', date: foreign },
    { stage: 'shadow', date: shadow },
    { stage: 'canary', date: canary, weight: 10 },
    { stage: 'default', date: byDefault },
    { stage: 'retired', date: gone },
  ];
}

interface Retired extends Pick<Replacement, 'task' | 'foreign' | 'domestic' | 'thresholds'> {
  readonly days: Days;
}

/** One of the fourteen; its alias is its task. */
function done({ days, ...entry }: Retired): Replacement {
  return {
    ...entry,
    alias: entry.task,
    phase: 'phase-300p',
    tenant: TENANT,
    owner: 'centre',
    evidence: 'not public',
    history: retired(days),
    callers: 'all',
  };
}

/**
 * Fourteen foreign-based models gave way to domestic ones on the 300-petaflop cluster
 * (news.cgtn.com/news/2025-06-26). Which ones is not public: models and days are a proposal, one a task,
 * each with models that had been released by then.
 */
const RETIRED: readonly Replacement[] = [
  done({
    task: 'chat',
    foreign: { model: 'llama-3-1-70b' },
    domestic: { model: 'qwen2-5-32b' },
    thresholds: text('answers preferred or equal, of 500 questions'),
    days: ['2024-08-12', '2024-10-14', '2024-11-11', '2024-12-16', '2025-02-17'],
  }),
  done({
    task: 'reasoning',
    foreign: { model: 'deepseek-r1-distill-llama-70b' },
    domestic: { model: 'deepseek-r1-distill-qwen-32b' },
    thresholds: text('right results, of 300 problems'),
    days: ['2025-02-10', '2025-03-10', '2025-04-07', '2025-05-06', '2025-06-09'],
  }),
  done({
    task: 'code',
    foreign: { model: 'codellama-34b' },
    domestic: { model: 'qwen2-5-coder-32b' },
    thresholds: text('programs that pass their tests, of 300'),
    days: ['2024-04-08', '2024-12-02', '2025-01-06', '2025-02-17', '2025-04-07'],
  }),
  done({
    task: 'embedding',
    foreign: { model: 'multilingual-e5-large' },
    domestic: { model: 'gte-qwen2-7b' },
    thresholds: whole('recall of the first ten, each on an index of its own'),
    days: ['2024-03-18', '2024-07-08', '2024-08-05', '2024-09-02', '2024-10-14'],
  }),
  done({
    task: 'reranker',
    foreign: { model: 'ms-marco-minilm-l6' },
    domestic: contained('bge-reranker-v2-minicpm'),
    thresholds: whole('normalized gain of the first ten'),
    days: ['2024-03-18', '2024-05-06', '2024-06-03', '2024-07-01', '2024-08-05'],
  }),
  done({
    task: 'speech-recognition',
    foreign: contained('whisper-large-v3'),
    domestic: {
      ...contained('sensevoice-small'),
      acceptLicence: {
        restrictions: ['branding'],
        reason: 'the names of the model and of its maker are shown with what it writes',
      },
    },
    thresholds: whole('1 − character error rate'),
    days: ['2024-03-25', '2024-08-19', '2024-09-16', '2024-10-14', '2024-12-02'],
  }),
  done({
    task: 'ocr',
    foreign: contained('trocr-large'),
    domestic: contained('pp-ocrv4'),
    thresholds: whole('1 − character error rate'),
    days: ['2024-03-11', '2024-04-08', '2024-05-06', '2024-06-03', '2024-07-08'],
  }),
  done({
    task: 'vision-language',
    foreign: { model: 'llava-1-6-mistral-7b' },
    domestic: { model: 'qwen2-5-vl-7b' },
    thresholds: text('right answers about 500 pictures'),
    days: ['2024-05-13', '2025-02-24', '2025-03-24', '2025-04-21', '2025-06-03'],
  }),
  done({
    task: 'detection',
    foreign: contained('yolov8x'),
    domestic: contained('rt-detr-l'),
    thresholds: whole('mean average precision'),
    days: ['2024-03-11', '2024-04-15', '2024-05-13', '2024-06-17', '2024-07-22'],
  }),
  done({
    task: 'segmentation',
    foreign: contained('sam-vit-h'),
    domestic: contained('pp-liteseg-t'),
    thresholds: whole('mean intersection over union'),
    days: ['2024-03-18', '2024-05-20', '2024-06-24', '2024-07-29', '2024-09-09'],
  }),
  done({
    task: 'image-generation',
    foreign: contained('sdxl'),
    domestic: contained('cogview4-6b'),
    thresholds: whole('pictures preferred or equal, of 300'),
    days: ['2024-04-22', '2025-03-17', '2025-04-14', '2025-05-12', '2025-06-16'],
  }),
  done({
    task: 'speech-synthesis',
    foreign: contained('xtts-v2'),
    domestic: contained('cosyvoice2-0-5b'),
    thresholds: whole('mean opinion score'),
    days: ['2024-06-11', '2025-01-13', '2025-02-17', '2025-03-17', '2025-05-06'],
  }),
  done({
    task: 'translation',
    foreign: contained('nllb-200-3-3b'),
    domestic: { model: 'qwen2-5-7b' },
    thresholds: whole('COMET score'),
    days: ['2024-04-15', '2024-10-21', '2024-11-25', '2025-01-13', '2025-03-10'],
  }),
  done({
    task: 'time-series',
    foreign: contained('chronos-bolt-base'),
    domestic: contained('sundial-base-128m'),
    thresholds: whole('1 − mean absolute scaled error'),
    days: ['2024-12-09', '2025-06-02', '2025-06-09', '2025-06-16', '2025-06-30'],
  }),
];

/** Figures that show how it works; nobody has measured them. */
function figures(quality: number, latency: number): Figures {
  return { quality, latency };
}

/** A vertical model of a sector; its tenants call it. */
function vertical(
  entry: Omit<Replacement, 'tenant' | 'callers' | 'evidence'> & {
    readonly callers?: readonly string[];
  },
): Replacement {
  const tenants = TENANTS.filter(({ sector }) => sector === entry.owner).map(({ name }) => name);
  return { callers: tenants, ...entry, tenant: TENANT, evidence: 'illustrative' };
}

/**
 * Vertical models of the three sectors that are named for the time to come. Models, days and figures are
 * illustrative: nothing of it is public.
 */
const UNDER_WAY: readonly Replacement[] = [
  vertical({
    alias: 'policy-answers',
    task: 'chat',
    phase: 'phase-100p',
    owner: 'government-services',
    foreign: {
      model: 'llama-3-3-70b',
      acceptLicence: {
        restrictions: ['branding', 'scale', 'acceptable-use'],
        reason:
          'on standby until it is retired; the name is shown, and the terms of use are in the contracts',
      },
    },
    domestic: { model: 'qwen3-32b' },
    thresholds: text('answers that cite the right rule, of 400 questions'),
    history: [
      { stage: 'foreign', date: '2025-03-10' },
      { stage: 'shadow', date: '2025-09-01' },
      { stage: 'canary', date: '2025-10-13', weight: 5, figures: figures(1.01, 0.82) },
      { stage: 'canary', date: '2025-11-10', weight: 25 },
      { stage: 'default', date: '2026-03-02', figures: figures(1.02, 0.85) },
    ],
    next: { stage: 'retired', by: '2026-12', figures: figures(1.02, 0.86) },
  }),
  vertical({
    alias: 'application-forms',
    task: 'ocr',
    phase: 'phase-100p',
    owner: 'government-services',
    foreign: contained('trocr-large'),
    domestic: { model: 'paddleocr-vl' },
    thresholds: whole('1 − character error rate on 2,000 forms'),
    history: [
      { stage: 'foreign', date: '2025-02-03' },
      { stage: 'shadow', date: '2026-01-12' },
      { stage: 'canary', date: '2026-03-16', weight: 5, figures: figures(1.04, 1.12) },
      { stage: 'canary', date: '2026-05-11', weight: 30 },
      {
        stage: 'canary',
        date: '2026-06-01',
        weight: 10,
        reason: 'stamps across text were read worse',
      },
    ],
    next: { stage: 'default', by: '2027-01', figures: figures(0.96, 1.1) },
  }),
  vertical({
    alias: 'hotline-transcripts',
    task: 'speech-recognition',
    phase: 'phase-100p',
    owner: 'government-services',
    foreign: contained('whisper-large-v3'),
    domestic: { model: 'qwen3-asr-1-7b' },
    thresholds: whole('1 − character error rate on calls in the dialect of the city'),
    history: [
      { stage: 'foreign', date: '2025-04-14' },
      { stage: 'shadow', date: '2026-06-15' },
    ],
    next: { stage: 'canary', weight: 5, by: '2026-12' },
  }),
  vertical({
    alias: 'street-scenes',
    task: 'vision-language',
    phase: 'phase-300p',
    owner: 'urban-governance',
    foreign: { model: 'llava-1-6-mistral-7b' },
    domestic: { model: 'qwen3-vl-8b' },
    thresholds: text('right answers about 800 pictures of streets'),
    history: [
      { stage: 'foreign', date: '2025-07-07' },
      { stage: 'shadow', date: '2026-02-02' },
      { stage: 'canary', date: '2026-04-13', weight: 5, figures: figures(1.15, 1.08) },
      { stage: 'canary', date: '2026-08-10', weight: 25 },
    ],
    next: { stage: 'default', by: '2026-12', figures: figures(1.16, 1.05) },
  }),
  vertical({
    alias: 'street-objects',
    task: 'detection',
    phase: 'phase-300p',
    owner: 'urban-governance',
    foreign: {
      ...contained('yolov8x'),
      acceptLicence: {
        restrictions: ['copyleft'],
        reason:
          'unchanged, and its source is offered to everybody who is served; gone with its replacement',
      },
    },
    domestic: contained('rt-detr-r50'),
    thresholds: whole('mean average precision on 5,000 pictures of streets'),
    history: [{ stage: 'foreign', date: '2026-05-11' }],
    next: { stage: 'shadow', by: '2026-12' },
  }),
  vertical({
    alias: 'traffic-forecast',
    task: 'time-series',
    phase: 'phase-200p',
    owner: 'smart-transportation',
    foreign: contained('timesfm-2-5-200m'),
    domestic: contained('sundial-base-128m'),
    thresholds: whole('1 − mean absolute scaled error at 600 crossings'),
    history: [
      { stage: 'foreign', date: '2025-11-03' },
      { stage: 'shadow', date: '2026-07-06' },
    ],
    next: { stage: 'canary', weight: 10, by: '2026-12', figures: figures(0.99, 0.7) },
  }),
  vertical({
    alias: 'signal-assistant',
    task: 'agent',
    phase: 'phase-200p',
    owner: 'smart-transportation',
    foreign: { model: 'gpt-oss-120b' },
    domestic: { model: 'glm-4-5-air' },
    thresholds: text('plans of signals that an engineer accepts, of 200'),
    history: [{ stage: 'foreign', date: '2025-12-08' }],
    next: { stage: 'shadow', by: '2027-02' },
  }),
];

/** All replacements; evidence and models as marked. */
export const REPLACEMENTS: readonly Replacement[] = [...RETIRED, ...UNDER_WAY];
