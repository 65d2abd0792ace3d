/**
 * Annotation by which a pod, or what makes it, names its Volcano queue (volcano-sh/volcano apis
 * `scheduling/v1beta1/labels.go`).
 */
export const QUEUE_ANNOTATION = 'scheduling.volcano.sh/queue-name';

/**
 * What Volcano reads on a pod with NPUs: how to choose devices, and the queue.
 * @param schedulePolicy of the server form, where it has one
 */
export function npuPodAnnotations(
  schedulePolicy: string | undefined,
  queue: string,
): Record<string, string> {
  return {
    ...(schedulePolicy ? { 'huawei.com/schedule_policy': schedulePolicy } : {}),
    [QUEUE_ANNOTATION]: queue,
  };
}

/** Servers join with a taint that is called after the resource name of their NPUs (docs/hosts.md). */
export function npuTaint(resourceName: string) {
  return { key: resourceName, effect: 'NoSchedule' };
}

/** What pods with NPUs tolerate: that taint. */
export function npuToleration(resourceName: string) {
  return { ...npuTaint(resourceName), operator: 'Exists' };
}

/** Variable of a container that the Ascend runtime takes its devices from. */
export const VISIBLE_DEVICES = 'ASCEND_VISIBLE_DEVICES';

/** Where a container finds the devices that Volcano has chosen: an annotation named like the resource. */
export function devicesField(resourceName: string): string {
  return `metadata.annotations['${resourceName}']`;
}

/**
 * Environment of a container with NPUs: Volcano writes the devices it has chosen into an annotation
 * (Ascend/mindcluster-deploy samples/inference/volcano).
 */
export function visibleDevices(resourceName: string) {
  return {
    name: VISIBLE_DEVICES,
    valueFrom: { fieldRef: { fieldPath: devicesField(resourceName) } },
  };
}

/**
 * Variables of a container by which the Ascend runtime does more than give it its devices (Ascend/mind-cluster
 * 26.1 `ascend-docker-runtime`): no workload of a cluster needs them.
 */
export const RUNTIME_SWITCHES: readonly string[] = [
  // Mounts the socket of containerd, whatever its value (runtime/process/process.go).
  'MOUNT_BY_RUNTIME_FOR_DP',
  // Virtual devices, also those of others; no driver; mounts from lists of the host; links in those
  // (runtime/process/process.go, hook/process/process.go).
  'ASCEND_RUNTIME_OPTIONS',
  'ASCEND_RUNTIME_MOUNTS',
  'ASCEND_ALLOW_LINK',
  // Cuts a device into virtual ones (runtime/dcmi/dcmi_api.go).
  'ASCEND_VNPU_SPECS',
  // Restores processes and files from a folder of the host (runtime/grus/restore.go).
  'host_snapshot_path',
];
