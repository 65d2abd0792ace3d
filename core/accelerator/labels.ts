import type { Accelerator } from './catalogue';
import { MINDCLUSTER_RELEASES, type MindClusterVersion } from './mindcluster-releases';
import type { ServerForm } from './server-forms';

/** Label by which MindCluster's daemons find NPU servers (same source as below, all releases). */
export const WORKER_NODE_LABELS: Readonly<Record<string, string>> = {
  workerselector: 'dls-worker-node',
};

/**
 * Labels that the administrator sets on NPU servers.
 *
 * Source: Ascend/mind-cluster, installation guide of 26.0.0 (long table) and 26.1.0 (three labels):
 * since 26.1 the device plugin finds out the rest by itself.
 */
export function npuNodeLabels(
  form: ServerForm,
  accelerator: Accelerator,
  version: MindClusterVersion,
): Record<string, string> {
  const labels: Record<string, string> = {
    'node-role.kubernetes.io/worker': 'worker',
    ...WORKER_NODE_LABELS,
  };
  if (!MINDCLUSTER_RELEASES[version].allNodeLabels) return labels;
  return {
    ...labels,
    accelerator: acceleratorLabel(accelerator),
    ...(form.acceleratorType ? { 'accelerator-type': form.acceleratorType } : {}),
    'host-arch': form.architecture === 'arm64' ? 'huawei-arm' : 'huawei-x86',
    nodeDEnable: 'on',
    ...(form.inferLabel ? { 'server-usage': 'infer' } : {}),
  };
}

/** Label that the administrator sets on management servers (same source, both releases). */
export const MANAGEMENT_NODE_LABELS: Readonly<Record<string, string>> = {
  masterselector: 'dls-master-node',
};

/**
 * Labels that the device plugin sets by itself once it runs (Ascend/mind-cluster
 * `pkg/server/manager.go`, 26.1): wanted where nodes are simulated and no plugin runs.
 */
export function devicePluginLabels(accelerator: Accelerator): Record<string, string> {
  return {
    accelerator: acceleratorLabel(accelerator),
    'node.kubernetes.io/npu.chip.name': accelerator.chipName,
  };
}

/** The chip family, whatever a site calls its resource (`acceleratorLabelMap` of the same file). */
function acceleratorLabel({ resourceName }: Accelerator): string {
  return resourceName.replace('huawei.com/', 'huawei-');
}
