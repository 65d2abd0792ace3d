import { ModelServing, TenantNamespace } from '../../../constructs';
import { smallCluster } from '../../helpers/cluster';
import { Template, testStack } from '../../helpers/template';

interface Workload {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: Record<string, string> };
      readonly spec: {
        readonly containers: readonly {
          readonly name: string;
          readonly ports?: readonly { readonly name: string }[];
        }[];
      };
    };
  };
}

interface Monitor {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly selector: {
      readonly matchLabels: Record<string, string>;
      readonly matchExpressions?: readonly { readonly key: string }[];
    };
    readonly podMetricsEndpoints: readonly { readonly port: string }[];
  };
}

/** A cluster with one serving. */
function objects(): unknown[] {
  const stack = testStack();
  const cluster = smallCluster(stack, { manageNodes: false });
  const tenant = new TenantNamespace(stack, 'nankai', {
    cluster,
    tenantName: 'nankai',
    guarantee: 8,
    podSecurity: 'baseline',
  });
  new ModelServing(stack, 'serving', {
    tenant,
    model: 'qwen3-8b',
    weights: { server: 'weights.internal', path: '/models' },
  });
  return Template.of(stack).objects();
}

/** Names of the workloads whose pods a monitor scrapes. */
function scraped(monitor: string): string[] {
  const all = objects();
  const { spec } = all.find(
    (object): object is Monitor =>
      (object as Monitor).kind === 'PodMonitor' && (object as Monitor).metadata.name === monitor,
  ) as Monitor;
  const workloads = all.filter((object) =>
    ['DaemonSet', 'Deployment'].includes((object as Workload).kind),
  ) as Workload[];
  const { matchLabels, matchExpressions = [] } = spec.selector;
  return workloads
    .filter(({ spec: { template } }) => {
      const { labels } = template.metadata;
      const ports = template.spec.containers.flatMap((c) => c.ports?.map((p) => p.name) ?? []);
      return (
        Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
        matchExpressions.every(({ key }) => key in labels) &&
        spec.podMetricsEndpoints.every(({ port }) => ports.includes(port))
      );
    })
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
}

test('the monitors scrape the exporter and the servings that the package makes, and nothing else', () => {
  expect(scraped('npu-exporter')).toEqual(['npu-exporter/npu-exporter']);
  expect(scraped('model-serving')).toEqual(['nankai/qwen3-8b']);
});

test('the network lets the monitoring namespace in where the monitors scrape', () => {
  const monitoring = {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
  };
  const open = objects().filter((object) => {
    const { kind, spec } = object as { kind: string; spec: { ingress?: { from: unknown[] }[] } };
    return (
      kind === 'NetworkPolicy' &&
      spec.ingress?.some(({ from }) => JSON.stringify(from).includes(JSON.stringify(monitoring)))
    );
  });
  const namespaces = open.map((object) => (object as Workload).metadata.namespace);
  expect(new Set(namespaces)).toEqual(new Set(['nankai', 'npu-exporter']));
});

test('rules ask for the container and the DaemonSet that the package makes', () => {
  const all = objects() as (Workload & { data?: unknown })[];
  const rules = JSON.stringify(all.find(({ kind }) => (kind as string) === 'PrometheusRule'));
  const serving = all.find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'qwen3-8b',
  );
  const [container] = serving?.spec.template.spec.containers ?? [];
  expect(rules).toContain(`container=\\"${container?.name}\\"`);
  const plugin = all.find(
    ({ kind, metadata }) => kind === 'DaemonSet' && metadata.namespace === 'kube-system',
  );
  const [, pattern = ''] = /daemonset=~\\"([^"]+)\\"/.exec(rules) ?? [];
  expect(plugin?.metadata.name).toMatch(new RegExp(`^${pattern}$`));
});
