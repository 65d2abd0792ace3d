import { allModels } from '../../../constructs';
import { readGibPerSecond } from '../../../constructs/model-serving/weights/source';
import { fitOnPool } from '../../../core/serving/fit';
import { PULL_SECONDS, startBudget } from '../../../core/serving/start-budget';
import { problemsOf, SMALL_POOL } from '../../helpers/cluster';
import { API_KEY, containerOf, group, ofServing, only, POOLS, podsOf } from './fixtures';

test('a model over two servers is a LeaderWorkerSet whose groups are placed as a whole', () => {
  const objects = ofServing(group({ replicas: 2 }));
  const { metadata, spec } = only(objects, 'LeaderWorkerSet');
  expect(metadata).toMatchObject({
    name: 'deepseek-r1-group',
    namespace: 'model-services',
    annotations: { 'scheduling.volcano.sh/queue-name': 'model-services' },
  });
  expect(spec).toMatchObject({
    replicas: 2,
    startupPolicy: 'LeaderCreated',
    rolloutStrategy: {
      type: 'RollingUpdate',
      rollingUpdateConfiguration: { maxSurge: 0, maxUnavailable: 1 },
    },
    leaderWorkerTemplate: { size: 2, restartPolicy: 'RecreateGroupOnPodRestart' },
  });
});

test('the manager makes a headless Service of its own name, so ours has another', () => {
  const objects = ofServing(group());
  const service = only(objects, 'Service');
  expect(service.metadata.name).toBe('deepseek-r1');
  expect(only(objects, 'LeaderWorkerSet').metadata.name).not.toBe(service.metadata.name);
  // Only leaders answer.
  expect(service.spec.selector).toEqual({
    'app.kubernetes.io/instance': 'deepseek-r1',
    'leaderworkerset.sigs.k8s.io/worker-index': '0',
  });
});

test('both pods have a whole server, the network of the host and what HCCL reads there', () => {
  const { leader, worker } = podsOf(ofServing(group()));
  for (const pod of [leader, worker]) {
    expect(pod?.spec).toMatchObject({
      schedulerName: 'volcano',
      hostNetwork: true,
      dnsPolicy: 'ClusterFirstWithHostNet',
    });
    expect(pod?.metadata?.annotations).toMatchObject({
      'huawei.com/schedule_policy': 'chip8-node8',
    });
    expect(pod?.spec?.volumes).toEqual(
      expect.arrayContaining([
        { name: 'hccn-conf', hostPath: { path: '/etc/hccn.conf', type: 'File' } },
        {
          name: 'hccn-tool',
          hostPath: { path: '/usr/local/Ascend/driver/tools/hccn_tool', type: 'File' },
        },
      ]),
    );
    const container = containerOf(pod);
    expect(container.resources?.limits?.['huawei.com/Ascend910']).toBe('8');
    const files = container.volumeMounts?.filter(({ name }) => name.startsWith('hccn'));
    expect(files).toEqual([
      { name: 'hccn-conf', mountPath: '/etc/hccn.conf', readOnly: true },
      {
        name: 'hccn-tool',
        mountPath: '/usr/local/Ascend/driver/tools/hccn_tool',
        readOnly: true,
      },
    ]);
  }
});

test('ranks and addresses: the leader binds to its address, workers call it by name', () => {
  const { leader, worker } = podsOf(ofServing(group()));
  const common = [
    '--tensor-parallel-size=4',
    '--data-parallel-size=4',
    '--data-parallel-size-local=2',
    '--data-parallel-rpc-port=13389',
    '--enable-expert-parallel',
  ];
  expect(containerOf(leader).args).toEqual(
    expect.arrayContaining([...common, '--data-parallel-address=$(POD_IP)']),
  );
  expect(containerOf(leader).args).not.toContain('--headless');
  expect(containerOf(worker).args).toEqual(
    expect.arrayContaining([
      ...common,
      '--data-parallel-address=$(LWS_LEADER_ADDRESS)',
      '--headless',
    ]),
  );
});

test('variables for the network of a group, the address before what uses it', () => {
  const { leader } = podsOf(ofServing(group()));
  const env = containerOf(leader).env ?? [];
  const podIp = { fieldRef: { fieldPath: 'status.podIP' } };
  expect(env).toEqual(
    expect.arrayContaining([
      { name: 'POD_IP', valueFrom: podIp },
      { name: 'HCCL_IF_IP', valueFrom: podIp },
      { name: 'HCCL_SOCKET_IFNAME', value: 'bond0' },
      { name: 'GLOO_SOCKET_IFNAME', value: 'bond0' },
      { name: 'TP_SOCKET_IFNAME', value: 'bond0' },
    ]),
  );
});

test('workers have no HTTP and no key; they die with their leader', () => {
  const { leader, worker } = podsOf(ofServing(group()));
  expect(containerOf(leader).env).toContainEqual({
    name: 'VLLM_API_KEY',
    valueFrom: { secretKeyRef: { name: API_KEY.secret, key: API_KEY.key } },
  });
  const container = containerOf(worker);
  expect(container.env?.map(({ name }) => name)).not.toContain('VLLM_API_KEY');
  expect(container.ports).toBeUndefined();
  expect(container.readinessProbe).toBeUndefined();
  const command = expect.arrayContaining([
    expect.stringContaining('http://$LWS_LEADER_ADDRESS:8000/health'),
  ]);
  expect(container.startupProbe).toMatchObject({ exec: { command } });
  expect(container.livenessProbe).toMatchObject({ exec: { command } });
});

test('a worker bears with a slow leader for longer than the leader’s own probes', () => {
  const { leader, worker } = podsOf(ofServing(group()));
  const own = containerOf(leader).livenessProbe;
  const { exec, ...follower } = containerOf(worker).livenessProbe ?? {};
  const allowed = Number(/--max-time (\d+)/.exec(exec?.command?.join(' ') ?? '')?.[1]);
  expect(allowed).toBeGreaterThanOrEqual(own?.timeoutSeconds ?? Infinity);
  // The kubelet does not cut off what curl still waits for.
  expect(follower.timeoutSeconds).toBeGreaterThan(allowed);
  const patience = (probe: typeof own) =>
    (probe?.periodSeconds ?? 0) * (probe?.failureThreshold ?? 0);
  expect(patience(follower)).toBeGreaterThan(patience(own));
});

/** Every documented deployment over several servers. */
const GROUPS = POOLS.flatMap((pool) =>
  allModels().flatMap((model) => {
    if (model.access !== 'weights') return [];
    const fit = fitOnPool(model, pool);
    if (Array.isArray(fit) || fit.pods === 1) return [];
    return [{ name: `${model.id} on ${fit.pods} × ${pool.server.form.id}`, model, pool, fit }];
  }),
);

test('there are groups of more than two servers, in which workers wait for one another', () => {
  expect(GROUPS.filter(({ fit }) => fit.pods > 2)).not.toEqual([]);
});

test.each(GROUPS)(
  'no pod of $name ends its group while another server still pulls the image',
  ({ model, pool, fit }) => {
    const made = group(
      {
        model: model.id,
        acceptLicence: { restrictions: model.licence.restrictions, reason: 'it is tried here' },
      },
      { guarantee: fit.pods * fit.npusPerPod },
      {
        pools: [
          {
            name: 'npu',
            serverForm: pool.server.form.id,
            accelerator: pool.server.accelerator.id,
            servers: 8,
            hostInterface: 'bond0',
          },
        ],
      },
    );
    const { leader, worker } = podsOf(ofServing(made));
    for (const pod of [leader, worker]) {
      const { periodSeconds = 0, failureThreshold = 0 } = containerOf(pod).startupProbe ?? {};
      expect(periodSeconds * failureThreshold).toBeGreaterThanOrEqual(
        startBudget(model, fit, readGibPerSecond({})).seconds + PULL_SECONDS,
      );
    }
  },
);

test('a worker stops after its leader, and still has time for what runs', () => {
  const { leader, worker } = podsOf(ofServing(group({ requestTimeoutSeconds: 60 })));
  const [first, second] = [leader, worker].map((pod) =>
    Number(containerOf(pod).lifecycle?.preStop?.exec?.command?.[1]),
  );
  expect(second).toBeGreaterThan(first as number);
  const grace = worker?.spec?.terminationGracePeriodSeconds ?? 0;
  expect(grace).toBeGreaterThan((second as number) + 60);
});

test('no port of the host is wanted twice: ports differ, and each pod has a whole server', () => {
  const pods = Object.values(podsOf(ofServing(group())));
  const line = containerOf(pods[0]).args ?? [];
  const ports = line.flatMap((word) => /^--(?:\S+-)?port=(\d+)$/.exec(word)?.[1] ?? []);
  expect(ports).toEqual(['8000', '13389']);
  for (const pod of pods) {
    expect(containerOf(pod).resources?.limits?.['huawei.com/Ascend910']).toBe('8');
  }
});

test('no network policy pretends to bind pods on the network of the host', () => {
  expect(ofServing(group()).filter(({ kind }) => kind === 'NetworkPolicy')).toEqual([]);
});

test('leaders of groups are spread over racks, workers follow', () => {
  const { leader, worker } = podsOf(ofServing(group({}, {}, { manageNodes: true })));
  expect(leader?.spec?.topologySpreadConstraints).toMatchObject([
    {
      topologyKey: 'aicc.internal/rack',
      labelSelector: {
        matchLabels: { 'leaderworkerset.sigs.k8s.io/worker-index': '0' },
      },
    },
  ]);
  expect(worker?.spec?.topologySpreadConstraints).toBeUndefined();
});

test.each([
  [
    {},
    { podSecurity: 'baseline' },
    { hostAccessNamespaces: ['other'] },
    /needs the host; use a namespace of hostAccessNamespaces of cluster c-1 \(other\)/,
  ],
  [{}, { podSecurity: 'baseline' }, {}, /set podSecurity of tenant model-services to 'privileged'/],
  [
    {},
    {},
    { pools: [{ ...SMALL_POOL, servers: 8 }] },
    /set hostInterface of pool 'npu', got: none$/,
  ],
  [{ apiKey: undefined }, {}, {}, /set apiKey to a key of a Secret, got: none$/],
  [{ npus: 8 }, {}, {}, /leave npus out or set it to 16, got: 8$/],
  [{ servingName: `a${'b'.repeat(40)}` }, {}, {}, /servingName must have at most 40 characters/],
  [
    {},
    { guarantee: 16 },
    {
      pools: [
        {
          name: 'npu',
          serverForm: 'atlas-200t-a2-box16',
          accelerator: '910B3',
          servers: 2,
          hostInterface: 'bond0',
        },
      ],
    },
    /a pod of a group has a whole server; use a pool with 8 NPUs a server, got: 16/,
  ],
] as const)('fails for %j in %j on %j', (props, tenant, cluster, message) => {
  const wrong = () => {
    const made = group(props, tenant as object, cluster as object);
    return made.make();
  };
  const problems = problemsOf(wrong);
  expect(problems.some((problem) => message.test(problem))).toBe(true);
});

test('a tenant cannot be let in by a policy that does not bind', () => {
  const made = group();
  const again = group({ clients: [made.tenant] });
  expect(problemsOf(again.make)[0]).toMatch(/leave clients out and call it through a gateway/);
});

test('fails on a name that groups of others have', () => {
  const problems = problemsOf(group({ servingName: 'r1-group' }).make);
  expect(problems[0]).toMatch(/servingName must not end with '-group'/);
});
