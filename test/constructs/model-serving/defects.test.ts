import fc from 'fast-check';
import { allModels, type ModelServingProps, type WeightsModel } from '../../../constructs';
import { httpProbes } from '../../../constructs/model-serving/probes';
import { rollingUpdate } from '../../../constructs/model-serving/rollout';
import { fitOnPool } from '../../../core/serving/fit';
import { READ_GIB_PER_SECOND, startBudget } from '../../../core/serving/start-budget';
import { problemsOf } from '../../helpers/cluster';
import { Template } from '../../helpers/template';
import { containerOf, group, ofServing, only, POOLS, podsOf, serving } from './fixtures';

/** What others shipped, and what becomes of it here. */

test('LLMKube 192: an update that waits for NPUs which the old pods hold fails at synthesis', () => {
  const full = { model: 'qwen3-32b', replicas: 2 };
  const { stack, make } = serving({ ...full, surge: 1 });
  make();
  expect(() => Template.of(stack)).toThrow(
    /AICC-SRV-008.*with 1 of surge = 12 NPUs > 8 of the quota/,
  );
  expect(() => ofServing(serving(full))).not.toThrow();
  // The quota would admit one more, but others may hold its NPUs: there is no guarantee of any.
  const beyond = serving({ ...full, surge: 1 }, { ceiling: 16 });
  beyond.make();
  expect(() => Template.of(beyond.stack)).toThrow(/AICC-SRV-012.*12 NPUs > 8, the guarantee/);
});

test('KServe 5916: no surge and nobody unavailable cannot be said', () => {
  fc.assert(
    fc.property(fc.nat(1000), (surge) => {
      const { maxSurge, maxUnavailable } = rollingUpdate(surge);
      expect(maxSurge + maxUnavailable).toBeGreaterThan(0);
    }),
  );
  // Nor is there a second way: the props know no `maxUnavailable`.
  const props = { surge: 0, maxUnavailable: 0 } as Partial<ModelServingProps>;
  expect(problemsOf(serving(props).make)).toEqual([
    expect.stringMatching(/unknown key; .*got: 'maxUnavailable'$/),
  ]);
  const { strategy } = only(ofServing(serving({ surge: 0 })), 'Deployment').spec;
  expect(strategy.rollingUpdate).toEqual({ maxSurge: 0, maxUnavailable: 1 });
});

test('replicas that an autoscaler and a manifest both set fail at synthesis', () => {
  const autoscaling = { minReplicas: 1, maxReplicas: 2 };
  for (const make of [serving, group]) {
    expect(problemsOf(make({ replicas: 1, autoscaling }).make)[0]).toMatch(
      /give either replicas or autoscaling/,
    );
  }
});

test('a liveness probe that kills a slow start: none begins before the whole budget has passed', () => {
  let checked = 0;
  for (const pool of POOLS) {
    for (const model of allModels()) {
      const fit = model.access === 'weights' ? fitOnPool(model, pool) : [];
      if (Array.isArray(fit)) continue;
      const budget = startBudget(model as WeightsModel, fit, READ_GIB_PER_SECOND.value);
      const { startupProbe } = httpProbes('/health', budget);
      const { periodSeconds = 0, failureThreshold = 0 } = startupProbe ?? {};
      expect(periodSeconds * failureThreshold).toBeGreaterThanOrEqual(budget.seconds);
      checked += 1;
    }
  }
  expect(checked).toBeGreaterThan(allModels().length / 2);
  const { startupProbe, livenessProbe } = containerOf(podsOf(ofServing(serving())).alone);
  expect([startupProbe, livenessProbe]).not.toContain(undefined);
});

test('vllm-ascend 7711: a pod of a group without hccn.conf does not start, and cannot be made without', () => {
  for (const pod of Object.values(podsOf(ofServing(group())))) {
    const file = pod.spec?.volumes?.find(({ hostPath }) => hostPath?.path === '/etc/hccn.conf');
    // The kubelet refuses the mount of what is no file; `FileOrCreate` would make an empty one.
    expect(file?.hostPath?.type).toBe('File');
    expect(containerOf(pod).volumeMounts).toContainEqual({
      name: file?.name,
      mountPath: '/etc/hccn.conf',
      readOnly: true,
    });
  }
});

test('an image that is another one tomorrow fails at synthesis', () => {
  for (const image of ['registry.example/vllm:latest', 'registry.example/vllm', 'vllm']) {
    expect(problemsOf(serving({ image }).make)).toEqual([
      expect.stringMatching(
        /image must be a registry and a name with a digest or a tag other than latest/,
      ),
    ]);
  }
});
