import fc from 'fast-check';
import {
  type ClusterInventory,
  localizationPlans,
  npusAt,
  type ReplacementEntry,
  replicasAt,
  STAGES,
  stageIndex,
  sum,
} from '../../../constructs';
import { hosts, PLAIN_CLUSTER, poolEntryOf, written } from '../../helpers/inventory';
import { replacement, servingsOf } from './replacement-fixtures';

function clusterWith(ceiling: number, replacements: ReplacementEntry[]): ClusterInventory {
  const { namespace, resourceName } = replacement('any', 'foreign');
  const state = 'active' as const;
  return {
    ...PLAIN_CLUSTER,
    path: 'c-1',
    name: 'c-1',
    pools: [poolEntryOf({ hosts: hosts(100, 0) })],
    tenants: [
      {
        path: 'nankai',
        namespace,
        resourceName,
        guarantee: 16,
        ceiling,
        state,
        podSecurity: 'restricted',
        priorityClasses: ['batch'],
        written: written(16, ceiling),
      },
    ],
    servings: replacements.flatMap((entry) => servingsOf(entry, replicasAt(entry.stage, entry))),
    replacements,
  };
}

const plan = (ceiling: number, ...replacements: ReplacementEntry[]) =>
  localizationPlans(clusterWith(ceiling, replacements))[0];

test('a step at a time: both sides run from shadow on, and NPUs come back with default and retired', () => {
  const steps = plan(20, replacement('chat', 'foreign'))?.steps ?? [];
  expect(
    steps.map(({ from, to, started, returned, used, free, borrowed }) => [
      `${from} → ${to}`,
      started,
      returned,
      used,
      free,
      borrowed,
    ]),
  ).toEqual([
    ['foreign → shadow', 8, 0, 16, 4, 0],
    ['shadow → canary', 0, 0, 16, 4, 0],
    ['canary → default', 0, 4, 12, 8, 0],
    ['default → retired', 0, 4, 8, 12, 0],
  ]);
});

test('what gives back goes first, so that what needs room gets it', () => {
  const { steps } = plan(16, replacement('chat', 'foreign'), replacement('code', 'default')) ?? {};
  expect(steps?.[0]).toMatchObject({ alias: 'code', to: 'retired', returned: 4 });
  expect(steps?.every((step) => step.fits)).toBe(false);
  const wider = plan(24, replacement('chat', 'foreign'), replacement('code', 'default'));
  expect(wider?.steps.every((step) => step.fits)).toBe(true);
});

test('what does not fit says by how much and what would; NPUs beyond the guarantee are borrowed', () => {
  const { steps } = plan(15, replacement('chat', 'foreign')) ?? {};
  expect(steps).toEqual([
    {
      alias: 'chat',
      from: 'foreign',
      to: 'shadow',
      started: 8,
      returned: 0,
      used: 8,
      free: 7,
      borrowed: 0,
      fits: false,
      remedy: '1 NPUs more for nankai, or 1 instead of 2 replicas of chat-domestic',
    },
  ]);
  const borrowing = plan(30, {
    ...replacement('chat', 'foreign'),
    domestic: { serving: 'chat-domestic', model: 'qwen', npusPerReplica: 8, replicas: 2 },
  });
  expect(borrowing?.steps.map((step) => step.borrowed)).toEqual([8, 8, 8, 4]);
});

test('without an open replacement there is no plan', () => {
  expect(plan(16, replacement('chat', 'retired'))).toBeUndefined();
  expect(plan(16, replacement('chat', 'canary', { target: 'canary' }))).toBeUndefined();
});

/** NPUs at once where replacements are taken to their targets one after another in this order. */
function peakOf(order: readonly ReplacementEntry[]): number {
  const held = new Map(order.map((entry) => [entry, total(entry, entry.stage)]));
  let peak = sum([...held.values()]);
  for (const entry of order) {
    for (const to of STAGES.slice(stageIndex(entry.stage) + 1, stageIndex(entry.target) + 1)) {
      const before = npusAt(STAGES[stageIndex(to) - 1] ?? to, entry);
      const after = npusAt(to, entry);
      const others = sum([...held].filter(([other]) => other !== entry).map(([, npus]) => npus));
      const during =
        Math.max(before.foreign, after.foreign) + Math.max(before.domestic, after.domestic);
      peak = Math.max(peak, others + during);
      held.set(entry, after.foreign + after.domestic);
    }
  }
  return peak;
}

function total(entry: ReplacementEntry, stage: ReplacementEntry['stage']): number {
  const { foreign, domestic } = npusAt(stage, entry);
  return foreign + domestic;
}

function permutations<T>(items: readonly T[]): T[][] {
  return items.length === 0
    ? [[]]
    : items.flatMap((item, index) =>
        permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
      );
}

const stage = fc.constantFrom(...STAGES);
const size = fc.record({
  stage,
  target: stage,
  foreign: fc.integer({ min: 1, max: 6 }),
  domestic: fc.integer({ min: 1, max: 6 }),
  npus: fc.constantFrom(1, 2, 4, 8),
});

test('no order of the replacements needs fewer NPUs at once than that of the plan', () => {
  fc.assert(
    fc.property(fc.array(size, { minLength: 1, maxLength: 5 }), (sizes) => {
      const entries = sizes.map(({ stage, target, foreign, domestic, npus }, index) => {
        const base = replacement(`alias-${index}`, stage, { target });
        return {
          ...base,
          foreign: { ...base.foreign, replicas: foreign },
          domestic: { ...base.domestic, replicas: domestic, npusPerReplica: npus },
        };
      });
      const open = entries.filter((e) => stageIndex(e.stage) < stageIndex(e.target));
      if (open.length === 0) return;
      const rest = sum(entries.filter((e) => !open.includes(e)).map((e) => total(e, e.stage)));
      const least = Math.min(...permutations(open).map((order) => peakOf(order))) + rest;
      const fits = (limit: number) =>
        localizationPlans(clusterWith(limit, entries))[0]?.steps.every((step) => step.fits);
      // What is held already may be above any limit: then nothing fits that starts something.
      const starts = open.some((e) => e.stage === 'foreign');
      expect(fits(least)).toBe(true);
      if (starts && least > sum(entries.map((e) => total(e, e.stage)))) {
        expect(fits(least - 1)).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});
