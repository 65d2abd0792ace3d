import { ModelServing, TenantNamespace } from '../../../constructs';
import { problemsOf, SMALL_POOL, smallCluster } from '../../helpers/cluster';
import { Template, testStack } from '../../helpers/template';
import {
  containerOf,
  type KubernetesObject,
  ofServing,
  podsOf,
  serving,
  WEIGHTS,
} from './fixtures';

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
          toleration: [
            { key: 'huawei.com/Ascend910', operator: 'Exists', effect: 'NoSchedule' },
            { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute', toleration_seconds: '60' },
            {
              key: 'node.kubernetes.io/unreachable',
              effect: 'NoExecute',
              toleration_seconds: '60',
            },
          ],
          automount_service_account_token: false,
        },
      },
    },
  });
  expect(template.counts()).toEqual({
    kubernetes_deployment_v1: 1,
    kubernetes_network_policy_v1: 1,
    kubernetes_pod_disruption_budget_v1: 1,
    kubernetes_service_account_v1: 1,
    kubernetes_service_v1: 1,
  });
  // Ids are addresses in the state: another one would make it anew.
  expect(
    Object.values(template.snapshot() as object)
      .flatMap(Object.keys)
      .sort(),
  ).toEqual(
    ['', '_account', '_ingress', '_pdb', '_service'].map((id) =>
      expect.stringMatching(new RegExp(`^serving${id}_[0-9A-F]{8}$`)),
    ),
  );
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
  const container = containerOf(
    podsOf(ofServing(serving({ model: 'qwen3-32b', replicas: 2 }))).alone,
  );
  expect(container.resources?.requests).toEqual(container.resources?.limits);
  expect(container.resources?.limits?.['huawei.com/Ascend910']).toBe('4');
  expect(container.args).toContain('--tensor-parallel-size=4');
});

test('the account of a serving is its own and has no token', () => {
  const objects = ofServing(serving({}, { imagePullSecret: 'registry' }));
  const account = objects.find(({ kind }) => kind === 'ServiceAccount');
  expect(account).toMatchObject({
    metadata: { name: 'qwen3-8b', namespace: 'nankai' },
    automountServiceAccountToken: false,
    imagePullSecrets: [{ name: 'registry' }],
  });
  expect(podsOf(objects).alone?.spec).toMatchObject({
    serviceAccountName: 'qwen3-8b',
    automountServiceAccountToken: false,
  });
});

test('containers write to their volumes only, have no capabilities, and reach devices by group', () => {
  const pod = podsOf(ofServing(serving())).alone;
  expect(pod?.spec?.securityContext).toEqual({
    seccompProfile: { type: 'RuntimeDefault' },
    supplementalGroups: [1000],
  });
  for (const container of [...(pod?.spec?.initContainers ?? []), containerOf(pod)]) {
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
  }
  const writable = containerOf(pod).volumeMounts?.filter(({ readOnly }) => !readOnly);
  expect(writable?.map(({ mountPath }) => mountPath)).toEqual(['/dev/shm', '/tmp', '/root']);
  const open = podsOf(ofServing(serving({ readOnlyRootFilesystem: false }))).alone;
  expect(containerOf(open).securityContext?.readOnlyRootFilesystem).toBe(false);
});

test('replicas are spread over racks where racks are known', () => {
  const known = podsOf(ofServing(serving({}, {}, { manageNodes: true }))).alone;
  expect(known?.spec?.topologySpreadConstraints).toEqual([
    {
      maxSkew: 1,
      topologyKey: 'aicc.internal/rack',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { 'app.kubernetes.io/instance': 'qwen3-8b' } },
    },
  ]);
  const unknown = podsOf(ofServing(serving())).alone;
  expect(unknown?.spec?.topologySpreadConstraints).toBeUndefined();
});

test('what a stopped pod answers is finished first', () => {
  const pod = podsOf(ofServing(serving({ requestTimeoutSeconds: 120 }))).alone;
  // 10 s until nobody sends any more, 120 s for what runs, 30 s to give devices back.
  expect(pod?.spec?.terminationGracePeriodSeconds).toBe(160);
  expect(containerOf(pod).lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '10'] } } });
  expect(containerOf(pod).args).toContain('--shutdown-timeout=120');
});

test('named tenants are let in, and out to it; nobody else is', () => {
  const stack = testStack();
  const cluster = smallCluster(stack);
  const tenant = (tenantName: string) =>
    new TenantNamespace(stack, tenantName, {
      cluster,
      tenantName,
      guarantee: 4,
      podSecurity: 'baseline',
    });
  const [own, client] = [tenant('model-services'), tenant('nankai')] as const;
  const props = { tenant: own, model: 'qwen3-8b', weights: WEIGHTS, clients: [client] };
  new ModelServing(stack, 'serving', props);
  const policies = Template.of(stack)
    .below('serving')
    .objects<KubernetesObject>()
    .filter(({ kind }) => kind === 'NetworkPolicy');
  const called = (name: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  });
  const pods = { matchLabels: { 'app.kubernetes.io/instance': 'qwen3-8b' } };
  expect(
    policies.map(({ metadata, spec }) => ({ name: metadata.name, in: metadata.namespace, spec })),
  ).toEqual([
    {
      name: 'to-model-services-qwen3-8b',
      in: 'nankai',
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [
          {
            to: [{ ...called('model-services'), podSelector: pods }],
            ports: [{ port: 8000, protocol: 'TCP' }],
          },
        ],
      },
    },
    {
      name: 'qwen3-8b-api',
      in: 'model-services',
      spec: {
        podSelector: pods,
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [
              { namespaceSelector: { matchLabels: { 'aicc.internal/gateway': 'true' } } },
              called('monitoring'),
              called('nankai'),
            ],
            ports: [{ port: 'http', protocol: 'TCP' }],
          },
        ],
      },
    },
  ]);
});

test.each([
  [
    { model: 'qwen9' },
    {},
    /unknown model; use one of qwen3-8b, qwen3-14b, .*`aicc models` prints all\), got: 'qwen9'$/,
  ],
  [{ replicas: 0 }, {}, /replicas must be a whole number of 1 or more.*got: 0/],
  [{ model: 'qwen3-32b', npus: 9 }, {}, /use 4, 8, got: 9$/],
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

test('a serving with everything of the user’s', () => {
  const made = serving({
    model: 'qwen3-embedding-8b',
    servingName: 'embedding',
    replicas: 3,
    image: 'registry.internal/vllm-ascend:site',
  });
  const objects = ofServing(made, 'embedding');
  const container = containerOf(podsOf(objects).alone);
  expect(container.image).toBe('registry.internal/vllm-ascend:site');
  expect(container.args).toEqual(
    expect.arrayContaining(['--served-model-name=qwen3-embedding-8b', '--runner=pooling']),
  );
  for (const { kind, metadata } of objects) {
    expect(`${kind} ${metadata.name}`).toMatch(/ embedding(-api)?$/);
  }
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
    toleration: expect.arrayContaining([expect.objectContaining({ key: 'huawei.com/Ascend910' })]),
  });
  expect(edge()).toMatchObject({
    node_selector: { 'aicc.internal/pool': 'edge' },
    toleration: expect.arrayContaining([expect.objectContaining({ key: 'huawei.com/Ascend310P' })]),
  });
});
