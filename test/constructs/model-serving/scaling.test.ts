import { problemsOf } from '../../helpers/cluster';
import { Template } from '../../helpers/template';
import { group, ofServing, only, serving } from './fixtures';

const RANGE = { minReplicas: 2, maxReplicas: 4 };

test('replicas that are scaled are nobody else’s: the Deployment has no number', () => {
  const objects = ofServing(serving({ autoscaling: RANGE }));
  expect(only(objects, 'Deployment').spec).not.toHaveProperty('replicas');
  expect(only(ofServing(serving({ replicas: 3 })), 'Deployment').spec.replicas).toBe(3);
});

test('the autoscaler reads the queue and the cache of vLLM, and says all of its behaviour', () => {
  const autoscaler = only(ofServing(serving({ autoscaling: RANGE })), 'HorizontalPodAutoscaler');
  const pods = (name: string, averageValue: string) => ({
    type: 'Pods',
    pods: { metric: { name }, target: { type: 'AverageValue', averageValue } },
  });
  expect(autoscaler.spec).toMatchObject({
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'qwen3-8b' },
    minReplicas: 2,
    maxReplicas: 4,
    metrics: [pods('vllm:num_requests_waiting', '5'), pods('vllm:kv_cache_usage_perc', '800m')],
  });
  for (const rules of [autoscaler.spec.behavior.scaleUp, autoscaler.spec.behavior.scaleDown]) {
    expect(rules.stabilizationWindowSeconds).toBeGreaterThan(0);
    expect(rules.stabilizationWindowSeconds).toBeLessThanOrEqual(3600);
    expect(rules.selectPolicy).toBe('Max');
    expect(rules.policies).toEqual([{ type: 'Pods', value: 1, periodSeconds: expect.any(Number) }]);
    expect(rules.policies[0].periodSeconds).toBeLessThanOrEqual(1800);
  }
});

test('thresholds are written as the API server writes them', () => {
  const autoscaling = { ...RANGE, requestsWaiting: 2.5, cacheUsage: 1 };
  const { spec } = only(ofServing(serving({ autoscaling })), 'HorizontalPodAutoscaler');
  expect(spec.metrics.map((metric: { pods: { target: object } }) => metric.pods.target)).toEqual([
    { type: 'AverageValue', averageValue: '2500m' },
    { type: 'AverageValue', averageValue: '1' },
  ]);
});

test('groups are scaled by group', () => {
  const objects = ofServing(group({ autoscaling: RANGE }));
  expect(only(objects, 'HorizontalPodAutoscaler').spec.scaleTargetRef).toEqual({
    apiVersion: 'leaderworkerset.x-k8s.io/v1',
    kind: 'LeaderWorkerSet',
    name: 'deepseek-r1-group',
  });
  expect(only(objects, 'LeaderWorkerSet').spec).not.toHaveProperty('replicas');
});

test.each([
  [{ replicas: 2, autoscaling: RANGE }, /give either replicas or autoscaling.*got: 2 and 2 to 4$/],
  [{ autoscaling: { minReplicas: 0, maxReplicas: 2 } }, /minReplicas must be a whole number of 1/],
  [{ autoscaling: { minReplicas: 2, maxReplicas: 2 } }, /above minReplicas 2.*got: 2$/],
  [
    { autoscaling: { ...RANGE, cacheUsage: 80 } },
    /cacheUsage must be above 0.* and at most 1.*got: 80/,
  ],
  // Zero thousandths are nothing that the API server takes.
  [{ autoscaling: { ...RANGE, cacheUsage: 0.0001 } }, /cacheUsage must be .*got: 0.0001/],
  [{ autoscaling: { ...RANGE, requestsWaiting: Infinity } }, /requestsWaiting .*got: Infinity/],
  [{ autoscaling: { ...RANGE, requestsWaiting: 0 } }, /requestsWaiting must be a number above 0/],
] as const)('fails for %j', (props, message) => {
  expect(problemsOf(serving(props).make)[0]).toMatch(message);
});

test.each([
  ['one replica', serving, { replicas: 1 }],
  ['replicas', serving, { replicas: 3 }],
  ['autoscaled replicas', serving, { autoscaling: RANGE }],
  ['one group', group, { replicas: 1 }],
  ['groups', group, { replicas: 3 }],
  ['autoscaled groups', group, { autoscaling: RANGE }],
] as const)('a drain takes one pod, and the next when all are ready: %s', (_what, make, props) => {
  const made = make(props);
  const { spec } = only(ofServing(made), 'PodDisruptionBudget');
  // No number of pods that stay: of groups it would let one of each go at once, and it stands still
  // where an autoscaler moves.
  expect(spec).toEqual({ maxUnavailable: 1, selector: { matchLabels: spec.selector.matchLabels } });
});

test('a budget is about all pods of a group', () => {
  const objects = ofServing(group({ replicas: 2 }));
  const { matchLabels } = only(objects, 'PodDisruptionBudget').spec.selector;
  const { leaderTemplate, workerTemplate } = only(objects, 'LeaderWorkerSet').spec
    .leaderWorkerTemplate;
  for (const template of [leaderTemplate, workerTemplate]) {
    expect(template.metadata.labels).toMatchObject(matchLabels);
  }
});

test('by default one replica goes before its successor comes', () => {
  expect(only(ofServing(serving({ replicas: 2 })), 'Deployment').spec.strategy).toEqual({
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
  });
});

test('with room, the successor comes first; both zero cannot be said', () => {
  const strategy = only(ofServing(serving({ replicas: 2, surge: 1 })), 'Deployment').spec.strategy;
  expect(strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
  const { rolloutStrategy } = only(
    ofServing(group({ replicas: 2, surge: 1 })),
    'LeaderWorkerSet',
  ).spec;
  expect(rolloutStrategy.rollingUpdateConfiguration).toEqual({ maxSurge: 1, maxUnavailable: 0 });
  expect(problemsOf(serving({ surge: -1 }).make)[0]).toMatch(/surge must be a whole number of 0/);
});

test('the cluster is told how many replicas there may be', () => {
  const made = group({ autoscaling: RANGE });
  made.make();
  expect(made.tenant.cluster.inventory().servings).toMatchObject([
    {
      name: 'deepseek-r1',
      replicas: 2,
      maxReplicas: 4,
      surge: 0,
      podsPerReplica: 2,
      npusPerReplica: 16,
    },
  ]);
  expect(() => Template.of(made.stack)).not.toThrow();
});
