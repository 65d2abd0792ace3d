import { ModelServing, type ModelServingProps, TenantNamespace } from '../../constructs';
import { problemsOf, SMALL_POOL, smallCluster } from '../helpers/cluster';
import { Template, testStack } from '../helpers/template';

const WEIGHTS = { server: 'weights.internal', path: '/models' };

function serving(props: Partial<ModelServingProps> = {}, tenant = {}, cluster = {}) {
  const stack = testStack();
  const make = () =>
    new ModelServing(stack, 'serving', {
      tenant: new TenantNamespace(stack, 'nankai', {
        cluster: smallCluster(stack, { manageNodes: false, ...cluster }),
        tenantName: 'nankai',
        guarantee: 8,
        podSecurity: 'baseline',
        ...tenant,
      }),
      model: 'qwen3-8b',
      weights: WEIGHTS,
      ...props,
    });
  return { stack, make };
}

test('minimal serving: deployment, service, budget and network policy', () => {
  const { stack, make } = serving();
  expect(make().endpoint).toBe('http://qwen3-8b.nankai.svc:8000/v1');
  const template = Template.of(stack).below('serving');
  expect(template.only('kubernetes_deployment_v1')).toMatchObject({
    wait_for_rollout: false,
    spec: {
      replicas: '1',
      strategy: { type: 'RollingUpdate', rolling_update: { max_surge: '0', max_unavailable: '1' } },
      template: {
        spec: {
          scheduler_name: 'volcano',
          toleration: [{ key: 'huawei.com/Ascend910', operator: 'Exists', effect: 'NoSchedule' }],
          automount_service_account_token: false,
        },
      },
    },
  });
  const { kubernetes_deployment_v1, kubernetes_service_v1, kubernetes_pod_disruption_budget_v1 } =
    template.snapshot() as Record<string, unknown>;
  expect({
    kubernetes_deployment_v1,
    kubernetes_service_v1,
    kubernetes_pod_disruption_budget_v1,
  }).toMatchSnapshot();
});

test('clients call the alias, and metrics tell servings of one alias apart', () => {
  const { stack, make } = serving({ alias: 'chat', servingName: 'chat-domestic' });
  expect(make()).toMatchObject({
    alias: 'chat',
    servingName: 'chat-domestic',
    namespace: 'nankai',
    endpoint: 'http://chat-domestic.nankai.svc:8000/v1',
  });
  const text = JSON.stringify(Template.of(stack).below('serving').only('kubernetes_deployment_v1'));
  expect(text).toContain('--served-model-name=chat"');
  expect(text).toContain('"app.kubernetes.io/instance":"chat-domestic"');
  expect(serving().make().alias).toBe('qwen3-8b');
});

test('requests equal limits, and NPUs follow the model', () => {
  const { stack, make } = serving({ model: 'qwen3-32b', replicas: 2 });
  make();
  const deployment = Template.of(stack).below('serving').only('kubernetes_deployment_v1');
  const container = JSON.parse(JSON.stringify(deployment)).spec.template.spec.container[0];
  expect(container.resources.requests).toEqual(container.resources.limits);
  expect(container.resources.limits['huawei.com/Ascend910']).toBe('4');
  expect(container.command).toContain('--tensor-parallel-size=4');
});

test.each([
  [{ model: 'qwen9' }, {}, /unknown model; use one of deepseek-r1, .*got: 'qwen9'/],
  [{ replicas: 0 }, {}, /replicas must be a whole number of 1 or more.*got: 0/],
  [{ model: 'deepseek-r1' }, {}, /needs 2 servers a replica.*got: 16 NPUs of 8 a server/],
  [{ model: 'qwen3-32b', npus: 9 }, {}, /use 4, 5, 6, 7, 8, got: 9$/],
  [{ model: 'qwen3-32b', npus: 2 }, {}, /needs 4 NPUs or more, .* got: 2$/],
  [{ npus: -1 }, {}, /got: -1$/],
  [{ npus: 1.5 }, {}, /got: 1.5$/],
  [{ servingName: 'Qwen' }, {}, /servingName must be a DNS label.*got: 'Qwen'/],
  [{ alias: 'Chat' }, {}, /alias must be a DNS label.*got: 'Chat'/],
  [{ servingName: '7b' }, {}, /that begins with a letter.*got: '7b'/],
  [{}, { podSecurity: 'restricted' }, /set podSecurity of the tenant to 'baseline'/],
] as const)('fails for %j in %j', (props, tenant, message) => {
  expect(problemsOf(serving(props, tenant).make)[0]).toMatch(message);
});

test('fails on a server form that the model has no documented deployment for', () => {
  const pools = [{ ...SMALL_POOL, serverForm: 'atlas-800-9000', accelerator: '910A' } as const];
  expect(problemsOf(serving({}, {}, { pools }).make)[0]).toMatch(
    /no documented deployment of qwen3-8b on Atlas 800 \(9000\) with 910A/,
  );
});

test('fails when replicas are above the quota of the namespace, with the sum', () => {
  const { stack, make } = serving({ model: 'qwen3-32b', replicas: 3 });
  make();
  expect(() => Template.of(stack)).toThrow(/AICC-CAP-004.*qwen3-32b 3 × 4 = 12 NPUs > 8/);
});

test('more NPUs than documented are more tensor parallelism', () => {
  const { stack, make } = serving({ npus: 2 });
  make();
  const text = JSON.stringify(Template.of(stack).below('serving').only('kubernetes_deployment_v1'));
  expect(text).toContain('--tensor-parallel-size=2');
  expect(text).toContain('"huawei.com/Ascend910":"2"');
});

test('fails for a second serving of the same name in a namespace', () => {
  const stack = testStack();
  const tenant = new TenantNamespace(stack, 'nankai', {
    cluster: smallCluster(stack),
    tenantName: 'nankai',
    guarantee: 8,
    podSecurity: 'baseline',
  });
  const add = (id: string) =>
    new ModelServing(stack, id, { tenant, model: 'qwen3-8b', weights: WEIGHTS });
  add('a');
  expect(problemsOf(() => add('b'))).toEqual([
    expect.stringMatching(
      /^test\/b: names of servings must be unique.*'qwen3-8b' twice in nankai$/,
    ),
  ]);
});

test('full serving', () => {
  const { stack, make } = serving({
    model: 'qwen3-embedding-8b',
    servingName: 'embedding',
    replicas: 3,
    image: 'registry.internal/vllm-ascend:site',
  });
  expect(make().endpoint).toBe('http://embedding.nankai.svc:8000/v1');
  const { kubernetes_deployment_v1, kubernetes_network_policy_v1 } = Template.of(stack)
    .below('serving')
    .snapshot() as Record<string, unknown>;
  expect({ kubernetes_deployment_v1, kubernetes_network_policy_v1 }).toMatchSnapshot();
});

test('pods name the queue of their tenant', () => {
  const { stack, make } = serving();
  make();
  const deployment = Template.of(stack).below('serving').only('kubernetes_deployment_v1');
  expect(deployment).toMatchObject({
    spec: {
      template: {
        metadata: {
          annotations: {
            'scheduling.volcano.sh/queue-name': 'nankai',
            'huawei.com/schedule_policy': 'chip8-node8',
          },
        },
      },
    },
  });
});

test('fails where the policies of the namespace would refuse the pods', () => {
  const { make } = serving({}, { imagePrefixes: ['registry.site/'], priorityClasses: ['batch'] });
  expect(problemsOf(make)).toEqual([
    expect.stringMatching(/allows images from registry.site\/ only.*got: 'quay.io\/ascend\//),
    expect.stringMatching(/need the priority class online-serving.*got: batch$/),
  ]);
});

test('each pool of a mixed cluster has a selector and a resource name of its own', () => {
  const stack = testStack();
  const cluster = smallCluster(stack, {
    pools: [
      SMALL_POOL,
      { name: 'edge', serverForm: 'atlas-300i-duo-server', accelerator: '310P', servers: 1 },
    ],
  });
  const add = (id: string, resourceName: string) => {
    const tenant = new TenantNamespace(stack, id, {
      cluster,
      tenantName: id,
      resourceName,
      guarantee: 4,
      podSecurity: 'baseline',
    });
    const name = `serving-${id}`;
    new ModelServing(stack, name, { tenant, model: 'qwen3-asr-1-7b', weights: WEIGHTS });
    return () => {
      const all = Template.of(stack).below(name).only('kubernetes_deployment_v1');
      const { spec } = all as { spec: { template: { spec: Record<string, unknown> } } };
      return spec.template.spec;
    };
  };
  const training = add('a', 'huawei.com/Ascend910');
  const edge = add('b', 'huawei.com/Ascend310P');
  expect(training()).toMatchObject({
    node_selector: { 'aicc.internal/pool': 'npu' },
    toleration: [{ key: 'huawei.com/Ascend910' }],
  });
  expect(edge()).toMatchObject({
    node_selector: { 'aicc.internal/pool': 'edge' },
    toleration: [{ key: 'huawei.com/Ascend310P' }],
  });
});
