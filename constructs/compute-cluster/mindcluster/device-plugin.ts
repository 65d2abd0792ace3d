import { Construct } from 'constructs';
import { ComponentAccess } from './access';
import type { ComponentProps } from './component';
import { addDaemonSet } from './daemon-set';
import {
  componentContainer,
  DRIVER,
  type HostMount,
  healthFlags,
  LOCALTIME,
  npuTolerations,
  podField,
  small,
} from './pod-parts';

const NAMESPACE = 'kube-system';
const NAME = 'ascend-device-plugin-daemonset';
const SERVICE_ACCOUNT = 'ascend-device-plugin-sa';
const LABELS = { name: 'ascend-device-plugin-ds' };
const LOG = { path: 'mindx-dl/devicePlugin', owner: 0 };
const HEALTH_PORT = 11251;

/** Source of everything here: Ascend/mind-cluster 26.1.0 `ascend-device-plugin/build/ascendplugin-volcano.yaml`. */
const MOUNTS: readonly HostMount[] = [
  // Socket through which the plugin registers with the kubelet, and the plugin's own beside it.
  { name: 'device-plugins', path: '/var/lib/kubelet/device-plugins' },
  // The kubelet's answer to "which pod has which device".
  { name: 'pod-resources', path: '/var/lib/kubelet/pod-resources' },
  DRIVER,
  // Written for jobs whose devices are reset while they run.
  { name: 'reset-config', path: '/user/restore/reset', type: 'DirectoryOrCreate' },
  {
    name: 'data-trace',
    path: '/user/cluster-info/datatrace-config',
    type: 'DirectoryOrCreate',
  },
  // Virtual devices that the driver makes again after a restart, and the lock around them.
  { name: 'vnpu-config', path: '/etc/vnpu.cfg', type: 'File' },
  { name: 'vnpu-lock', path: '/run/vnpu_cfg_lock', type: 'DirectoryOrCreate' },
  { name: 'lingqu-log', path: '/var/log/lingqu', type: 'DirectoryOrCreate' },
  { name: 'tmp', path: '/tmp' },
  LOCALTIME,
];

/**
 * Ascend Device Plugin: a pod on every NPU server that offers its NPUs to the kubelet, watches
 * their health and labels the node with what it found.
 */
export class DevicePlugin extends Construct {
  constructor(scope: Construct, id: string, props: ComponentProps) {
    super(scope, id);
    const { image } = props;
    new ComponentAccess(this, 'access', {
      serviceAccount: SERVICE_ACCOUNT,
      namespace: NAMESPACE,
      roleName: 'pods-node-ascend-device-plugin-role',
      rules: [
        // Volcano's choice of devices is an annotation of the pod, which the plugin answers in another.
        { resources: ['pods'], verbs: ['get', 'list', 'update', 'watch', 'patch'] },
        { resources: ['nodes'], verbs: ['get', 'patch'] },
        { resources: ['nodes/proxy'], verbs: ['get'] },
        { resources: ['nodes/status'], verbs: ['get', 'patch', 'update'] },
        // Device information for Volcano, fault levels, and reset information in the jobs' namespaces.
        { resources: ['configmaps'], verbs: ['get', 'create', 'update', 'list', 'watch'] },
        { resources: ['events'], verbs: ['create'] },
      ],
    });
    addDaemonSet(this, {
      name: NAME,
      namespace: NAMESPACE,
      labels: LABELS,
      ...props,
      log: LOG,
      mounts: MOUNTS,
      pod: {
        affinity: { nodeAffinity: NOT_ON_SOC },
        toleration: [
          { key: 'CriticalAddonsOnly', operator: 'Exists' },
          ...npuTolerations(props.resourceNames),
        ],
        priorityClassName: 'system-node-critical',
        serviceAccountName: SERVICE_ACCOUNT,
        // Names the processes that hold a device.
        hostPid: true,
        container: [container(image)],
      },
    });
  }
}

/** Servers whose NPU is the system itself (`servertype=soc`) need another build of the plugin. */
const NOT_ON_SOC = {
  requiredDuringSchedulingIgnoredDuringExecution: {
    nodeSelectorTerm: [
      { matchExpressions: [{ key: 'servertype', operator: 'NotIn', values: ['soc'] }] },
    ],
  },
};

function container(image: string) {
  const flags = [
    // Volcano chooses the devices, not the kubelet.
    '-volcanoType=true',
    // Whole NPUs, or virtual ones that were made on the host before: none are cut on demand.
    '-presetVirtualDevice=true',
    `-logFile=/var/log/${LOG.path}/devicePlugin.log`,
    '-logLevel=0',
    ...healthFlags(HEALTH_PORT),
  ];
  return {
    ...componentContainer({
      name: 'device-plugin',
      image,
      start: `exec device-plugin ${flags.join(' ')}`,
      resources: small({ cpu: '500m', memory: '500Mi' }),
      health: { port: HEALTH_PORT, initialDelaySeconds: 30 },
      log: LOG,
      mounts: MOUNTS,
    }),
    // Device files and hot reset; the documentation asks for a privileged container
    // (01_preparing_for_installation.md, "Component user description").
    securityContext: { privileged: true, readOnlyRootFilesystem: true },
    env: [
      // The Ascend Docker Runtime (26.1 or newer) mounts the sockets of the container runtime.
      { name: 'MOUNT_BY_RUNTIME_FOR_DP', value: 'true' },
      podField('NODE_NAME', 'spec.nodeName'),
      podField('HOST_IP', 'status.hostIP'),
    ],
  };
}
