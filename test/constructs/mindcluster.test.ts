import type { ComputeClusterProps } from '../../constructs';
import { SMALL_POOL, smallCluster } from '../helpers/cluster';
import { Template, testStack } from '../helpers/template';

interface PodSpec {
  readonly nodeSelector: Record<string, string>;
  readonly tolerations: readonly { readonly key: string; readonly effect?: string }[];
  readonly containers: readonly {
    readonly image: string;
    readonly imagePullPolicy: string;
    readonly resources: Record<'requests' | 'limits', Record<string, string>>;
  }[];
  readonly initContainers: readonly { readonly image: string }[];
}

interface Workload {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly template: { readonly spec: PodSpec } };
}

/** Kubernetes objects of a small cluster, in the order of their application. */
function objects(props: Partial<ComputeClusterProps> = {}) {
  const stack = testStack();
  smallCluster(stack, { manageNodes: false, ...props });
  return Template.of(stack).objects();
}

function workloads(props: Partial<ComputeClusterProps> = {}): Workload[] {
  const kinds = ['DaemonSet', 'Deployment'];
  return objects(props).filter(({ kind }) => kinds.includes(kind)) as unknown as Workload[];
}

const named = (all: readonly Workload[], name: string) =>
  all.find((workload) => workload.metadata.name === name)?.spec.template.spec;

test('three DaemonSets on NPU servers, and ClusterD on a management server', () => {
  const all = workloads();
  const places = all.map(({ kind, metadata, spec }) => [
    kind,
    `${metadata.namespace}/${metadata.name}`,
    spec.template.spec.nodeSelector,
  ]);
  const npu = { workerselector: 'dls-worker-node' };
  expect(new Set(places)).toEqual(
    new Set([
      ['DaemonSet', 'kube-system/ascend-device-plugin-daemonset', npu],
      ['DaemonSet', 'npu-exporter/npu-exporter', npu],
      ['DaemonSet', 'mindx-dl/noded', npu],
      ['Deployment', 'mindx-dl/clusterd', { masterselector: 'dls-master-node' }],
    ]),
  );
});

test('images are of one release, from the registry of the site, and pulled once', () => {
  const all = workloads({ imageRegistry: 'registry.site/ascend' });
  const containers = all.flatMap(({ spec }) => spec.template.spec.containers);
  expect(containers.map((container) => container.image).sort()).toEqual([
    'registry.site/ascend/ascend-k8sdeviceplugin:v26.1.0-openeuler24.03',
    'registry.site/ascend/clusterd:v26.1.0-openeuler24.03',
    'registry.site/ascend/noded:v26.1.0-openeuler24.03',
    'registry.site/ascend/npu-exporter:v26.1.0-openeuler24.03',
  ]);
  for (const { spec } of all) {
    const { containers, initContainers } = spec.template.spec;
    expect(containers[0]?.imagePullPolicy).toBe('IfNotPresent');
    expect(initContainers[0]?.image).toBe(containers[0]?.image);
  }
});

test('all on NPU servers tolerate their taint, also under a name of the site', () => {
  const all = workloads({
    pools: [{ ...SMALL_POOL, resourceName: 'site.example/npu' }],
    imageRegistry: 'registry.site/ascend',
  });
  for (const name of ['ascend-device-plugin-daemonset', 'npu-exporter', 'noded']) {
    const keys = named(all, name)?.tolerations.map((toleration) => toleration.key);
    expect(keys).toEqual(expect.arrayContaining(['huawei.com/Ascend910', 'site.example/npu']));
  }
  expect(named(all, 'clusterd')?.tolerations.map(({ key }) => key)).toEqual([
    'node-role.kubernetes.io/control-plane',
  ]);
});

test.each([
  [99, '1', '1Gi'],
  [100, '2', '2Gi'],
  [500, '4', '8Gi'],
])('ClusterD beside %i NPU servers and one for management', (servers, cpu, memory) => {
  const all = workloads({ pools: [{ ...SMALL_POOL, servers }] });
  const resources = named(all, 'clusterd')?.containers[0]?.resources;
  expect(resources).toEqual({ requests: { cpu, memory }, limits: { cpu, memory } });
});

test('namespaces and priority classes come before the components that need them', () => {
  const order = objects().map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  const at = (name: string) => order.indexOf(name);
  expect(at('Namespace mindx-dl')).toBeGreaterThanOrEqual(0);
  expect(at('DaemonSet noded')).toBeGreaterThan(at('Namespace mindx-dl'));
  expect(at('DaemonSet noded')).toBeGreaterThan(at('PriorityClass centre-system'));
  expect(at('DaemonSet noded')).toBeGreaterThan(at('ServiceAccount noded'));
  const stack = testStack();
  smallCluster(stack);
  // Terraform knows the order only from what is written down.
  for (const daemon of Template.of(stack).resources('kubernetes_daemon_set_v1')) {
    expect(daemon.depends_on).toEqual(
      expect.arrayContaining([expect.stringMatching(/^kubernetes_namespace_v1\..*mindx-dl/)]),
    );
  }
});

test('an external component is left out, and the namespace that it shares, too', () => {
  const all = objects({ components: { clusterd: 'external', npuExporter: 'external' } });
  const names = all.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(names).toContain('DaemonSet noded');
  expect(names).not.toContain('Deployment clusterd');
  expect(names).not.toContain('DaemonSet npu-exporter');
  expect(names.filter((name) => name.startsWith('Namespace'))).toEqual([]);
});

test('namespaces that the site owns are not made, and what lives in them is', () => {
  const made = (externalNamespaces: ComputeClusterProps['externalNamespaces']) =>
    objects({ externalNamespaces }).flatMap(({ kind, metadata }) =>
      kind === 'Namespace' ? [metadata.name] : [],
    );
  expect(made([]).sort()).toEqual(['cluster-system', 'mindx-dl', 'npu-exporter']);
  // What upstream's chart makes (helm-deploy-tool/app/templates/ns.yaml).
  const chart = ['mindx-dl', 'cluster-system'] as const;
  expect(made(chart)).toEqual(['npu-exporter']);
  const stack = testStack();
  smallCluster(stack, { externalNamespaces: chart });
  const places = workloads({ externalNamespaces: chart }).map(({ metadata }) => metadata.namespace);
  expect(places).toEqual(expect.arrayContaining(['mindx-dl', 'npu-exporter']));
  for (const daemon of Template.of(stack).resources('kubernetes_daemon_set_v1')) {
    expect(JSON.stringify(daemon.depends_on)).not.toContain('mindx-dl');
  }
});

test('releases whose components are others than ours leave all of them to the site', () => {
  expect(workloads({ mindclusterVersion: '26.0' })).toEqual([]);
});

test('nothing in the cluster but the monitoring namespace reaches the NPU exporter', () => {
  const policy = objects({ monitoring: { namespace: 'observability' } }).find(
    ({ kind }) => kind === 'NetworkPolicy',
  );
  expect(policy).toMatchObject({
    metadata: { namespace: 'npu-exporter' },
    spec: {
      podSelector: { matchLabels: { app: 'npu-exporter' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            {
              namespaceSelector: {
                matchLabels: { 'kubernetes.io/metadata.name': 'observability' },
              },
            },
          ],
          ports: [{ port: 8082, protocol: 'TCP' }],
        },
      ],
    },
  });
  expect(policy).not.toHaveProperty('spec.egress');
});
