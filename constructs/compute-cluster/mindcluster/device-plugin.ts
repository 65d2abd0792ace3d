import { Construct } from 'constructs';
import { kubernetesMinor } from '../kubernetes-version';
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

/*
 * Sources are in brackets, all of Ascend/mind-cluster branch_v26.1.0: [yaml] is
 * `component/ascend-device-plugin/build/ascendplugin-volcano.yaml`, `pkg/…` is below that component.
 */

const NAMESPACE = 'kube-system';
const NAME = 'ascend-device-plugin-daemonset';
const SERVICE_ACCOUNT = 'ascend-device-plugin-sa';
const LABELS = { name: 'ascend-device-plugin-ds' };
const LOG = { path: 'mindx-dl/devicePlugin', owner: 0 };

/** Health server [yaml, flag `--healthz-address`]; in the pod's own network. */
const HEALTH_PORT = 11251;

const MOUNTS: readonly HostMount[] = [
  // Socket through which the plugin registers with the kubelet, and the plugin's own beside it [yaml].
  { name: 'device-plugins', path: '/var/lib/kubelet/device-plugins' },
  // The kubelet's answer to "which pod has which device" [yaml; pkg/server/pod_resource.go].
  { name: 'pod-resources', path: '/var/lib/kubelet/pod-resources' },
  // [yaml]
  DRIVER,
  // Written for jobs whose devices are reset while they run [yaml; pkg/common/constants.go, ResetInfoDir].
  { name: 'reset-config', path: '/user/restore/reset', type: 'DirectoryOrCreate' },
  // Switches of profiling, for the jobs on the server [yaml; pkg/common/constants.go, DataTraceConfigDir].
  { name: 'data-trace', path: '/user/cluster-info/datatrace-config', type: 'DirectoryOrCreate' },
  // Virtual NPUs and the lock around them [yaml]: the driver's, nothing in the plugin's code names them.
  { name: 'vnpu-config', path: '/etc/vnpu.cfg', type: 'File' },
  { name: 'vnpu-lock', path: '/run/vnpu_cfg_lock', type: 'DirectoryOrCreate' },
  // Logs of the driver's library for switches [yaml; pkg/device/deviceswitch/ascend_switch.go].
  { name: 'lingqu-log', path: '/var/log/lingqu', type: 'DirectoryOrCreate' },
  // [yaml]; nothing in the plugin's code names it.
  { name: 'tmp', path: '/tmp' },
  // [yaml]
  LOCALTIME,
];

/** First minor release of Kubernetes 1 whose kubelet asks for less than `nodes/proxy` (KEP 2862, beta). */
const FINE_GRAINED_KUBELET = 33;

export interface DevicePluginProps extends ComponentProps {
  /** Release of Kubernetes, `1.34`. */
  readonly kubernetesVersion: string;
}

/**
 * Ascend Device Plugin: a pod on every NPU server that offers its NPUs to the kubelet, watches
 * their health and labels the node with what it found.
 */
export class DevicePlugin extends Construct {
  constructor(scope: Construct, id: string, props: DevicePluginProps) {
    super(scope, id);
    const { image, kubernetesVersion } = props;
    const fineGrained = kubernetesMinor(kubernetesVersion) >= FINE_GRAINED_KUBELET;
    new ComponentAccess(this, 'access', {
      serviceAccount: SERVICE_ACCOUNT,
      namespace: NAMESPACE,
      roleName: 'pods-node-ascend-device-plugin-role',
      // Those of [yaml, ClusterRole] that something in the code asks for; the rest is left out.
      rules: [
        // Volcano's choice of devices is an annotation of the pod, which the plugin answers in another
        // [pkg/kubeclient/kubeclient.go, kube_cache.go, cur_node_informer.go].
        { resources: ['pods'], verbs: ['get', 'list', 'watch', 'patch'] },
        // Annotations of its own node [pkg/kubeclient/kubeclient.go, AddAnnotation].
        { resources: ['nodes'], verbs: ['get', 'patch'] },
        // Pods of its own node, asked of the kubelet [pkg/kubeclient/kube_connect.go]. Upstream has
        // `nodes/proxy`, with which anybody may run commands in all containers of all nodes.
        { resources: [fineGrained ? 'nodes/pods' : 'nodes/proxy'], verbs: ['get'] },
        // Labels of its own node, and a resource name that it does not offer any more
        // [pkg/kubeclient/kubeclient.go, PatchNodeState and RemoveOldResource].
        { resources: ['nodes/status'], verbs: ['patch', 'update'] },
        // Device information for Volcano, fault levels, and reset information in the jobs' namespaces
        // [pkg/kubeclient/kubeclient.go, pkg/device/ascendtolerance.go].
        { resources: ['configmaps'], verbs: ['get', 'create', 'update', 'list', 'watch'] },
        // Faults of devices [pkg/kubeclient/kubeclient.go, CreateEvent].
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
        tolerations: [
          // [yaml]
          { key: 'CriticalAddonsOnly', operator: 'Exists' },
          ...npuTolerations(props.resourceNames),
        ],
        // [yaml]
        priorityClassName: 'system-node-critical',
        serviceAccountName: SERVICE_ACCOUNT,
        // Reads the CPU time of processes on an NPU, to find those that hang [yaml;
        // pkg/device/hangdetection/hang_detector.go].
        hostPID: true,
        containers: [container(image)],
      },
    });
  }
}

/** Servers whose NPU is the system itself (`servertype=soc`) need another build of the plugin [yaml]. */
const NOT_ON_SOC = {
  requiredDuringSchedulingIgnoredDuringExecution: {
    nodeSelectorTerms: [
      { matchExpressions: [{ key: 'servertype', operator: 'NotIn', values: ['soc'] }] },
    ],
  },
};

function container(image: string) {
  const flags = [
    // Volcano chooses the devices, not the kubelet [yaml; docs 04_ascend_device_plugin.md].
    '-volcanoType=true',
    // Whole NPUs, or virtual ones that were made on the host before: none are cut on demand [yaml; same].
    '-presetVirtualDevice=true',
    // [yaml]
    `-logFile=/var/log/${LOG.path}/devicePlugin.log`,
    // 0: info [yaml; docs 04_ascend_device_plugin.md].
    '-logLevel=0',
    ...healthFlags(HEALTH_PORT),
  ];
  return {
    ...componentContainer({
      name: 'device-plugin',
      image,
      start: `exec device-plugin ${flags.join(' ')}`,
      // [yaml]
      resources: small({ cpu: '500m', memory: '500Mi' }),
      // [yaml]
      health: { port: HEALTH_PORT, initialDelaySeconds: 30 },
      log: LOG,
      mounts: MOUNTS,
    }),
    // Device files; the documentation asks for root and a privileged container [yaml; docs
    // 01_preparing_for_installation.md, "Component user description"].
    securityContext: { privileged: true, readOnlyRootFilesystem: true },
    env: [
      // The Ascend Docker Runtime (26.1 or newer) mounts the sockets of the container runtime [yaml;
      // component/ascend-docker-runtime/runtime/process/process.go].
      { name: 'MOUNT_BY_RUNTIME_FOR_DP', value: 'true' },
      // [yaml; pkg/kubeclient/kubeclient.go]
      podField('NODE_NAME', 'spec.nodeName'),
      // Where the kubelet is asked for pods [yaml; pkg/kubeclient/kube_connect.go].
      podField('HOST_IP', 'status.hostIP'),
    ],
  };
}
