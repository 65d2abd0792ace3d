/**
 * What components may do and touch, written down from upstream's manifests: Ascend/mind-cluster
 * branch_v26.1.0 `component/*\/build/*.yaml`. A right, mount or flag more must fail here.
 */
import type { RenderedObject } from '../../cli/manifests/render';
import { smallCluster } from '../helpers/cluster';
import { Template, testStack } from '../helpers/template';

interface Container {
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly securityContext: object;
  readonly volumeMounts: readonly {
    readonly name: string;
    readonly mountPath: string;
    readonly subPath?: string;
    readonly readOnly?: boolean;
  }[];
  readonly ports?: readonly { readonly containerPort: number }[];
  readonly env?: readonly { readonly name: string }[];
  readonly livenessProbe: object;
}

interface Volume {
  readonly name: string;
  readonly hostPath: { readonly path: string; readonly type?: string };
}

interface PodSpec {
  readonly hostPID?: boolean;
  readonly hostNetwork?: boolean;
  readonly hostIPC?: boolean;
  readonly dnsPolicy?: string;
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  readonly volumes: readonly Volume[];
}

type Made = RenderedObject['object'] & {
  readonly spec: { readonly template: { readonly spec: PodSpec } };
  readonly rules: readonly {
    readonly apiGroups: string[];
    readonly resources: string[];
    readonly verbs: string[];
  }[];
  readonly subjects: readonly object[];
  readonly roleRef: object;
};

function render(kubernetesVersion = '1.34'): Made[] {
  const stack = testStack();
  smallCluster(stack, { manageNodes: false, kubernetesVersion });
  return Template.of(stack).objects<Made>();
}

const made = render();
const object = (kind: string, name: string, among = made) => {
  const found = among.find((one) => one.kind === kind && one.metadata.name === name);
  if (!found) throw new Error(`no ${kind} ${name}`);
  return found;
};

type Rights = Readonly<Record<string, readonly string[]>>;

/** Rights of upstream's ClusterRoles, resource by resource. */
const RIGHTS: Readonly<Record<string, Rights>> = {
  'pods-node-ascend-device-plugin-role': {
    pods: ['get', 'list', 'update', 'watch', 'patch'],
    nodes: ['get', 'patch'],
    'nodes/proxy': ['get'],
    'nodes/status': ['get', 'patch', 'update'],
    configmaps: ['get', 'create', 'update', 'list', 'watch'],
    events: ['create'],
  },
  'pods-noded-role': {
    configmaps: ['get', 'create', 'update', 'list', 'watch', 'delete'],
    nodes: ['get', 'list', 'patch'],
    pods: ['get', 'list', 'watch', 'patch'],
    'daemonsets.apps': ['get'],
  },
  'pods-clusterd-role': {
    pods: ['get', 'list', 'update', 'watch', 'patch'],
    services: ['get'],
    configmaps: ['get', 'create', 'update', 'list', 'watch', 'delete', 'patch'],
    nodes: ['get', 'list', 'patch', 'watch'],
    'nodes/status': ['get', 'patch'],
    'jobs.batch.volcano.sh': ['get', 'list', 'watch', 'update', 'delete'],
    'podgroups.scheduling.incubator.k8s.io': ['list', 'watch', 'update', 'get', 'patch'],
    'podgroups.scheduling.volcano.sh': ['list', 'watch', 'update', 'get', 'patch'],
    'jobs.batch': ['get'],
    'ascendjobs.mindxdl.gitee.com': ['list', 'watch', 'get', 'update'],
    events: ['list'],
  },
};

/**
 * What of it is not given: nothing in `component/*\/pkg` and `main.go` of the component, nor in the
 * `ascend-common` and `ascend-faultdiag-online` that it is built with, makes such a request.
 */
const LEFT_OUT: Readonly<Record<string, Rights>> = {
  'pods-node-ascend-device-plugin-role': {
    // `Patch` alone (kubeclient.go, PatchPod).
    pods: ['update'],
    // With `nodes/proxy` anybody may run commands in all containers; `nodes/pods` is what it reads.
    'nodes/proxy': ['get'],
    // `Patch` and `UpdateStatus` alone (kubeclient.go, PatchNodeState and RemoveOldResource).
    'nodes/status': ['get'],
  },
  'pods-noded-role': {
    // ascend-faultdiag-online has GetWorkerNodesIPByLabel, which nothing calls.
    nodes: ['list'],
    // An informer and `Patch` (pod_monitor.go; kubeclient.go, UpdatePodAnnotation).
    pods: ['get'],
  },
  'pods-clusterd-role': {
    // An informer and `Patch` (informer.go; kube_client.go, patchPod and DeletePodAnnotation).
    pods: ['get', 'update'],
    services: ['get'],
    'nodes/status': ['get', 'patch'],
    // An informer alone (informer.go, InitVCJobInformer).
    'jobs.batch.volcano.sh': ['get', 'update', 'delete'],
    // The client is that of volcano.sh/apis v1.7.0, whose v1beta1 is of scheduling.volcano.sh.
    'podgroups.scheduling.incubator.k8s.io': ['list', 'watch', 'update', 'get', 'patch'],
    // An informer, `Get` and `Patch` (volcano_client.go).
    'podgroups.scheduling.volcano.sh': ['update'],
    'jobs.batch': ['get'],
    // An informer alone (informer.go, InitACJobInformer).
    'ascendjobs.mindxdl.gitee.com': ['get', 'update'],
  },
};

/** What is given in its place. */
const INSTEAD: Readonly<Record<string, Rights>> = {
  'pods-node-ascend-device-plugin-role': { 'nodes/pods': ['get'] },
};

/** `verb resource`, sorted. */
function flat(rights: Rights = {}): string[] {
  return Object.entries(rights).flatMap(([resource, verbs]) =>
    verbs.map((verb) => `${verb} ${resource}`),
  );
}

function given(role: string): string[] {
  return object('ClusterRole', role).rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((resource) =>
        verbs.map((verb) => `${verb} ${group ? `${resource}.${group}` : resource}`),
      ),
    ),
  );
}

test('these are all roles', () => {
  const roles = made.filter(({ kind }) => kind === 'ClusterRole');
  expect(roles.map(({ metadata }) => metadata.name).sort()).toEqual(Object.keys(RIGHTS).sort());
});

test.each(Object.keys(RIGHTS))(
  '%s has the rights of upstream without what no call needs',
  (role) => {
    const upstream = flat(RIGHTS[role]);
    const without = flat(LEFT_OUT[role]);
    expect(without.filter((right) => !upstream.includes(right))).toEqual([]);
    const wanted = upstream.filter((right) => !without.includes(right));
    expect(given(role).sort()).toEqual([...wanted, ...flat(INSTEAD[role])].sort());
  },
);

test.each([
  ['1.32.9', 'nodes/proxy'],
  ['1.33', 'nodes/pods'],
])('the kubelet of %s is asked by %s', (version, resource) => {
  const { rules } = object('ClusterRole', 'pods-node-ascend-device-plugin-role', render(version));
  const kubelet = rules
    .flatMap(({ resources }) => resources)
    .filter((one) => /^nodes\/p/.test(one));
  expect(kubelet).toEqual([resource]);
});

test('each role is bound to the account of its component alone, and nothing else is bound', () => {
  const kinds = ['ClusterRoleBinding', 'RoleBinding', 'Role'];
  const bindings = made.filter(({ kind }) => kinds.includes(kind));
  expect(bindings.map(({ kind, roleRef, subjects }) => ({ kind, roleRef, subjects }))).toEqual(
    [
      ['pods-clusterd-role', 'clusterd', 'mindx-dl'],
      ['pods-node-ascend-device-plugin-role', 'ascend-device-plugin-sa', 'kube-system'],
      ['pods-noded-role', 'noded', 'mindx-dl'],
    ].map(([role, name, namespace]) => ({
      kind: 'ClusterRoleBinding',
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    })),
  );
});

interface Expected {
  readonly kind: 'DaemonSet' | 'Deployment';
  readonly serviceAccount?: string;
  /** Namespaces of the host that the pod shares. */
  readonly host: readonly string[];
  /** `path[:type][:ro]` of the host, mounted at the same path. */
  readonly mounts: readonly string[];
  readonly log: string;
  readonly start: string;
  readonly security: object;
  readonly ports: readonly number[];
  readonly env: readonly string[];
  /** Port, initial delay, period and timeout in seconds. */
  readonly probe: readonly [number, number, number, number];
}

const UPSTREAM: Readonly<Record<string, Expected>> = {
  'ascend-device-plugin-daemonset': {
    kind: 'DaemonSet',
    serviceAccount: 'ascend-device-plugin-sa',
    host: ['pid'],
    mounts: [
      '/etc/localtime:ro',
      '/etc/vnpu.cfg:File',
      '/run/vnpu_cfg_lock:DirectoryOrCreate',
      '/tmp',
      '/user/cluster-info/datatrace-config:DirectoryOrCreate',
      '/user/restore/reset:DirectoryOrCreate',
      '/usr/local/Ascend/driver:ro',
      '/var/lib/kubelet/device-plugins',
      '/var/lib/kubelet/pod-resources',
      '/var/log/lingqu:DirectoryOrCreate',
    ],
    log: 'mindx-dl/devicePlugin',
    start:
      'exec device-plugin -volcanoType=true -presetVirtualDevice=true -logFile=/var/log/mindx-dl/devicePlugin/devicePlugin.log -logLevel=0 --enable-healthz=true --healthz-address=11251',
    security: { privileged: true, readOnlyRootFilesystem: true },
    ports: [],
    env: ['MOUNT_BY_RUNTIME_FOR_DP', 'NODE_NAME', 'HOST_IP'],
    probe: [11251, 30, 15, 5],
  },
  'npu-exporter': {
    kind: 'DaemonSet',
    host: [],
    // Without those of docker and isula.
    mounts: [
      '/etc/localtime:ro',
      '/run/containerd:ro',
      '/tmp',
      '/usr/local/Ascend/driver:ro',
      '/usr/local/dcmi:ro',
    ],
    log: 'mindx-dl/npu-exporter',
    // But for the container runtime, which is docker there.
    start:
      'umask 027; exec npu-exporter -port=8082 -ip=0.0.0.0 -logFile=/var/log/mindx-dl/npu-exporter/npu-exporter.log -logLevel=0 -containerMode=containerd --enable-healthz=true --healthz-address=11256',
    security: { privileged: true, readOnlyRootFilesystem: true, runAsUser: 0, runAsGroup: 0 },
    ports: [8082],
    env: [],
    probe: [11256, 20, 15, 5],
  },
  noded: {
    kind: 'DaemonSet',
    serviceAccount: 'noded',
    host: ['network'],
    mounts: [
      '/dev:Directory',
      '/etc/localtime:ro',
      '/user/cluster-info/profiling:DirectoryOrCreate',
      '/user/mind-cluster/pingmesh:DirectoryOrCreate',
      '/usr/local/Ascend/driver:ro',
    ],
    log: 'mindx-dl/noded',
    start:
      'exec /usr/local/bin/noded -logFile=/var/log/mindx-dl/noded/noded.log -logLevel=0 --enable-healthz=true --healthz-address=11255',
    security: { privileged: true },
    ports: [],
    env: ['NODE_NAME', 'XDL_IP'],
    probe: [11255, 20, 15, 5],
  },
  clusterd: {
    kind: 'Deployment',
    serviceAccount: 'clusterd',
    host: [],
    mounts: [
      '/etc/localtime:ro',
      '/user/slownode-cluster:DirectoryOrCreate',
      '/user1/mindx-dl/clusterd:DirectoryOrCreate',
    ],
    log: 'mindx-dl/clusterd',
    start:
      'exec /usr/local/bin/clusterd -logFile=/var/log/mindx-dl/clusterd/clusterd.log -logLevel=0 --enable-healthz=true --healthz-address=11253',
    security: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      // The user of the image (01_preparing_for_installation.md).
      runAsUser: 9000,
      runAsGroup: 9000,
    },
    ports: [8899],
    env: ['NODE_NAME', 'POD_IP'],
    probe: [11253, 10, 10, 3],
  },
};

test('these are all components', () => {
  const workloads = made.filter(({ kind }) => ['DaemonSet', 'Deployment'].includes(kind));
  expect(workloads.map(({ metadata }) => metadata.name).sort()).toEqual(
    Object.keys(UPSTREAM).sort(),
  );
});

describe.each(Object.entries(UPSTREAM))('%s', (name, expected) => {
  const { spec } = object(expected.kind, name).spec.template;
  const [container, ...more] = spec.containers;
  if (!container) throw new Error('no container');

  test('shares with the host what upstream shares', () => {
    expect(more).toEqual([]);
    const shared = Object.entries({
      pid: spec.hostPID,
      network: spec.hostNetwork,
      ipc: spec.hostIPC,
    });
    expect(shared.filter(([, on]) => on).map(([what]) => what)).toEqual(expected.host);
    expect(container.securityContext).toEqual(expected.security);
    expect(container.ports?.map(({ containerPort }) => containerPort) ?? []).toEqual(
      expected.ports,
    );
    // A pod on the network of the host would not know names of the cluster.
    expect(spec.dnsPolicy).toBe(spec.hostNetwork ? 'ClusterFirstWithHostNet' : undefined);
    expect(spec.serviceAccountName).toBe(expected.serviceAccount);
    expect(spec.automountServiceAccountToken).toBe(expected.serviceAccount ? undefined : false);
  });

  test('mounts what upstream mounts, and its log', () => {
    const { mounts } = expected;
    const found = spec.volumes.flatMap(({ name: volume, hostPath }) => {
      const mount = container.volumeMounts.find((one) => one.name === volume);
      if (mount?.subPath) return [];
      expect(mount?.mountPath).toBe(hostPath.path);
      return [
        [hostPath.path, hostPath.type, mount?.readOnly ? 'ro' : ''].filter(Boolean).join(':'),
      ];
    });
    expect(found.sort()).toEqual([...mounts].sort());
    const log = spec.volumes.filter(({ hostPath }) => hostPath.path === '/var/log');
    expect(log).toEqual([{ name: 'log', hostPath: { path: '/var/log', type: 'Directory' } }]);
    expect(container.volumeMounts.filter(({ subPath }) => subPath)).toEqual([
      { name: 'log', mountPath: `/var/log/${expected.log}`, subPath: expected.log },
    ]);
    expect(spec.volumes).toHaveLength(container.volumeMounts.length);
  });

  test('starts with the flags of upstream, after its log folder is made', () => {
    expect(container.command).toEqual(['/bin/bash', '-c', '--']);
    expect(container.args).toEqual([expected.start]);
    expect(container.env?.map((variable) => variable.name) ?? []).toEqual(expected.env);
    const owner = name === 'clusterd' ? '9000:9000' : '0:0';
    const folder = `/var/log/${expected.log}`;
    const [init, ...others] = spec.initContainers;
    expect(others).toEqual([]);
    expect(init?.securityContext).toEqual({ runAsUser: 0, runAsNonRoot: false });
    expect(init?.volumeMounts).toEqual([{ name: 'log', mountPath: '/var/log' }]);
    expect(init?.command).toEqual([
      'sh',
      '-c',
      `mkdir -p ${folder} && chmod 755 /var/log/mindx-dl && chown root:root /var/log/mindx-dl && chmod 750 ${folder} && chown ${owner} ${folder}`,
    ]);
  });

  test('is asked for its health as upstream asks', () => {
    const [port, initialDelaySeconds, periodSeconds, timeoutSeconds] = expected.probe;
    expect(container.livenessProbe).toEqual({
      httpGet: { path: '/', port, scheme: 'HTTP' },
      initialDelaySeconds,
      periodSeconds,
      timeoutSeconds,
      failureThreshold: 3,
    });
  });
});

test("ClusterD's service and its policy are upstream's", () => {
  expect(object('Service', 'clusterd-grpc-svc')).toMatchObject({
    metadata: { namespace: 'mindx-dl' },
    spec: { selector: { app: 'clusterd' }, ports: [{ port: 8899, targetPort: 8899 }] },
  });
  expect(object('ConfigMap', 'clusterd-config-cm')).toMatchObject({
    metadata: { namespace: 'cluster-system' },
    data: {
      'manually_separate_policy.conf':
        'enabled: true\nseparate:\n  fault_window_hours: 24\n  fault_threshold: 3\nrelease:\n  fault_free_hours: 48\n',
    },
  });
});
