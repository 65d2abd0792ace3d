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

test('minimal tenant: namespace, quota, defaults, closed network', () => {
  const { stack, namespace } = tenant({}, { manageNodes: false });
  namespace();
  const template = Template.of(stack).below('nankai');
  expect(template.only('kubernetes_namespace_v1')).toMatchObject({
    metadata: { name: 'nankai', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  });
  expect(template.only('kubernetes_resource_quota_v1')).toMatchObject({
    spec: {
      hard: { 'requests.huawei.com/Ascend910': '8', 'requests.huawei.com/Ascend310P': '0' },
    },
  });
  expect(template.only('kubernetes_network_policy_v1')).toMatchObject({
    spec: { pod_selector: {}, policy_types: ['Ingress', 'Egress'] },
  });
  expect(template.snapshot()).toMatchSnapshot();
});

test('quota has no limits. of an extended resource: Kubernetes refuses it', () => {
  const { stack, namespace } = tenant({ ceiling: 12 });
  namespace();
  const quota = Template.of(stack).below('nankai').only('kubernetes_resource_quota_v1');
  const keys = Object.keys((quota.spec as { hard: object }).hard);
  expect(keys.filter((key) => key.startsWith('limits.huawei.com'))).toEqual([]);
  expect(quota).toMatchObject({ spec: { hard: { 'requests.huawei.com/Ascend910': '12' } } });
});

test('cpu and memory follow the NPUs', () => {
  const { stack, namespace } = tenant({ guarantee: 8 });
  namespace();
  // 192 CPUs × 0.85 / 8 = 20 a NPU; 1,536 GiB × 0.85 / 8 = 163 a NPU; 16 CPUs and 64 GiB on top.
  expect(Template.of(stack).below('nankai').only('kubernetes_resource_quota_v1')).toMatchObject({
    spec: { hard: { 'requests.cpu': '176', 'limits.memory': '1368Gi' } },
  });
});

test('the namespace says what its pods may name, for the policies of the cluster', () => {
  const { stack, namespace } = tenant({
    queue: 'nankai',
    imagePrefixes: ['quay.io/ascend/', 'registry.site:5000/'],
    priorityClasses: ['interactive', 'batch'],
  });
  namespace();
  const { metadata } = Template.of(stack).below('nankai').only('kubernetes_namespace_v1');
  expect((metadata as { annotations: unknown }).annotations).toEqual({
    'aicc.internal/queue': 'nankai',
    'aicc.internal/image-prefixes': 'quay.io/ascend/,registry.site:5000/',
    'aicc.internal/priority-classes': 'interactive,batch',
  });
});

test.each([
  [{ tenantName: 'Nankai' }, /tenantName must be a DNS label.*got: 'Nankai'/],
  [{ queue: 'Nankai' }, /queue must be a DNS subdomain.*got: 'Nankai'/],
  [{ imagePrefixes: ['quay.io'] }, /imagePrefixes must be a registry.*got: 'quay.io'/],
  [{ imagePrefixes: ['quay.io/a,b/'] }, /imagePrefixes must be a registry.*got: 'quay.io\/a,b\/'/],
  [{ imagePrefixes: [] }, /imagePrefixes must hold one entry.*got: none/],
  [{ priorityClasses: [] }, /priorityClasses must hold one entry.*got: none/],
  [{ priorityClasses: ['centre-system'] }, /priorityClasses must be of.*got: 'centre-system'/],
  [{ tenantName: 'kube-nankai' }, /must not be 'default' nor begin with 'kube-'/],
  [{ guarantee: -1 }, /guarantee in NPUs must be a whole number of 0 or more.*got: -1/],
  [{ guarantee: 2.5 }, /guarantee in NPUs must be a whole number.*got: 2.5/],
  [
    { resourceName: 'nvidia.com/gpu' },
    /resourceName must be one of cluster c-1: huawei.com\/Ascend910/,
  ],
])('fails for %j', (props, message) => {
  expect(problemsOf(tenant(props).namespace)[0]).toMatch(message);
});

test('fails when guarantees are above the usable NPUs, with the sum', () => {
  const { stack, namespace } = tenant({ guarantee: 17 });
  namespace();
  expect(() => Template.of(stack)).toThrow(/AICC-CAP-003.*1 tenants = 17 > 16 usable \(16 − 0/);
});

test('fails when the guarantee is above the ceiling', () => {
  const { stack, namespace } = tenant({ guarantee: 8, ceiling: 4 });
  namespace();
  expect(() => Template.of(stack)).toThrow(/AICC-CAP-005.*guarantee 8, ceiling 4, usable 16/);
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

test('full tenant', () => {
  const { stack, namespace } = tenant({
    guarantee: 8,
    ceiling: 12,
    cpus: 100,
    memoryGib: 400,
    podSecurity: 'baseline',
    labels: { 'example.org/sector': 'education' },
  });
  namespace();
  const { kubernetes_namespace_v1, kubernetes_resource_quota_v1 } = Template.of(stack)
    .below('nankai')
    .snapshot() as Record<string, unknown>;
  expect({ kubernetes_namespace_v1, kubernetes_resource_quota_v1 }).toMatchSnapshot();
});
