import { ModelReplacement, STAGES, type Stage } from '../../../constructs';
import { problemsOf } from '../../helpers/cluster';
import { Template } from '../../helpers/template';
import { chatAt, chatProps, LLAMA, routeStack } from './sample';

interface Route {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly rules: readonly {
      readonly backendRefs: readonly { readonly name: string; readonly weight: number }[];
      readonly filters?: readonly {
        readonly requestMirror: { readonly backendRef: { readonly name: string } };
      }[];
    }[];
  };
}

interface Deployment {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly replicas: number };
}

interface Graceful {
  readonly kind: string;
  readonly spec: {
    readonly template: { readonly spec: { readonly terminationGracePeriodSeconds: number } };
  };
}

/** What a stage makes: shares of requests, who gets copies, replicas, and whether both are compared. */
function madeAt(stage: Stage) {
  const { stack } = chatAt(stage);
  const objects = Template.of(stack).below('chat').objects<Route & Deployment>();
  const kind = (name: string) => objects.filter((object) => object.kind === name);
  const rule = kind('HTTPRoute')[0]?.spec.rules[0];
  return {
    shares: rule?.backendRefs.map(({ name, weight }) => `${name} ${weight}`),
    mirror: rule?.filters?.map(({ requestMirror }) => requestMirror.backendRef.name),
    replicas: kind('Deployment').map(({ metadata, spec }) => `${metadata.name} ${spec.replicas}`),
    compared: kind('PrometheusRule').map(({ metadata }) => metadata.name),
  };
}

/** The table of the README, stage by stage. */
test.each([
  ['foreign', ['chat-foreign 100'], undefined, ['chat-foreign 2'], []],
  ['shadow', ['chat-foreign 100'], ['chat-domestic'], ['chat-domestic 1', 'chat-foreign 2'], []],
  [
    'canary',
    ['chat-foreign 80', 'chat-domestic 20'],
    undefined,
    ['chat-domestic 1', 'chat-foreign 2'],
    ['replacement-chat'],
  ],
  ['default', ['chat-domestic 100'], undefined, ['chat-domestic 1', 'chat-foreign 1'], []],
  ['retired', ['chat-domestic 100'], undefined, ['chat-domestic 1'], []],
] as const)('%s', (stage, shares, mirror, replicas, compared) => {
  const made = madeAt(stage);
  expect({ ...made, replicas: made.replicas.sort() }).toEqual({
    shares,
    mirror,
    replicas,
    compared,
  });
});

test('both sides answer to the alias, and their names stay the same through all stages', () => {
  const { chat } = chatAt('canary');
  expect([chat.foreign?.alias, chat.domestic?.alias]).toEqual(['chat', 'chat']);
  expect([chat.foreign?.servingName, chat.domestic?.servingName]).toEqual([
    'chat-foreign',
    'chat-domestic',
  ]);
  expect(chatAt('foreign').chat.domestic).toBeUndefined();
  expect(chatAt('retired').chat.foreign).toBeUndefined();
});

test('the cluster is told of both sides at full size, whatever the stage', () => {
  for (const stage of STAGES) {
    expect(chatAt(stage).cluster.inventory().replacements).toEqual([
      {
        path: 'test/chat',
        alias: 'chat',
        namespace: 'model-services',
        resourceName: 'huawei.com/Ascend910',
        stage,
        target: 'retired',
        foreign: {
          serving: 'chat-foreign',
          model: 'deepseek-r1-distill-llama-8b',
          npusPerReplica: 1,
          replicas: 2,
        },
        domestic: { serving: 'chat-domestic', model: 'qwen3-8b', npusPerReplica: 1, replicas: 1 },
        standbyReplicas: 1,
        // The reviewer of a change wants to read 10 → 25, not that a canary stays a canary.
        ...(stage === 'canary' ? { weight: 20 } : {}),
      },
    ]);
  }
});

test('a plan that does not fit: the step, its sum and what would make room, as a warning', () => {
  const { cluster } = chatAt('foreign', { domestic: { model: 'qwen3-32b', replicas: 2 } });
  expect(cluster.prove().filter(({ status }) => status === 'failed')).toEqual([
    expect.objectContaining({
      id: 'AICC-LOC-001',
      level: 'warning',
      path: 'test/chat',
      remedy:
        'make room: 4 NPUs more for model-services, or 1 instead of 2 replicas of chat-domestic',
      statement: expect.stringMatching(/^chat foreign → shadow: 2 NPUs in use \+ 8 = 10 > 6/),
    }),
  ]);
});

test('a side in a plain container gives no figures: no rule, and it is told', () => {
  const foreign = {
    model: 'trocr-large',
    npus: 1,
    image: 'registry.example.org/trocr:1',
    container: {},
  };
  const { chat, stack } = chatAt('canary', { foreign });
  expect(chat.comparable).toBe(false);
  const objects = Template.of(stack).below('chat').objects<Route>();
  expect(objects.filter(({ kind }) => kind === 'PrometheusRule')).toEqual([]);
  // Vertical and early stages, too: whoever plans a canary wants to know.
  expect(chatAt('foreign').chat.comparable).toBe(true);
});

test('servings that are stopped get as long as the route waits', () => {
  const graces = (props = {}) => {
    const { stack } = chatAt('canary', props);
    const objects = Template.of(stack).below('chat').objects<Graceful>();
    return objects
      .filter(({ kind }) => kind === 'Deployment')
      .map(({ spec }) => spec.template.spec.terminationGracePeriodSeconds);
  };
  for (const grace of graces()) expect(grace).toBeGreaterThanOrEqual(900);
  for (const grace of graces({ requestTimeoutSeconds: 2000 }))
    expect(grace).toBeGreaterThanOrEqual(2000);
});

test('budgets are in the rules of the canary, and what clients wait for decides on the figure', () => {
  const rules = (props = {}) => {
    const { stack } = chatAt('canary', props);
    return JSON.stringify(
      Template.of(stack)
        .below('chat')
        .objects()
        .filter(({ kind }) => kind === 'PrometheusRule'),
    );
  };
  expect(rules()).toContain('"expr":"vector(1.2)"');
  expect(rules()).toContain('vllm:time_to_first_token_seconds_bucket');
  expect(rules({ budgets: { latencyRatio: 1.5 }, latency: 'whole-answer' })).toContain(
    '"expr":"vector(1.5)"',
  );
  expect(rules({ latency: 'whole-answer' })).toContain('vllm:e2e_request_latency_seconds_bucket');
});

test('each model may have weights of its own, asked for where it is served', () => {
  const asked: string[] = [];
  const weights = (model: string) => {
    asked.push(model);
    return { server: `${model}.internal`, path: '/models' };
  };
  const { stack } = chatAt('canary', { weights });
  const volumes = Template.of(stack)
    .below('chat')
    .objects()
    .filter(({ kind }) => kind === 'Deployment')
    .map((deployment) => JSON.stringify(deployment));
  for (const model of [LLAMA.model, 'qwen3-8b']) {
    expect(volumes.filter((text) => text.includes(`"server":"${model}.internal"`))).toHaveLength(1);
  }
  asked.length = 0;
  chatAt('retired', { weights });
  expect(asked).toEqual(['qwen3-8b']);
});

test('without monitoring of the cluster no figures are made', () => {
  const { stack } = chatAt('canary', {}, {}, { monitoring: { enabled: false } });
  const kinds = Template.of(stack)
    .below('chat')
    .objects()
    .map(({ kind }) => kind);
  expect(kinds).toContain('HTTPRoute');
  expect(kinds).not.toContain('PrometheusRule');
});

test.each([
  ['canary', { weight: undefined }, /a canary has a weight; .*1 to 50, got: none$/],
  ['canary', { weight: 51 }, /weight of the canary in percent must be a whole number of 1 to 50/],
  ['canary', { weight: 0.5 }, /must be a whole number of 1 to 50; correct it, got: 0\.5$/],
  ['shadow', { weight: 5 }, /only a canary has a weight; .*got: 5 in 'shadow'$/],
  ['beta', {}, /stage must be one of foreign, shadow, canary, default, retired; .*got: 'beta'$/],
  ['shadow', { domestic: { model: 'qwen9' } }, /domestic model is not in the catalogue.*'qwen9'$/],
  [
    'shadow',
    { domestic: LLAMA },
    /domestic model must be domestic, and what it was made from, too; .*made from Llama-3\.1-8B, which is foreign\)$/,
  ],
  [
    'shadow',
    { foreign: { model: 'qwen3-8b' } },
    /foreign model must be foreign, or made from a foreign one; use another, got: 'qwen3-8b' \(domestic\)$/,
  ],
  ['default', { standbyReplicas: 3 }, /standbyReplicas must be a whole number of 1 to 2/],
  ['canary', { budgets: { latencyRatio: 0 } }, /budgets\.latencyRatio must be above 0.*got: 0$/],
  ['shadow', { callers: [] }, /callers must name the tenants that may call/],
] as const)('fails in %s with %j', (stage, props, message) => {
  const parts = routeStack();
  const problems = problemsOf(
    () =>
      new ModelReplacement(
        parts.stack,
        'chat',
        chatProps(parts, stage as Stage, props as Partial<ReturnType<typeof chatProps>>),
      ),
  );
  expect(problems).toEqual([expect.stringMatching(message)]);
});

test('fails where an alias has two replacements', () => {
  const { stack, tenant, gateway } = chatAt('foreign');
  const twice = () =>
    new ModelReplacement(stack, 'again', chatProps({ tenant, gateway }, 'foreign'));
  expect(problemsOf(twice)).toEqual([
    "test/again: an alias has one replacement on a cluster; rename one, got: 'chat' twice",
  ]);
});

test('problems of both sides are told together', () => {
  const parts = routeStack();
  const props = chatProps(parts, 'shadow', {
    foreign: { ...LLAMA, npus: 9 },
    domestic: { model: 'qwen3-8b', npus: 10 },
  });
  const problems = problemsOf(() => new ModelReplacement(parts.stack, 'chat', props));
  expect(problems).toEqual([
    expect.stringMatching(/^test\/chat\/foreign: .*got: 9$/),
    expect.stringMatching(/^test\/chat\/domestic: .*got: 10$/),
  ]);
});
