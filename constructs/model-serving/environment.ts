import type { V1EnvVar } from '@kubernetes/client-node';
import { VISIBLE_DEVICES, visibleDevices } from '../../core/accelerator';
import type { SecretKey } from '../../core/secrets';
import { modelPath } from './command';
import type { PodRole, ResolvedServing } from './serving';
import { vocabularyPath } from './vocabulary-gate';

/**
 * What the command lines of the vllm-ascend tutorials (182b75e) have in common; a deployment's own
 * environment comes after it.
 */
const VLLM_ENVIRONMENT: Readonly<Record<string, string>> = {
  // Weights are local: nothing is looked up, and nothing reported.
  HF_HUB_OFFLINE: '1',
  VLLM_NO_USAGE_STATS: '1',
  PYTORCH_NPU_ALLOC_CONF: 'expandable_segments:True',
};

/** Over several servers (tutorials DeepSeek-R1 and DeepSeek-V4-Pro, two and four A2). */
const GROUP_ENVIRONMENT: Readonly<Record<string, string>> = {
  HCCL_INTRA_PCIE_ENABLE: '1',
  HCCL_INTRA_ROCE_ENABLE: '0',
  // Images are pulled on several servers, at different speeds.
  HCCL_CONNECT_TIMEOUT: '1200',
};

/** Variables that the construct itself sets. */
export const OWN_VARIABLES: readonly string[] = [
  VISIBLE_DEVICES,
  'HF_HUB_OFFLINE',
  'MODEL_PATH',
  'POD_IP',
  'TIKTOKEN_ENCODINGS_BASE',
  'VLLM_API_KEY',
  'VLLM_ENGINE_READY_TIMEOUT_S',
  'VLLM_HOST_IP',
  'HCCL_IF_IP',
  'HCCL_SOCKET_IFNAME',
  'GLOO_SOCKET_IFNAME',
  'TP_SOCKET_IFNAME',
];

/** Environment of the container of a serving. */
export function environment(serving: ResolvedServing, role: PodRole): V1EnvVar[] {
  const { pool, container, secretEnvironment } = serving;
  return [
    visibleDevices(pool.resourceName),
    ...(container
      ? plain({ MODEL_PATH: modelPath(serving), ...serving.environment })
      : vllmEnvironment(serving, role)),
    ...Object.entries(secretEnvironment).map(([name, key]) => fromSecret(name, key)),
  ];
}

function vllmEnvironment(serving: ResolvedServing, role: PodRole): V1EnvVar[] {
  const { fit, budget, apiKey, pool, model } = serving;
  const { vocabulary } = model;
  return [
    ...(role === 'alone' ? [] : addresses(pool.hostInterface ?? '')),
    ...plain({
      ...VLLM_ENVIRONMENT,
      ...(role === 'alone' ? {} : GROUP_ENVIRONMENT),
      VLLM_ENGINE_READY_TIMEOUT_S: `${budget.seconds}`,
      ...(vocabulary ? { [vocabulary.variable]: vocabularyPath(vocabulary) } : {}),
      ...fit.deployment.environment,
      ...serving.environment,
    }),
    // vllm/envs.py: the same as --api-key, without the key on a command line.
    ...(apiKey && role !== 'worker' ? [fromSecret('VLLM_API_KEY', apiKey)] : []),
  ];
}

/**
 * By which address and interface of the host the pods of a group talk; on the host network the
 * address of a pod is that of its server.
 */
function addresses(hostInterface: string): V1EnvVar[] {
  const podIp = (name: string): V1EnvVar => ({
    name,
    valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
  });
  return [
    podIp('POD_IP'),
    podIp('HCCL_IF_IP'),
    podIp('VLLM_HOST_IP'),
    ...plain({
      HCCL_SOCKET_IFNAME: hostInterface,
      GLOO_SOCKET_IFNAME: hostInterface,
      TP_SOCKET_IFNAME: hostInterface,
    }),
  ];
}

function plain(values: Readonly<Record<string, string>>): V1EnvVar[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

function fromSecret(name: string, { secret, key }: SecretKey): V1EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
}
