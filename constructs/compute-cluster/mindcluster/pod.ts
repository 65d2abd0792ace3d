import type { V1PodSpec } from '@kubernetes/client-node';
import {
  MANAGEMENT_NODE_LABELS,
  NPU_RESOURCE_NAMES,
  npuToleration,
  WORKER_NODE_LABELS,
} from '../../../core/accelerator';
import type { ComponentFile, LogFolder } from '../../../core/accelerator/mindcluster-components';
import { SYSTEM_PRIORITY } from '../priorities';

/** Folder of the host for logs of all components (volume of every manifest of upstream). */
const LOG_ROOT = '/var/log';
const LOG_VOLUME = 'log';

/** What the pods of every component are given. */
export interface PodProps {
  /** Image with its tag. */
  readonly image: string;
  /** Extended resource names of the cluster's NPUs: taints of NPU servers are called after them. */
  readonly resourceNames: readonly string[];
  /** Nodes of the cluster, by which ClusterD is sized. */
  readonly nodes: number;
}

/** The pods of a component. */
export function componentPod(file: ComponentFile, props: PodProps): V1PodSpec {
  const { image, resourceNames } = props;
  const { access, log, mounts, runsOn } = file;
  const { note, source, tolerations = [], ...pod } = file.pod;
  const onNpuServers = runsOn === 'npu-servers';
  return {
    nodeSelector: { ...(onNpuServers ? WORKER_NODE_LABELS : MANAGEMENT_NODE_LABELS) },
    tolerations: [...tolerations, ...(onNpuServers ? npuTolerations(resourceNames) : [])],
    initContainers: [logSetup(image, log)],
    containers: [container(file, props)],
    volumes: [
      { name: LOG_VOLUME, hostPath: { path: LOG_ROOT, type: 'Directory' } },
      ...mounts.map(({ name, path, type }) => ({ name, hostPath: { path, type } })),
    ],
    priorityClassName: SYSTEM_PRIORITY,
    serviceAccountName: access?.serviceAccount,
    ...(pod as Omit<V1PodSpec, 'containers'>),
  };
}

/**
 * The taint that NPU servers join with. Upstream's NodeD and NPU Exporter tolerate none, and would
 * leave tainted servers without faults and metrics.
 *
 * @param resourceNames of the cluster, where a site has renamed them
 */
function npuTolerations(resourceNames: readonly string[]) {
  return [...new Set([...NPU_RESOURCE_NAMES, ...resourceNames])].sort().map(npuToleration);
}

/** Requests equal to limits: what keeps a node alive must not be the first to be evicted. */
function fixed(cpu = '', memory = '') {
  return { requests: { cpu, memory }, limits: { cpu, memory } };
}

/**
 * Makes the log folder with the owner that the component runs as: the kubelet would make it as root
 * (Ascend/mind-cluster 26.1 `component/*\/build/*.yaml`, init container `init-log-setup`).
 */
function logSetup(image: string, { path, owner }: LogFolder) {
  const root = `${LOG_ROOT}/${path.split('/')[0]}`;
  const folder = `${LOG_ROOT}/${path}`;
  return {
    name: 'init-log-setup',
    image,
    imagePullPolicy: 'IfNotPresent',
    command: [
      'sh',
      '-c',
      `mkdir -p ${folder} && chmod 755 ${root} && chown root:root ${root} && chmod 750 ${folder} && chown ${owner}:${owner} ${folder}`,
    ],
    // Ours: upstream's has none, and the pod would be Burstable.
    resources: fixed('100m', '64Mi'),
    // The folder below is not the component's.
    securityContext: { runAsUser: 0, runAsNonRoot: false },
    volumeMounts: [{ name: LOG_VOLUME, mountPath: LOG_ROOT }],
  };
}

function container({ container: own, log, mounts }: ComponentFile, props: PodProps) {
  const { port, initialDelaySeconds, periodSeconds = 15, timeoutSeconds = 5 } = own.health;
  const { note, source, capabilities, ...securityContext } = own.securityContext;
  const size = own.sizes.find(
    ({ upToNodes = Number.POSITIVE_INFINITY }) => props.nodes <= upToNodes,
  );
  // Every component has a health server since 26.1 (`common-utils/healthz`): path `/`, one request a
  // second, five at once.
  const flags = [
    ...own.flags.map(({ flag }) => flag),
    '--enable-healthz=true',
    `--healthz-address=${port}`,
  ];
  return {
    name: own.name,
    image: props.image,
    imagePullPolicy: 'IfNotPresent',
    command: ['/bin/bash', '-c', '--'],
    args: [`${own.start} ${flags.join(' ')}`],
    resources: fixed(size?.cpu, size?.memory),
    livenessProbe: {
      httpGet: { path: '/', port, scheme: 'HTTP' },
      initialDelaySeconds,
      periodSeconds,
      timeoutSeconds,
      failureThreshold: 3,
    },
    volumeMounts: [
      { name: LOG_VOLUME, mountPath: `${LOG_ROOT}/${log.path}`, subPath: log.path },
      ...mounts.map(({ name, path, readOnly = false }) => ({ name, mountPath: path, readOnly })),
    ],
    securityContext: {
      ...securityContext,
      ...(capabilities ? { capabilities: { drop: [...capabilities.drop] } } : {}),
    },
    ports: own.ports?.map(({ name, containerPort, protocol }) => ({
      name,
      containerPort,
      protocol,
    })),
    env: own.env?.map(({ name, value, field }) =>
      field ? { name, valueFrom: { fieldRef: { fieldPath: field } } } : { name, value },
    ),
  };
}
