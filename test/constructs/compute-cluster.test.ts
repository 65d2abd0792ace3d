import {
  ADMISSION_POLICIES,
  ComputeCluster,
  clusterTotals,
  type NodePoolProps,
  PRIORITIES,
} from '../../constructs';
import { problemsOf, SMALL_POOL, smallCluster } from '../helpers/cluster';
import { Template, testStack } from '../helpers/template';

/** The cluster without components: they have tests of their own. */
const EXTERNAL = {
  devicePlugin: 'external',
  npuExporter: 'external',
  noded: 'external',
  clusterd: 'external',
} as const;

test('minimal cluster: labels for every node, priority classes with one default', () => {
  const stack = testStack();
  smallCluster(stack, { components: EXTERNAL, monitoring: { enabled: false } });
  const template = Template.of(stack);
  expect(template.counts()).toEqual({
    kubernetes_config_map_v1: 1,
    kubernetes_labels: 3,
    kubernetes_manifest: 2 * ADMISSION_POLICIES.length,
    kubernetes_priority_class_v1: PRIORITIES.length,
  });
  expect(template.resources('kubernetes_labels')[1]).toMatchObject({
    metadata: { name: 'c-1-npu-001' },
    labels: {
      workerselector: 'dls-worker-node',
      'node-role.kubernetes.io/worker': 'worker',
      'aicc.internal/rack': 'c-1-npu-r01',
    },
    field_manager: 'ai-computing-centre',
  });
  const defaults = template
    .resources('kubernetes_priority_class_v1')
    .filter((resource) => resource.global_default);
  expect(defaults).toHaveLength(1);
  const { kubernetes_labels, kubernetes_priority_class_v1 } = template.snapshot() as Record<
    string,
    unknown
  >;
  expect({ kubernetes_labels, kubernetes_priority_class_v1 }).toMatchSnapshot();
});

test('server count is the smallest that reaches the target', () => {
  const stack = testStack();
  const cluster = smallCluster(stack, {
    pools: [{ ...SMALL_POOL, servers: undefined, targetPetaflops: 100 }],
  });
  // 8 × 313 TFLOPS a server: 39 servers have 97.656 PF, 40 have 100.16 PF.
  expect(clusterTotals(cluster.inventory())).toEqual({
    servers: 40,
    npus: 320,
    outOfServiceNpus: 0,
    reservedNpus: 0,
    spareNpus: 0,
    usableNpus: 320,
    peakPetaflops: 100.16,
    usablePetaflops: 100.16,
  });
});

test('a server out of service has no node resource and is not usable; others keep their names', () => {
  const stack = testStack();
  const cluster = smallCluster(stack, {
    pools: [{ ...SMALL_POOL, servers: 3, outOfService: ['c-1-npu-002'] }],
  });
  const names = Template.of(stack)
    .resources('kubernetes_labels')
    .map((resource) => (resource.metadata as { name: string }).name);
  expect(names).toEqual(['c-1-mgmt-001', 'c-1-npu-001', 'c-1-npu-003']);
  expect(clusterTotals(cluster.inventory())).toMatchObject({
    servers: 3,
    npus: 24,
    usableNpus: 16,
  });
});

test('spare servers and a reserve are not usable; both must be there, and a reserve says why', () => {
  const pool = { ...SMALL_POOL, servers: 3, outOfService: ['c-1-npu-002'] };
  const reserve = { npus: 2, reason: 'acceptance tests' };
  const cluster = (changes: Partial<NodePoolProps>) =>
    smallCluster(testStack(), { pools: [{ ...pool, ...changes }] });
  expect(clusterTotals(cluster({ spareServers: 1, reserve }).inventory())).toMatchObject({
    npus: 24,
    outOfServiceNpus: 8,
    reservedNpus: 2,
    spareNpus: 8,
    usableNpus: 6,
    usablePetaflops: 1.878,
  });
  expect(problemsOf(() => cluster({ spareServers: 2, reserve }))).toEqual([
    "test/cluster: pool 'npu': spareServers and reserve must be within the 16 NPUs in service; lower them, got: 18 NPUs",
  ]);
  expect(
    problemsOf(() => cluster({ spareServers: -1, reserve: { npus: 0, reason: ' ' } })),
  ).toEqual([
    expect.stringMatching(/spareServers must be a whole number of 0 or more; .*got: -1$/),
    expect.stringMatching(/reserve.npus must be a whole number of 1 or more; .*got: 0$/),
    expect.stringMatching(/reserve.reason must say why; add it, got: ' '$/),
  ]);
});

test('what the cluster should be is written into the cluster', () => {
  const stack = testStack();
  smallCluster(stack, {
    phase: 'phase-1',
    kubernetesVersion: '1.33.2',
    components: EXTERNAL,
    monitoring: { enabled: false },
    pools: [{ ...SMALL_POOL, servers: 3, outOfService: ['c-1-npu-002'], spareServers: 1 }],
  });
  expect(Template.of(stack).only('kubernetes_config_map_v1')).toMatchObject({
    metadata: { name: 'declared-capacity', namespace: 'kube-public' },
    // 3 servers of 8 × 313 TFLOPS, one of them out of service, one kept free.
    data: {
      cluster: 'c-1',
      phase: 'phase-1',
      servers: '3',
      npus: '24',
      'in-service-npus': '16',
      'usable-npus': '8',
      petaflops: '7.512',
      'usable-petaflops': '2.504',
      'mindcluster-version': '26.1',
      'kubernetes-version': '1.33.2',
    },
  });
});

test('labels follow the MindCluster version', () => {
  const own = {
    'aicc.internal/pool': 'npu',
    'aicc.internal/rack': 'c-1-npu-r01',
    'node-role.kubernetes.io/worker': 'worker',
    workerselector: 'dls-worker-node',
  };
  const labels = (mindclusterVersion: '7.3' | '26.0' | '26.1') => {
    const stack = testStack();
    const pools = [{ ...SMALL_POOL, serverForm: 'atlas-800i-a2', accelerator: '910B4' } as const];
    smallCluster(stack, { mindclusterVersion, pools });
    return Template.of(stack).resources('kubernetes_labels')[1]?.labels;
  };
  expect(labels('26.1')).toEqual(own);
  const all = {
    ...own,
    accelerator: 'huawei-Ascend910',
    'accelerator-type': 'module-910b-8',
    'host-arch': 'huawei-arm',
    nodeDEnable: 'on',
    'server-usage': 'infer',
  };
  expect(labels('26.0')).toEqual(all);
  expect(labels('7.3')).toEqual(all);
});

// Table 1 of "Creating Node Labels" of 26.0.0 (01_preparing_for_installation.md).
test.each([
  ['atlas-800-9000', '910A', 'huawei-Ascend910', 'module', 'huawei-arm', undefined],
  ['atlas-800t-a2', '910B3', 'huawei-Ascend910', 'module-910b-8', 'huawei-arm', undefined],
  ['atlas-800i-a2', '910B4', 'huawei-Ascend910', 'module-910b-8', 'huawei-arm', 'infer'],
  ['atlas-200t-a2-box16', '910B3', 'huawei-Ascend910', 'module-910b-16', 'huawei-x86', undefined],
  ['atlas-800t-a3', '910C-752', 'huawei-Ascend910', 'module-a3-16', 'huawei-arm', undefined],
  ['atlas-300i-duo-server', '310P', 'huawei-Ascend310P', undefined, 'huawei-arm', undefined],
])(
  'labels of %s with %s up to MindCluster 26.0',
  (serverForm, accelerator, family, type, arch, usage) => {
    const stack = testStack();
    const pools = [{ ...SMALL_POOL, serverForm, accelerator }] as never;
    smallCluster(stack, { mindclusterVersion: '26.0', pools });
    const labels = Template.of(stack).resources('kubernetes_labels')[1]?.labels as object;
    const upstream = Object.entries(labels).filter(([key]) => !key.startsWith('aicc.internal/'));
    expect(Object.fromEntries(upstream)).toEqual({
      'node-role.kubernetes.io/worker': 'worker',
      workerselector: 'dls-worker-node',
      'host-arch': arch,
      accelerator: family,
      nodeDEnable: 'on',
      ...(type ? { 'accelerator-type': type } : {}),
      ...(usage ? { 'server-usage': usage } : {}),
    });
  },
);

test('a resource that a site has renamed is not in the label of the chip family', () => {
  const stack = testStack();
  const pools = [{ ...SMALL_POOL, resourceName: 'site.example/npu' }];
  const cluster = smallCluster(stack, { mindclusterVersion: '26.0', pools });
  expect(Template.of(stack).resources('kubernetes_labels')[1]).toMatchObject({
    labels: { accelerator: 'huawei-Ascend910' },
  });
  expect(cluster.resourceNames()).toEqual(['site.example/npu']);
});

test('management hosts get the master selector, manageNodes: false makes no node resources', () => {
  const stack = testStack();
  smallCluster(stack, { managementHosts: ['c-1-mgmt-001'] });
  expect(Template.of(stack).resources('kubernetes_labels')).toContainEqual(
    expect.objectContaining({
      metadata: { name: 'c-1-mgmt-001' },
      labels: { masterselector: 'dls-master-node' },
    }),
  );
  const other = testStack();
  smallCluster(other, { manageNodes: false });
  expect(Template.of(other).counts()).not.toHaveProperty('kubernetes_labels');
});

test('nodes that are not ours are selected by the name that the driver gives the chip', () => {
  const selector = (serverForm: string, accelerator: string) => {
    const pools = [{ ...SMALL_POOL, serverForm, accelerator }] as never;
    const cluster = smallCluster(testStack(), { manageNodes: false, pools });
    return cluster.pools.map((pool) => cluster.nodeSelector(pool));
  };
  const label = 'node.kubernetes.io/npu.chip.name';
  expect(selector('atlas-800t-a2', '910B3')).toEqual([{ [label]: '910B3' }]);
  // As the log in mind-cluster's "Confirming the component status" has it for Ascend910A3.
  expect(selector('atlas-800t-a3', '910C-752')).toEqual([{ [label]: 'Ascend910' }]);
});

test('fails with all problems at once, each with path, value and remedy', () => {
  const stack = testStack();
  const problems = problemsOf(
    () =>
      new ComputeCluster(stack, 'cluster', {
        clusterName: 'Bad_Name',
        mindclusterVersion: '25.0' as never,
        pools: [
          { ...SMALL_POOL, servers: 1.5 },
          { ...SMALL_POOL, name: 'b', accelerator: '910X' as never },
          { ...SMALL_POOL, name: 'c', outOfService: ['elsewhere'] },
          { ...SMALL_POOL, name: 'd', servers: undefined },
          { ...SMALL_POOL, name: 'e', servers: undefined, targetPetaflops: 1e12 },
          { ...SMALL_POOL, name: 'f', hostNames: ['a', 'b'.repeat(64)] },
        ],
      }),
  );
  expect(problems).toEqual([
    expect.stringMatching(/^test\/cluster: clusterName must be a DNS label.*got: 'Bad_Name'$/),
    expect.stringMatching(/mindclusterVersion must be one of 7.3, 26.0, 26.1.*got: '25.0'$/),
    expect.stringMatching(/pool 'npu': servers must be a whole number of 1 to 5000.*got: 1.5$/),
    expect.stringMatching(/pool 'b': unknown accelerator; use one of 910A.*got: '910X'$/),
    expect.stringMatching(
      /pool 'c': outOfService names a server that the pool does not have.*got: 'elsewhere'$/,
    ),
    expect.stringMatching(/pool 'd': give either servers or targetPetaflops, got: none$/),
    expect.stringMatching(/pool 'e': servers must be a whole number of 1 to 5000.*got: \d+$/),
    expect.stringMatching(/pool 'f': host name must have at most 63 characters.*got: 'b+'$/),
  ]);
});

test.each([
  [{ kubernetesVersion: '1.30' }, /kubernetesVersion must be 1.31 to 1.34.*got: '1.30'$/],
  [{ kubernetesVersion: '1.35.1' }, /kubernetesVersion must be 1.31 to 1.34.*got: '1.35.1'$/],
  [{ kubernetesVersion: 'v1.34' }, /kubernetesVersion must be.*got: 'v1.34'$/],
  [{ kubernetesVersion: '1.034' }, /kubernetesVersion must be.*got: '1.034'$/],
  [{ kubernetesVersion: '1.34.04' }, /kubernetesVersion must be.*got: '1.34.04'$/],
  [{ phase: 'Phase 1' }, /: phase must be a DNS label.*got: 'Phase 1'$/],
  [{ pools: [] }, /pools must hold one pool at least.*got: none$/],
  [{ pools: [{ ...SMALL_POOL, servers: 0 }] }, /servers must be a whole number of 1.*got: 0$/],
  [{ pools: [{ ...SMALL_POOL, maxPods: 111 }] }, /maxPods must be.*1 to 110.*got: 111$/],
  [
    { managementHosts: ['c-1-npu-002'] },
    /host names must be unique.*got: 'c-1-npu-002' in pool 'npu' and managementHosts$/,
  ],
  [
    { managementHosts: ['mgmt', 'mgmt'] },
    /host names must be unique.*got: 'mgmt' twice in managementHosts$/,
  ],
  [{ managementHosts: ['m'.repeat(64)] }, /managementHosts must have at most 63.*got: 'm+'$/],
  [{ managementHosts: [] }, /ClusterD runs on a management server.*got: none$/],
  [{ monitoring: { namespace: 'A' } }, /monitoring.namespace must be a DNS label.*got: 'A'$/],
  [
    { monitoring: { thresholds: { quotaUsed: 2 } } },
    /monitoring.thresholds.quotaUsed must be.*got: 2$/,
  ],
  [{ hostAccessNamespaces: ['A'] }, /hostAccessNamespaces must be a DNS label.*got: 'A'$/],
  [
    { policyActions: { 'AICC-POL-1': 'Audit' } },
    /policyActions: unknown policy.*got: 'AICC-POL-1'$/,
  ],
  [{ weightsStorageClass: 'Fast' }, /weightsStorageClass must be a DNS subdomain.*got: 'Fast'$/],
  [
    { externalNamespaces: ['monitoring'] },
    /externalNamespaces must be of npu-exporter.*'monitoring'$/,
  ],
  [{ dnsAddresses: ['169.254.20.300'] }, /dnsAddresses must be IPv4.*got: '169.254.20.300'$/],
  [{ monitoring: { labels: { 'a b': 'x' } } }, /monitoring.labels: a key is.*got: 'a b'$/],
  [{ monitoring: { labels: { release: 'a b' } } }, /monitoring.labels: a value.*got: 'a b'$/],
  [
    { components: { nodeD: 'managed' } },
    /components: unknown key; did you mean 'noded'.*got: 'nodeD'$/,
  ],
  [{ components: { noded: 'ours' } }, /components.noded must be one of managed.*got: 'ours'$/],
  [
    { mindclusterVersion: '26.0', components: { noded: 'managed' } },
    /components.noded must be 'external' with MindCluster 26.0, whose components have no health server.*got: 'managed'$/,
  ],
])('fails for %j', (props, message) => {
  const stack = testStack();
  expect(problemsOf(() => smallCluster(stack, props as never))).toEqual([
    expect.stringMatching(message),
  ]);
});

test.each([
  ...['cpu', 'kubernetes.io/npu', 'a.kubernetes.io/npu', 'requests.x.example/npu', '/npu'],
  ...['Site.example/npu', 'site.example/npu/2', 'site.example/n p', 'site.example/'],
])('fails for the resource name %j', (resourceName) => {
  const pools = [{ ...SMALL_POOL, resourceName }];
  expect(problemsOf(() => smallCluster(testStack(), { pools }))).toEqual([
    expect.stringMatching(
      new RegExp(`pool 'npu': resourceName must be an extended resource.*'${resourceName}'$`),
    ),
  ]);
});

test.each([
  ...['https://registry.example', 'registry.example/', 'registry.example/a:1', '', 'A b'],
  ...['x:99999/y', 'x:65536', 'x:0/y', 'x:080/y'],
])('fails for the registry %j', (imageRegistry) => {
  expect(problemsOf(() => smallCluster(testStack(), { imageRegistry }))).toEqual([
    expect.stringMatching(new RegExp(`imageRegistry must be.*got: '${imageRegistry}'$`)),
  ]);
});

test.each(['registry.example:65535', 'registry.example/a/b-c_d', '10.0.0.1:5000/ascendhub'])(
  'takes the registry %j',
  (imageRegistry) => {
    expect(() => smallCluster(testStack(), { imageRegistry })).not.toThrow();
  },
);

test('a wrong name of a component hides no missing management server, and a wrong server is said once', () => {
  const components = { nodeD: 'managed', noded: 'ours' } as never;
  expect(problemsOf(() => smallCluster(testStack(), { components, managementHosts: [] }))).toEqual([
    expect.stringMatching(/components: unknown key; use one of.*got: 'nodeD'$/),
    expect.stringMatching(/components.noded must be one of managed.*got: 'ours'$/),
    expect.stringMatching(/ClusterD runs on a management server.*got: none$/),
  ]);
  expect(problemsOf(() => smallCluster(testStack(), { managementHosts: ['A', 'A'] }))).toEqual([
    expect.stringMatching(/managementHosts must be a DNS subdomain.*got: 'A'$/),
    expect.stringMatching(/host names must be unique.*got: 'A' twice in managementHosts$/),
  ]);
});

test('a pool with many mistakes tells all of them', () => {
  const pool = {
    name: 'Bad_Name',
    serverForm: 'atlas-900',
    accelerator: '910B3',
    servers: 3,
    hostNames: ['a', 'a', 'B'],
    serversPerRack: 0,
    outOfService: ['c', 'c'],
    spareServers: -1,
    reserve: { npus: 8, reason: ' ' },
    maxPods: 111,
    resourceName: 'cpu',
  };
  expect(problemsOf(() => smallCluster(testStack(), { pools: [pool as never] }))).toEqual([
    expect.stringMatching(/name of the pool must be a DNS label.*got: 'Bad_Name'$/),
    expect.stringMatching(/hostNames must be a DNS subdomain.*got: 'B'$/),
    expect.stringMatching(/serversPerRack must be a whole number of 1 or more.*got: 0$/),
    expect.stringMatching(/spareServers must be a whole number of 0 or more.*got: -1$/),
    expect.stringMatching(/reserve.reason must say why.*got: ' '$/),
    expect.stringMatching(/maxPods must be a whole number of 1 to 110.*got: 111$/),
    expect.stringMatching(/resourceName must be an extended resource.*got: 'cpu'$/),
    expect.stringMatching(/unknown server form.*got: 'atlas-900'$/),
    expect.stringMatching(/host names must be unique.*got: 'a' twice$/),
    expect.stringMatching(/outOfService names a server twice.*got: 'c'$/),
    expect.stringMatching(/outOfService names a server that the pool does not have.*got: 'c'$/),
    expect.stringMatching(/outOfService names a server that the pool does not have.*got: 'c'$/),
  ]);
});

test('a mistake in a pool does not hide what pools have in common', () => {
  const named = (name: string, changes: object) => ({
    ...SMALL_POOL,
    name,
    servers: 65,
    hostNames: Array.from({ length: 65 }, (_, index) => (index === 0 ? 'a' : `${name}-${index}`)),
    ...changes,
  });
  const pools = [named('b', { maxPods: 0 }), named('c', { accelerator: '910B2' })];
  const cluster = () =>
    smallCluster(testStack(), { mindclusterVersion: '7.3', clusterName: 'Bad', pools });
  expect(problemsOf(cluster)).toEqual([
    expect.stringMatching(/clusterName must be a DNS label.*got: 'Bad'$/),
    expect.stringMatching(/pool 'b': maxPods must be.*got: 0$/),
    expect.stringMatching(
      /host names must be unique in a cluster.*got: 'a' in pool 'b' and pool 'c'$/,
    ),
    expect.stringMatching(/one chip type a resource name and cluster.*910B3 and 910B2$/),
    expect.stringMatching(/looks after 1024 NPUs at most.*got: 1040 NPUs$/),
  ]);
});

test('two pools of one name are one mistake, not one for each host', () => {
  expect(problemsOf(() => smallCluster(testStack(), { pools: [SMALL_POOL, SMALL_POOL] }))).toEqual([
    expect.stringMatching(/names of pools must be unique.*got: 'npu' twice$/),
  ]);
});

test('all servers out of service leave nothing to spare', () => {
  const outOfService = ['c-1-npu-001', 'c-1-npu-002'];
  const pools = [{ ...SMALL_POOL, outOfService, spareServers: 1 }];
  expect(problemsOf(() => smallCluster(testStack(), { pools }))).toEqual([
    expect.stringMatching(/must be within the 0 NPUs in service.*got: 8 NPUs$/),
  ]);
});

test('a cluster without a server in service is one mistake, not one for each component', () => {
  const outOfService = ['c-1-npu-001', 'c-1-npu-002'];
  const stack = testStack();
  smallCluster(stack, { pools: [{ ...SMALL_POOL, outOfService }] });
  expect(stack.node.findAll().flatMap((construct) => construct.node.validate())).toEqual([
    "test/cluster: AICC-CAP-009 'components have servers: selectors, taints, CPUs and memory' does not hold; take a server out of outOfService, got: 0 of 2 servers in service (pools npu) for ascend-device-plugin-daemonset, npu-exporter, noded",
  ]);
});

test('two pools that share host names, and pools that are too many nodes together, fail', () => {
  const pool = (name: string, servers: number) => ({ ...SMALL_POOL, name, servers });
  const named = (name: string) => ({ ...pool(name, 2), hostNames: ['a', name] });
  expect(problemsOf(() => smallCluster(testStack(), { pools: [named('b'), named('c')] }))).toEqual([
    expect.stringMatching(
      /host names must be unique in a cluster.*got: 'a' in pool 'b' and pool 'c'$/,
    ),
  ]);
  // With one management server: 4,999 + 1 is the most.
  const fits = { pools: [pool('a', 2500), pool('b', 2499)], components: EXTERNAL };
  expect(() => smallCluster(testStack(), fits)).not.toThrow();
  const above = { pools: [pool('a', 2500), pool('b', 2500)] };
  expect(problemsOf(() => smallCluster(testStack(), above))).toEqual([
    expect.stringMatching(/5000 nodes at most.*got: 5001 with management servers$/),
  ]);
});

test('ClusterD before MindCluster 26.0 looks after 1,024 NPUs', () => {
  const cluster = (servers: number, mindclusterVersion: '7.3' | '26.0') =>
    smallCluster(testStack(), { mindclusterVersion, pools: [{ ...SMALL_POOL, servers }] });
  expect(() => cluster(128, '7.3')).not.toThrow();
  expect(() => cluster(129, '26.0')).not.toThrow();
  expect(problemsOf(() => cluster(129, '7.3'))).toEqual([
    expect.stringMatching(/MindCluster 7.3 looks after 1024 NPUs at most.*got: 1032 NPUs$/),
  ]);
});

test('full cluster', () => {
  const stack = testStack();
  const cluster = smallCluster(stack, {
    mindclusterVersion: '26.0',
    managementHosts: ['mgmt-a'],
    pools: [
      {
        ...SMALL_POOL,
        servers: undefined,
        targetPetaflops: 5,
        hostNames: ['node-a.tj', 'node-b.tj'],
        serversPerRack: 1,
        outOfService: ['node-b.tj'],
      },
      { name: 'edge', serverForm: 'atlas-300i-duo-server', accelerator: '310P', servers: 1 },
    ],
  });
  const { kubernetes_labels } = Template.of(stack).snapshot() as Record<string, unknown>;
  expect(kubernetes_labels).toMatchSnapshot();
  expect(cluster.pools[0]?.hosts.map((host) => host.rack)).toEqual(['c-1-npu-r01', 'c-1-npu-r02']);
});
