import { NPU_RESOURCE_NAMES, npuToleration } from '../../../core/accelerator';

/** A path of the host that a component mounts at the same path. */
export interface HostMount {
  readonly name: string;
  readonly path: string;
  /** What must be there; without it nothing is checked. */
  readonly type?: 'Directory' | 'DirectoryOrCreate' | 'File';
  /** @default false */
  readonly readOnly?: boolean;
}

/** Folder of the host for logs of all components (volume of every manifest of upstream). */
const LOG_ROOT = '/var/log';

const LOG_VOLUME = 'log';

/** Folder of a component under `/var/log` of the host, and who owns it. */
export interface LogFolder {
  /** `mindx-dl/noded`. */
  readonly path: string;
  /** Numeric user and group. */
  readonly owner: number;
}

/** Volumes of a pod: the log folder and the mounts of the host. */
export function volumes(mounts: readonly HostMount[]) {
  return [
    { name: LOG_VOLUME, hostPath: { path: LOG_ROOT, type: 'Directory' } },
    ...mounts.map(({ name, path, type }) => ({
      name,
      hostPath: { path, ...(type ? { type } : {}) },
    })),
  ];
}

/** The same, as mounts of its container. */
function volumeMounts(log: LogFolder, mounts: readonly HostMount[]) {
  return [
    { name: LOG_VOLUME, mountPath: `${LOG_ROOT}/${log.path}`, subPath: log.path },
    ...mounts.map(({ name, path, readOnly }) => ({
      name,
      mountPath: path,
      readOnly: readOnly ?? false,
    })),
  ];
}

/**
 * Makes the log folder with the owner that the component runs as: the kubelet would make it as root
 * (Ascend/mind-cluster 26.1 `component/*\/build/*.yaml`, init container `init-log-setup`).
 */
export function logSetup(image: string, { path, owner }: LogFolder) {
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
    resources: small({ cpu: '100m', memory: '64Mi' }),
    // The folder below is not the component's.
    securityContext: { runAsUser: 0, runAsNonRoot: false },
    volumeMounts: [{ name: LOG_VOLUME, mountPath: LOG_ROOT }],
  };
}

/** Requests equal to limits: what keeps a node alive must not be the first to be evicted. */
export function small(amounts: { readonly cpu: string; readonly memory: string }) {
  return { requests: { ...amounts }, limits: { ...amounts } };
}

/** When the health server of a component is asked, as upstream's manifest of the component has it. */
export interface HealthProbe {
  readonly port: number;
  readonly initialDelaySeconds: number;
  /** @default 15 - all but ClusterD */
  readonly periodSeconds?: number;
  /** @default 5 - all but ClusterD */
  readonly timeoutSeconds?: number;
}

export interface ContainerProps {
  readonly name: string;
  readonly image: string;
  /** Shell command that the container becomes. */
  readonly start: string;
  readonly resources: ReturnType<typeof small>;
  readonly health: HealthProbe;
  readonly log: LogFolder;
  readonly mounts: readonly HostMount[];
}

/** What the containers of all components have in common. */
export function componentContainer({
  name,
  image,
  start,
  resources,
  health,
  log,
  mounts,
}: ContainerProps) {
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['/bin/bash', '-c', '--'],
    args: [start],
    resources,
    livenessProbe: livenessProbe(health),
    volumeMounts: volumeMounts(log, mounts),
  };
}

/**
 * Flags of the health server that every component has since 26.1 (`common-utils/healthz`): path `/`,
 * one request a second, five at once.
 */
export function healthFlags(port: number): string[] {
  return ['--enable-healthz=true', `--healthz-address=${port}`];
}

function livenessProbe(health: HealthProbe) {
  const { port, initialDelaySeconds, periodSeconds = 15, timeoutSeconds = 5 } = health;
  return {
    httpGet: { path: '/', port, scheme: 'HTTP' },
    initialDelaySeconds,
    periodSeconds,
    timeoutSeconds,
    failureThreshold: 3,
  };
}

/**
 * The taint that NPU servers join with. Upstream's NodeD and NPU Exporter tolerate none, and would
 * leave tainted servers without faults and metrics.
 *
 * @param resourceNames of the cluster, where a site has renamed them
 */
export function npuTolerations(resourceNames: readonly string[]) {
  return [...new Set([...NPU_RESOURCE_NAMES, ...resourceNames])].sort().map(npuToleration);
}

/** `NODE_NAME` and the like, from the pod itself. */
export function podField(name: string, fieldPath: string) {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}

/** Time of the host in the logs. */
export const LOCALTIME: HostMount = { name: 'localtime', path: '/etc/localtime', readOnly: true };

/** Libraries of the NPU driver, through which a component talks to the devices. */
export const DRIVER: HostMount = {
  name: 'driver',
  path: '/usr/local/Ascend/driver',
  readOnly: true,
};
