import { allModels, type WeightsModel } from '../../../constructs';
import { THRESHOLDS } from '../../../core/monitoring/thresholds';
import { fitOnPool } from '../../../core/serving/fit';
import { READ_GIB_PER_SECOND, startBudget } from '../../../core/serving/start-budget';
import {
  containerOf,
  group,
  ofServing,
  only,
  POOLS,
  podsOf,
  serving,
  WEIGHTS,
} from '../../constructs/model-serving/fixtures';
import { problemsOf } from '../../helpers/cluster';
import { Template } from '../../helpers/template';

/** Room for slow storage. */
const SLOW = { monitoring: { thresholds: { servingStart: 200 } } };

const ENGINE_SECONDS = 600;

function budgetOf(readGibPerSecond?: number) {
  const weights = { ...WEIGHTS, readGibPerSecond };
  const made = serving({ model: 'qwen3-32b', weights }, {}, SLOW);
  const objects = ofServing(made);
  const deployment = only(objects, 'Deployment');
  const container = containerOf(podsOf(objects).alone);
  const wait = container.env?.find(({ name }) => name === 'VLLM_ENGINE_READY_TIMEOUT_S')?.value;
  const text = deployment.metadata.annotations?.['aicc.internal/start-budget'] ?? '';
  const gib = Number(/^([\d.]+) GiB/.exec(text)?.[1]);
  return { deployment, container, text, gib, seconds: Number(wait) };
}

test('size over speed and the start of the engine, in whole minutes; vLLM waits as long', () => {
  const { text, gib, seconds } = budgetOf(0.1);
  expect(gib).toBeGreaterThan(55);
  expect(seconds).toBe(Math.ceil((gib / 0.1 + ENGINE_SECONDS) / 60) * 60);
  expect(text).toMatch(
    /÷ 0\.1 GiB\/s \+ 600 s until the engine is ready \(vllm 0\.23\.0 vllm\/envs\.py\) ≤ \d+ min$/,
  );
});

test('faster storage makes the budget smaller', () => {
  expect(budgetOf(0.1).seconds).toBeGreaterThan(budgetOf(2).seconds);
  expect(budgetOf().text).toContain(`÷ ${READ_GIB_PER_SECOND.value} GiB/s`);
  expect(problemsOf(() => budgetOf(0))[0]).toMatch(/readGibPerSecond must be above 0.*got: 0$/);
});

test('the startup probe lasts as long, deadline and Terraform longer, and nothing waits', () => {
  const { deployment, container, seconds } = budgetOf();
  const { startupProbe, livenessProbe, readinessProbe } = container;
  expect((startupProbe?.periodSeconds ?? 0) * (startupProbe?.failureThreshold ?? 0)).toBe(seconds);
  expect(deployment.spec.progressDeadlineSeconds).toBe(seconds + 1800);
  for (const probe of [startupProbe, livenessProbe, readinessProbe]) {
    expect(probe?.httpGet).toEqual({ path: '/health', port: 'http' });
  }
  // Liveness begins after the startup probe, so it may be short; no delay stands in for a start.
  expect(livenessProbe).toMatchObject({
    periodSeconds: 10,
    failureThreshold: 6,
    timeoutSeconds: 10,
  });
  expect(livenessProbe?.initialDelaySeconds).toBeUndefined();
  const { stack, make } = serving({ model: 'qwen3-32b' });
  make();
  const minutes = Math.ceil((seconds + 1800) / 60);
  const resource = Template.of(stack).below('serving').only('kubernetes_deployment_v1');
  expect(resource).toMatchObject({
    wait_for_rollout: false,
    timeouts: { create: `${minutes}m`, update: `${minutes}m`, delete: `${minutes}m` },
  });
});

test('a replica over several servers gets what the tests of vllm-ascend give one', () => {
  const text = only(ofServing(group()), 'LeaderWorkerSet').metadata.annotations;
  expect(text?.['aicc.internal/start-budget']).toMatch(/\+ 2,800 s until the engine is ready/);
});

test.each([
  // Above 40 billion parameters, also on one server.
  ['qwen3-235b-a22b', {}, /\+ 2,800 s until the engine is ready .*conftest.py/],
  ['qwen3-32b', {}, /\+ 600 s until the engine is ready \(vllm/],
  ['rt-detr-r50', { image: 'registry.internal/rt-detr:1' }, /until the model is ready \(assumed: /],
])('%s gets what was found for its kind', (model, props, text) => {
  const made = only(ofServing(serving({ model, ...props })), 'Deployment').metadata;
  expect(made.annotations?.['aicc.internal/start-budget']).toMatch(text);
});

test('fails where an alert would fire while a model may still start', () => {
  const weights = { ...WEIGHTS, readGibPerSecond: 0.01 };
  expect(problemsOf(serving({ model: 'qwen3-32b', weights }).make)).toEqual([
    expect.stringMatching(
      /longer than the 75 min .*raise servingStart in monitoring.thresholds of cluster c-1.*got: .* ÷ 0.01 GiB\/s/,
    ),
  ]);
  expect(serving({ model: 'qwen3-32b', weights: WEIGHTS }).make).not.toThrow();
});

test('no model starts longer than the alert about long starts waits', () => {
  const budgets = POOLS.flatMap((pool) => {
    return allModels().flatMap((model) => {
      const fit = model.access === 'weights' ? fitOnPool(model, pool) : [];
      return Array.isArray(fit)
        ? []
        : [
            {
              id: model.id,
              seconds: startBudget(model as WeightsModel, fit, READ_GIB_PER_SECOND.value).seconds,
            },
          ];
    });
  });
  expect(budgets.length).toBeGreaterThan(20);
  const limit = THRESHOLDS.servingStart.value * 60;
  expect(budgets.filter(({ seconds }) => seconds > limit)).toEqual([]);
});
