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

/**
 * Environment of a container with NPUs: Volcano writes the devices it has chosen into an annotation
 * named like the resource (Ascend/mindcluster-deploy samples/inference/volcano).
 */
export function visibleDevices(resourceName: string) {
  return {
    name: 'ASCEND_VISIBLE_DEVICES',
    valueFrom: { fieldRef: { fieldPath: `metadata.annotations['${resourceName}']` } },
  };
}
