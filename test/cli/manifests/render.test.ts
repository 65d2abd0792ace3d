import { asSent, renderStack } from '../../../cli/manifests/render';

/** Renders resources of one stack. */
function render(resource: Record<string, Record<string, Record<string, unknown>>>) {
  return renderStack('stack', { resource });
}

function only(type: string, attributes: Record<string, unknown>) {
  return render({ [type]: { it: attributes } })[0]?.object;
}

test('lists are repeated blocks in the singular, blocks are objects or lists of one, maps keep keys', () => {
  const object = only('kubernetes_deployment_v1', {
    '//': { metadata: { path: 'x' } },
    metadata: { name: 'm', labels: { some_key: 'kept_as_is' } },
    wait_for_rollout: false,
    timeouts: { create: '1h' },
    spec: [
      {
        replicas: '2',
        strategy: {
          type: 'RollingUpdate',
          rolling_update: { max_surge: '0', max_unavailable: '25%' },
        },
        selector: { match_labels: { a_b: 'c' } },
        template: {
          metadata: { labels: { a_b: 'c' } },
          spec: {
            toleration: [{ key: 'k', operator: 'Exists' }],
            container: [
              {
                name: 'c',
                env: [
                  {
                    name: 'E',
                    value_from: { field_ref: { field_path: "metadata.annotations['a_b']" } },
                  },
                ],
                port: [{ container_port: 8000 }],
                readiness_probe: { http_get: { path: '/health', port: '8000' } },
                startup_probe: { http_get: { path: '/health', port: 'http' } },
                resources: { limits: { 'huawei.com/Ascend910': '8', cpu: '4' } },
                volume_mount: [{ name: 'v', mount_path: '/v' }],
              },
            ],
            volume: [{ name: 'v', empty_dir: {} }],
          },
        },
      },
    ],
  });
  expect(object).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'm', labels: { some_key: 'kept_as_is' } },
    spec: {
      replicas: 2,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: '25%' } },
      selector: { matchLabels: { a_b: 'c' } },
      template: {
        metadata: { labels: { a_b: 'c' } },
        spec: {
          tolerations: [{ key: 'k', operator: 'Exists' }],
          containers: [
            {
              name: 'c',
              env: [
                {
                  name: 'E',
                  valueFrom: { fieldRef: { fieldPath: "metadata.annotations['a_b']" } },
                },
              ],
              ports: [{ containerPort: 8000 }],
              readinessProbe: { httpGet: { path: '/health', port: 8000 } },
              startupProbe: { httpGet: { path: '/health', port: 'http' } },
              resources: { limits: { 'huawei.com/Ascend910': '8', cpu: '4' } },
              volumeMounts: [{ name: 'v', mountPath: '/v' }],
            },
          ],
          volumes: [{ name: 'v', emptyDir: {} }],
        },
      },
    },
  });
});

test('network policies keep empty selectors, `from` and `to`', () => {
  expect(
    only('kubernetes_network_policy_v1', {
      metadata: { name: 'n', namespace: 't' },
      spec: {
        pod_selector: {},
        policy_types: ['Ingress'],
        ingress: [{ from: [{ pod_selector: {} }], ports: [{ port: '53', protocol: 'UDP' }] }],
      },
    })?.spec,
  ).toEqual({
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 53, protocol: 'UDP' }] }],
  });
});

test('quota keys and limit ranges', () => {
  expect(
    only('kubernetes_resource_quota_v1', {
      metadata: { name: 'q' },
      spec: { hard: { 'requests.huawei.com/Ascend910': '8' } },
    })?.spec,
  ).toEqual({ hard: { 'requests.huawei.com/Ascend910': '8' } });
  expect(
    only('kubernetes_limit_range_v1', {
      metadata: { name: 'l' },
      spec: {
        limit: [{ type: 'Container', default: { cpu: '1' }, default_request: { cpu: '1' } }],
      },
    })?.spec,
  ).toEqual({
    limits: [{ type: 'Container', default: { cpu: '1' }, defaultRequest: { cpu: '1' } }],
  });
});

test('labels are a patch with their field manager, manifests stay as they are', () => {
  const [labels, queue] = render({
    kubernetes_labels: {
      n: {
        api_version: 'v1',
        kind: 'Node',
        metadata: { name: 'node-1' },
        labels: { a: 'b' },
        field_manager: 'us',
      },
    },
    kubernetes_manifest: {
      q: {
        manifest: {
          apiVersion: 'x/v1',
          kind: 'Queue',
          metadata: { name: 'q' },
          spec: { some_key: 1 },
        },
      },
    },
  });
  expect(labels).toMatchObject({
    patchBy: 'us',
    object: { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1', labels: { a: 'b' } } },
  });
  expect(queue?.object).toEqual({
    apiVersion: 'x/v1',
    kind: 'Queue',
    metadata: { name: 'q' },
    spec: { some_key: 1 },
  });
});

test('order: dependencies first, namespaces before what lives in them', () => {
  const order = render({
    kubernetes_deployment_v1: {
      d: { metadata: { name: 'd' }, depends_on: ['kubernetes_job_v1.j'] },
    },
    kubernetes_job_v1: { j: { metadata: { name: 'j' } } },
    kubernetes_namespace_v1: { n: { metadata: { name: 'n' } } },
  }).map((entry) => entry.object.kind);
  expect(order).toEqual(['Namespace', 'Job', 'Deployment']);
});

test('fails for unknown types, unknown arguments and tokens, all at once', () => {
  expect(() =>
    render({
      kubernetes_widget_v1: { w: {} },
      aws_instance: { i: {} },
      kubernetes_config_map_v1: {
        c: {
          metadata: { name: 'c', nickname: 'x' },
          data: { key: '${kubernetes_x.y.id}', ok: '$${HOME}' },
        },
      },
    }),
  ).toThrow(
    [
      'stack: kubernetes_widget_v1.w: no rule for this resource type; add its kind to core/kubernetes/kinds.ts',
      'stack: aws_instance.i: no rule for this resource type; add its kind to core/kubernetes/kinds.ts',
      'stack: kubernetes_config_map_v1.c.metadata.nickname: V1ObjectMeta has no such field',
      "stack: kubernetes_config_map_v1.c.data.key: unresolved token, got: '${kubernetes_x.y.id}'",
    ].join('\n'),
  );
});

test("Terraform's escape is undone", () => {
  expect(
    only('kubernetes_config_map_v1', {
      metadata: { name: 'c' },
      data: { ok: 'echo $${HOME} %%{a}' },
    })?.data,
  ).toEqual({ ok: 'echo ${HOME} %{a}' });
});

test('what the provider sends has its own defaults, where a resource says nothing', () => {
  const [sent] = render({
    kubernetes_deployment_v1: {
      it: {
        metadata: { name: 'd' },
        spec: {
          template: {
            spec: {
              enable_service_links: false,
              container: [
                {
                  name: 'c',
                  security_context: { read_only_root_filesystem: true },
                  volume_mount: [{ name: 'v', mount_path: '/v' }],
                },
                { name: 'plain' },
              ],
            },
          },
        },
      },
    },
  }).map(asSent);
  expect(sent?.object.spec).toEqual({
    template: {
      spec: {
        automountServiceAccountToken: true,
        enableServiceLinks: false,
        shareProcessNamespace: false,
        containers: [
          {
            name: 'c',
            securityContext: {
              allowPrivilegeEscalation: true,
              privileged: false,
              readOnlyRootFilesystem: true,
              runAsNonRoot: false,
            },
            volumeMounts: [{ name: 'v', mountPath: '/v', mountPropagation: 'None' }],
          },
          { name: 'plain' },
        ],
      },
    },
  });
});

test('nothing is added to objects that Terraform sends as they are written', () => {
  const manifest = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 's' },
  };
  const [sent] = render({ kubernetes_manifest: { it: { manifest } } }).map(asSent);
  expect(sent?.object).toEqual(manifest);
});
