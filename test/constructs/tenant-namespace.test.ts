import type { TerraformStack } from 'cdktf';
import { TenantNamespace, type TenantNamespaceProps } from '../../constructs';
import { problemsOf, smallCluster } from '../helpers/cluster';
import { Template, testStack } from '../helpers/template';

function tenant(props: Partial<TenantNamespaceProps> = {}, cluster = {}) {
  const stack = testStack();
  const namespace = () =>
    new TenantNamespace(stack, 'nankai', {
      cluster: smallCluster(stack, cluster),
      tenantName: 'nankai',
      guarantee: 8,
      ...props,
    });
  return { stack, namespace };
}

/** `spec.hard` of a quota of the tenant. */
function hard(stack: TerraformStack, name = 'tenant'): Record<string, string> {
  const quota = Template.of(stack)
    .below('nankai')
    .resources('kubernetes_resource_quota_v1')
    .find((resource) => (resource.metadata as { name: string }).name === name);
  if (!quota) throw new Error(`no quota ${name}`);
  return (quota.spec as { hard: Record<string, string> }).hard;
}

function metadata(stack: TerraformStack) {
  const { metadata } = Template.of(stack).below('nankai').only('kubernetes_namespace_v1');
  return metadata as Record<'labels' | 'annotations', Record<string, string>>;
}

test('minimal tenant: namespace, quotas, defaults, queue', () => {
  const { stack, namespace } = tenant({}, { kubernetesVersion: '1.33.2' });
  namespace();
  const template = Template.of(stack).below('nankai');
  expect(metadata(stack).labels).toMatchObject({
    'aicc.internal/tenant': 'nankai',
    'aicc.internal/state': 'active',
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/enforce-version': 'v1.33',
  });
  const names = template
    .resources('kubernetes_resource_quota_v1')
    .map((quota) => (quota.metadata as { name: string }).name);
  expect(names).toEqual(['priority-forbidden', 'tenant']);
  expect(template.only('kubernetes_manifest')).toMatchObject({
    manifest: {
      kind: 'Queue',
      metadata: { name: 'nankai' },
      spec: {
        weight: 1,
        guarantee: { resource: { 'huawei.com/Ascend910': '8' } },
        deserved: { 'huawei.com/Ascend910': '8' },
        capability: { 'huawei.com/Ascend910': '8' },
      },
    },
  });
  const { kubernetes_resource_quota_v1, kubernetes_limit_range_v1 } = template.snapshot() as Record<
    string,
    unknown
  >;
  expect({ kubernetes_resource_quota_v1, kubernetes_limit_range_v1 }).toMatchSnapshot();
});

test('the quota is the ceiling, with requests alone, and nothing of any other NPU, whole or virtual', () => {
  const { stack, namespace } = tenant({ ceiling: 12 });
  namespace();
  const quota = hard(stack);
  // Kubernetes refuses `limits.` of an extended resource.
  expect(Object.keys(quota).filter((key) => key.startsWith('limits.huawei.com'))).toEqual([]);
  const npus = Object.entries(quota).filter(([key]) => key.startsWith('requests.huawei.com/'));
  expect(npus.filter(([, amount]) => amount !== '0')).toEqual([
    ['requests.huawei.com/Ascend910', '12'],
  ]);
  expect(quota).toMatchObject({
    'requests.huawei.com/Ascend310P': '0',
    'requests.huawei.com/Ascend910-12c.3cpu.32g': '0',
    'requests.huawei.com/npu-core': '0',
    'services.nodeports': '0',
    'services.loadbalancers': '0',
  });
});

test('the queue keeps the guarantee free and holds no more than the ceiling', () => {
  const { stack, namespace } = tenant({ guarantee: 4, ceiling: 12, queueWeight: 3 });
  namespace();
  expect(Template.of(stack).below('nankai').only('kubernetes_manifest')).toMatchObject({
    manifest: {
      spec: {
        weight: 3,
        guarantee: { resource: { 'huawei.com/Ascend910': '4' } },
        deserved: { 'huawei.com/Ascend910': '4' },
        capability: { 'huawei.com/Ascend910': '12' },
      },
    },
  });
});

test('cpu and memory follow the NPUs', () => {
  const { stack, namespace } = tenant({ guarantee: 8 });
  namespace();
  // 192 CPUs × 0.85 / 8 = 20 a NPU; 1,536 GiB × 0.85 / 8 = 163 a NPU; 16 CPUs and 64 GiB on top.
  expect(hard(stack)).toMatchObject({ 'requests.cpu': '176', 'limits.memory': '1368Gi' });
});

test.each([
  // 2 × 313 TFLOPS = 0.626 PF.
  [{ petaflops: 0.626 }, 2],
  [{ petaflops: 0.938 }, 2],
  [{ petaflops: 2.504 }, 8],
  [{ petaflops: 0 }, 0],
])('a share of %j is %i whole NPUs', (guarantee, npus) => {
  const { namespace } = tenant({ guarantee });
  expect(namespace()).toMatchObject({ guarantee: npus, ceiling: npus });
});

test('storage by class, objects and shares of priority classes', () => {
  const { stack, namespace } = tenant({
    storage: { totalGib: 100, byClassGib: { nvme: 10 } },
    objects: { pods: 20, loadBalancers: 1 },
    priorityClasses: ['interactive', 'batch'],
    priorityShares: { batch: { npus: 4, pods: 5, cpus: 80, memoryGib: 600 } },
  });
  namespace();
  expect(hard(stack)).toMatchObject({
    'requests.storage': '100Gi',
    'nvme.storageclass.storage.k8s.io/requests.storage': '10Gi',
    pods: '20',
    'services.loadbalancers': '1',
    // 200 and 50 for each of 8 NPUs.
    'requests.ephemeral-storage': '600Gi',
  });
  expect(hard(stack, 'priority-batch')).toEqual({
    pods: '5',
    'requests.cpu': '80',
    'limits.cpu': '80',
    'requests.memory': '600Gi',
    'limits.memory': '600Gi',
    'requests.huawei.com/Ascend910': '4',
  });
  const forbidden = Template.of(stack)
    .below('nankai')
    .resources('kubernetes_resource_quota_v1')
    .find((quota) => JSON.stringify(quota).includes('"priority-forbidden"'));
  expect(forbidden).toMatchObject({
    spec: {
      hard: { pods: '0' },
      scope_selector: {
        match_expression: [
          {
            scope_name: 'PriorityClass',
            operator: 'In',
            values: [
              'centre-system',
              'system-cluster-critical',
              'system-node-critical',
              'online-serving',
              'best-effort',
            ],
          },
        ],
      },
    },
  });
});

test('a cordoned tenant gets no new pods and keeps what it was sold', () => {
  const { stack, namespace } = tenant({ state: 'cordoned' });
  expect(namespace()).toMatchObject({ guarantee: 8, ceiling: 8 });
  expect(hard(stack, 'cordon')).toEqual({ pods: '0' });
  expect(metadata(stack).labels['aicc.internal/protected']).toBe('true');
});

test('a retired tenant holds nothing, and its namespace may go', () => {
  const { stack, namespace } = tenant({ state: 'retired', ceiling: 12 });
  expect(namespace()).toMatchObject({ guarantee: 0, ceiling: 0 });
  expect(hard(stack, 'cordon')).toEqual({ pods: '0' });
  expect(hard(stack)['requests.huawei.com/Ascend910']).toBe('0');
  expect(metadata(stack).labels).not.toHaveProperty('aicc.internal/protected');
  const own = Template.of(stack).below('nankai');
  expect(own.only('kubernetes_namespace_v1')).not.toHaveProperty('lifecycle');
  const { manifest } = own.only('kubernetes_manifest') as { manifest: { spec: object } };
  expect(manifest.spec).toEqual({ weight: 1, capability: { 'huawei.com/Ascend910': '0' } });
});

test('namespaces are kept by Terraform and by the API server, unless told otherwise', () => {
  const kept = tenant();
  kept.namespace();
  const resource = Template.of(kept.stack).below('nankai').only('kubernetes_namespace_v1');
  expect(resource.lifecycle).toEqual({ prevent_destroy: true });
  const free = tenant({ protect: false });
  free.namespace();
  expect(metadata(free.stack).labels).not.toHaveProperty('aicc.internal/protected');
});

test('privileged is for namespaces that the cluster names, with a reason', () => {
  const reason = 'several servers a replica need the host network';
  const privileged = { podSecurity: 'privileged', privilegedReason: reason } as const;
  const { stack, namespace } = tenant(privileged, { hostAccessNamespaces: ['nankai'] });
  namespace();
  expect(metadata(stack).labels['pod-security.kubernetes.io/enforce']).toBe('privileged');
  expect(metadata(stack).annotations['aicc.internal/privileged-reason']).toBe(reason);
  expect(problemsOf(tenant({ podSecurity: 'privileged' }).namespace)).toEqual([
    expect.stringMatching(/needs a privilegedReason.*got: none$/),
    expect.stringMatching(/add nankai to hostAccessNamespaces of cluster c-1.*got: none$/),
  ]);
});

test('the namespace says what its pods may name, for the policies of the cluster', () => {
  const { stack, namespace } = tenant({
    displayName: 'Nankai University',
    contact: 'platform@nankai.example',
    imagePrefixes: ['quay.io/ascend/', 'registry.site:5000/'],
    priorityClasses: ['interactive', 'batch'],
  });
  namespace();
  const { metadata } = Template.of(stack).below('nankai').only('kubernetes_namespace_v1');
  expect((metadata as { annotations: unknown }).annotations).toEqual({
    'aicc.internal/queue': 'nankai',
    'aicc.internal/image-prefixes': 'quay.io/ascend/,registry.site:5000/',
    'aicc.internal/priority-classes': 'interactive,batch',
    'aicc.internal/display-name': 'Nankai University',
    'aicc.internal/contact': 'platform@nankai.example',
  });
});

test.each([
  [{ tenantName: 'Nankai' }, /tenantName must be a DNS label.*got: 'Nankai'/],
  [{ tenantName: 'kube-nankai' }, /must not begin with 'kube-'.*got: 'kube-nankai'/],
  [{ tenantName: 'default' }, /must not begin with 'kube-' nor be one of default.*got: 'default'/],
  [{ tenantName: 'mindx-dl' }, /nor be one of .*got: 'mindx-dl'/],
  [{ tenantName: 'monitoring' }, /nor be one of .*got: 'monitoring'/],
  [
    { expiery: '2026-01-01' },
    /tenant: unknown key; did you mean 'expiry'\? use one of .*got: 'expiery'/,
  ],
  [{ objects: { frobs: 3 } }, /objects: unknown key.*got: 'frobs'/],
  [{ groups: { owner: 'abc' } }, /groups.owner must be a list.*got: a string/],
  [{ guarantee: undefined }, /guarantee must be a number of NPUs or.*got: none/],
  [{ guarantee: { petaflops: 0.1 } }, /guarantee is less than one NPU.*got: 0.1 petaflops/],
  [{ displayName: 'x'.repeat(1001) }, /displayName must have at most 1000.*got: 1001/],
  [{ imagePrefixes: ['quay.io'] }, /imagePrefixes must be a registry.*got: 'quay.io'/],
  [{ imagePrefixes: ['quay.io/a,b/'] }, /imagePrefixes must be a registry.*got: 'quay.io\/a,b\/'/],
  [{ imagePrefixes: [] }, /imagePrefixes must hold one entry.*got: none/],
  [{ priorityClasses: [] }, /priorityClasses must hold one entry.*got: none/],
  [{ priorityClasses: ['centre-system'] }, /priorityClasses must be of.*got: 'centre-system'/],
  [
    { priorityClasses: ['batch', 'batch'] },
    /priorityClasses must be different.*got: 'batch' twice/,
  ],
  [
    { priorityShares: { batch: {} } },
    /priorityShares of batch must hold one entry.*pods, cpus.*got: none/,
  ],
  [{ priorityShares: { vip: { pods: 1 } } }, /priorityShares must be of the tenant's.*got: 'vip'/],
  [{ priorityShares: { batch: { npus: -1 } } }, /priorityShares of batch: npus.*got: -1/],
  [{ guarantee: -1 }, /guarantee in NPUs must be a whole number of 0 or more.*got: -1/],
  [{ guarantee: 2.5 }, /guarantee in NPUs must be a whole number.*got: 2.5/],
  [{ guarantee: { petaflops: -1 } }, /guarantee.petaflops must be 0 or more.*got: -1/],
  [{ ceiling: { petaflops: Number.NaN } }, /ceiling.petaflops must be 0 or more.*got: NaN/],
  [{ queueWeight: 0 }, /queueWeight must be a whole number of 1 to 65535.*got: 0/],
  [{ cpus: 1.5 }, /cpus must be a whole number.*got: 1.5/],
  [{ storage: { totalGib: -1 } }, /storage.totalGib must be.*got: -1/],
  [
    { storage: { byClassGib: { NVMe: 1 } } },
    /a key of storage.byClassGib must be a DNS.*got: 'NVMe'/,
  ],
  [{ objects: { pods: -1 } }, /objects.pods must be.*got: -1/],
  [
    { groups: { admin: ['a'] } },
    /groups: unknown key; use one of viewer, developer, owner.*got: 'admin'/,
  ],
  [{ groups: { viewer: [] } }, /groups.viewer must hold one entry.*got: none/],
  [{ groups: { viewer: [''] } }, /groups.viewer: a group has a name.*got: ''/],
  [{ groups: { owner: ['system:masters'] } }, /groups.owner: groups of Kubernetes.*system:masters/],
  [{ groups: { owner: ['a', 'a'] } }, /groups.owner must be different.*got: 'a' twice/],
  [{ peers: ['nankai'] }, /peers must be other namespaces.*got: 'nankai'/],
  [
    { targets: [{ name: 'r', cidr: '10.0.0.1/8', ports: [443] }] },
    /cidr of target 'r' must begin with.*got: '10.0.0.1\/8'/,
  ],
  [{ imagePullSecret: 'A_b' }, /imagePullSecret must be a DNS subdomain.*got: 'A_b'/],
  [{ state: 'gone' }, /state must be one of active, cordoned, retired.*got: 'gone'/],
  [{ start: '2026-13-01' }, /start must be a day.*got: '2026-13-01'/],
  [
    { start: '2026-12-01', expiry: '2026-11-30' },
    /expiry must not be before start \(2026-12-01\).*got: '2026-11-30'/,
  ],
  [{ costCentre: 'a b' }, /costCentre must have at most 63.*change it, got: 'a b'/],
  [{ labels: { 'aicc.internal/gateway': 'true' } }, /labels: .*gateway is set by.*leave it out/],
  [{ labels: { 'a//b': 'c' } }, /labels: a key is.*got: 'a\/\/b'/],
  [{ labels: { a: 'x'.repeat(64) } }, /labels: a value has at most 63.*change a, got: 'x+'/],
  [{ podSecurity: 'none' }, /podSecurity must be one of restricted.*got: 'none'/],
  [
    { resourceName: 'nvidia.com/gpu' },
    /resourceName must be one of cluster c-1: huawei.com\/Ascend910/,
  ],
])('fails for %j', (props, message) => {
  expect(problemsOf(tenant(props as never).namespace)).toEqual([expect.stringMatching(message)]);
});

test('fails for a peer that is not there', () => {
  const { stack, namespace } = tenant({ peers: ['nobody'] });
  namespace();
  expect(() => Template.of(stack)).toThrow(
    /AICC-TEN-004.*use one of nankai, or remove the peer, got: nobody, none of 1 tenants on c-1/,
  );
});

test('all problems of a tenant are told at once', () => {
  const wrong = { tenantName: 'Bad', guarantee: -1, state: 'gone', start: 'today' } as never;
  expect(problemsOf(tenant(wrong).namespace)).toHaveLength(4);
});

test('fails when guarantees are above the usable NPUs, with the sum', () => {
  const { stack, namespace } = tenant({ guarantee: 17 });
  namespace();
  expect(() => Template.of(stack)).toThrow(/AICC-CAP-003.*1 tenants = 17 > 16 usable \(all 16\)/);
});

test.each([
  [{ guarantee: 8, ceiling: 4 }, 'guarantee 8, ceiling 4 NPUs'],
  // 313 TFLOPS a NPU.
  [{ guarantee: { petaflops: 2.504 }, ceiling: 7 }, 'guarantee 8, ceiling 7 NPUs'],
  [{ guarantee: 1, ceiling: 0 }, 'guarantee 1, ceiling 0 NPUs'],
])('a guarantee above the ceiling is refused: %j', (shares, got) => {
  expect(problemsOf(tenant(shares).namespace)).toEqual([
    `test/nankai: guarantee must be at most the ceiling, or Volcano refuses the queue; lower it or raise the ceiling, got: ${got}`,
  ]);
});

test('fails when the ceiling is above the usable NPUs', () => {
  const { stack, namespace } = tenant({ guarantee: 8, ceiling: 17 });
  namespace();
  expect(() => Template.of(stack)).toThrow(/AICC-CAP-005.*guarantee 8, ceiling 17, usable 16/);
});

test('fails for a second tenant of the same name on a cluster', () => {
  const stack = testStack();
  const cluster = smallCluster(stack);
  const add = (id: string) =>
    new TenantNamespace(stack, id, { cluster, tenantName: 'nankai', guarantee: 4 });
  add('a');
  expect(problemsOf(() => add('b'))).toEqual([
    expect.stringMatching(/^test\/b: names of tenants must be unique.*'nankai' twice on c-1$/),
  ]);
});
