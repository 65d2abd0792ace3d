import { readPhases } from '../../cli/declared/phase';
import { TRIED_RELEASES } from '../../cli/preflight/volcano-releases';
import { synthesizeCentre } from '../../stacks/build';
import { tianjin } from '../../stacks/tianjin';
import { temporaryFolder } from '../helpers/temporary-folder';
import { QUEUE_RULES, type QueueLike } from '../helpers/volcano-queue-rules';
import { TRIED_QUEUES } from '../helpers/volcano-tried-queues';

/** Every queue of the centre, `phase-100p nankai`. */
let queues: readonly (readonly [name: string, spec: QueueLike])[];

beforeAll(() => {
  const output = temporaryFolder();
  synthesizeCentre(tianjin, { kubeconfig: '~/.kube/config', contexts: {} }, output);
  queues = readPhases(output).flatMap(({ id, objects }) =>
    objects
      .filter(({ object }) => object.kind === 'Queue')
      .map(({ object }) => [`${id} ${object.metadata.name}`, object.spec as QueueLike] as const),
  );
});

/** What a release refuses about queues; nothing where it admits them all. */
function refused(from: string, specs: typeof queues): string[] {
  const refusals = QUEUE_RULES.find((rules) => rules.from === from)?.refusals ?? [];
  return specs.flatMap(([name, spec]) =>
    refusals.filter(({ refuses }) => refuses(spec)).map(({ what }) => `${name}: ${what}`),
  );
}

test('each release that was tried has its rules', () => {
  const firsts = TRIED_RELEASES.map(({ first }) => first);
  expect(firsts).toEqual(expect.arrayContaining(QUEUE_RULES.map(({ from }) => from)));
  expect(firsts[0]).toBe(QUEUE_RULES[0]?.from);
});

test.each(QUEUE_RULES)(
  'every queue of the centre is one that Volcano admits from $from on',
  ({ from }) => {
    expect(new Set(queues.map(([name]) => name.split(' ')[0])).size).toBe(4);
    expect(queues.some(([, { guarantee }]) => guarantee)).toBe(true);
    expect(refused(from, queues)).toEqual([]);
  },
);

test.each(['1.14.0', '1.14.2'])('%s would refuse each of them without deserved', (from) => {
  const guaranteed = queues.filter(([, { guarantee }]) => guarantee);
  const without = guaranteed.map(([name, { deserved: _, ...spec }]) => [name, spec] as const);
  expect(refused(from, without)).toEqual(
    guaranteed.map(([name]) => `${name}: a guarantee above what is deserved, or without it`),
  );
});

test.each(TRIED_QUEUES)('$what: the rules say what the webhooks said', ({ spec, refusedBy }) => {
  const answers = QUEUE_RULES.filter(({ from }) => refused(from, [['x', spec]]).length > 0);
  expect(answers.map(({ from }) => from)).toEqual(refusedBy);
});
