import type {
  V1Container,
  V1PodSpec,
  V1PodTemplateSpec,
  V1Volume,
  V1VolumeMount,
} from '@kubernetes/client-node';
import { hostShare, npuPodAnnotations, npuToleration } from '../../core/accelerator';
import { LABEL_PREFIX } from '../../core/names';
import { API_PORT } from '../../core/serving/endpoint';
import { shmGib } from '../../core/serving/replica-plan';
import { PULL_SECONDS, type StartBudget } from '../../core/serving/start-budget';
import { GROUP_RPC_PORT, vllmArgs } from './command';
import { environment } from './environment';
import { leaderGate } from './groups/leader-gate';
import { followerProbes, httpProbes } from './probes';
import type { PodRole, ResolvedServing } from './serving';
import { vocabularyGate } from './vocabulary-gate';
import { WEIGHTS_PATH, weightsVolume } from './weights';
import { weightsGate } from './weights/gate';

/** Priority class of servings. */
export const SERVING_PRIORITY = 'online-serving';

/** Seconds in which gateways and proxies notice that a pod goes. */
const UNROUTE_SECONDS = 10;

/** Seconds by which workers stop after their leader. */
const FOLLOW_SECONDS = 5;

/**
 * Seconds until a pod that is stopped begins to stop. A worker that began before its leader would refuse
 * what the leader still takes (vllm 0.23.0 vllm/v1/engine/core.py, `_reject_add_in_shutdown`).
 */
function stopAfter(role: PodRole): number {
  return role === 'worker' ? UNROUTE_SECONDS + FOLLOW_SECONDS : UNROUTE_SECONDS;
}

/** Seconds that vLLM gets after its last request to give devices back. */
const STOP_SECONDS = 30;

/**
 * Disk of a server that a pod may fill with logs and compiled graphs; weights are elsewhere. An
 * assumption of ours.
 */
const EPHEMERAL_STORAGE = '20Gi';

/** Group of the NPU devices on every host (HwHiAiUser; MindCluster, preparing for installation). */
const DEVICE_GROUP = 1000;

/** Home of root in vllm-ascend images: vLLM, Triton and CANN keep caches and logs there. */
const HOME = '/root';

/** The pod of a serving, or one of a group, as Kubernetes has it. */
export function servingPod(serving: ResolvedServing, role: PodRole): V1PodTemplateSpec {
  const { pool, tenant, podLabels, model } = serving;
  const { vocabulary } = model;
  return {
    metadata: {
      labels: podLabels,
      annotations: npuPodAnnotations(pool.server.form.schedulePolicy, tenant.namespace),
    },
    spec: {
      ...scheduling(serving, role),
      ...(role === 'alone'
        ? {}
        : // HCCL wants the network of the host between servers.
          { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }),
      serviceAccountName: serving.metadata.name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: UNROUTE_SECONDS + serving.requestTimeoutSeconds + STOP_SECONDS,
      securityContext: {
        seccompProfile: { type: 'RuntimeDefault' },
        // Root without capabilities may open devices of others only by their group.
        supplementalGroups: [DEVICE_GROUP],
      },
      initContainers: [
        weightsGate(serving.fit.weights, serving.image),
        ...(vocabulary ? [vocabularyGate(vocabulary, serving.image)] : []),
        // Last: what is left to do then is the start of vLLM alone.
        ...(role === 'worker' ? [leaderGate(serving.image, GROUP_RPC_PORT)] : []),
      ],
      containers: [container(serving, role)],
      volumes: volumes(serving, role),
    },
  };
}

/** Tolerations of a pod of a serving: NPU servers, and less patience with lost ones than the default. */
export function servingTolerations(resourceName: string) {
  // Kubernetes waits 300 s; a model takes minutes to start elsewhere, so it begins sooner.
  const lost = ['not-ready', 'unreachable'].map((state) => ({
    key: `node.kubernetes.io/${state}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 60,
  }));
  return [npuToleration(resourceName), ...lost];
}

function scheduling(
  { pool, tenant, selector }: ResolvedServing,
  role: PodRole,
): Partial<V1PodSpec> {
  // Workers go where their leader's group goes; racks are known where nodes are labelled by us.
  const spread = role !== 'worker' && tenant.cluster.manageNodes;
  return {
    // MindCluster: a node must not be shared between Volcano and another scheduler.
    schedulerName: 'volcano',
    priorityClassName: SERVING_PRIORITY,
    nodeSelector: tenant.cluster.nodeSelector(pool),
    tolerations: servingTolerations(pool.resourceName),
    ...(spread
      ? {
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: `${LABEL_PREFIX}/rack`,
              // A wish: a rule would keep replicas out of the racks that are left.
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: {
                matchLabels: {
                  ...selector,
                  ...(role === 'leader' ? LEADER_LABEL : {}),
                },
              },
            },
          ],
        }
      : {}),
  };
}

/** Label that LeaderWorkerSet gives the first pod of a group. */
export const LEADER_LABEL: Readonly<Record<string, string>> = {
  'leaderworkerset.sigs.k8s.io/worker-index': '0',
};

function container(serving: ResolvedServing, role: PodRole): V1Container {
  const { pool, fit, budget, container: own } = serving;
  const share = hostShare(pool.server, fit.npusPerPod);
  const resources = {
    cpu: `${share.cpus}`,
    memory: `${share.memoryGib}Gi`,
    'ephemeral-storage': EPHEMERAL_STORAGE,
    [pool.resourceName]: `${fit.npusPerPod}`,
  };
  const port = own?.port ?? API_PORT;
  const healthPath = own?.healthPath ?? '/health';
  const start = role === 'alone' ? budget : withOtherServers(budget);
  return {
    name: own ? 'model' : 'vllm',
    image: serving.image,
    imagePullPolicy: 'IfNotPresent',
    ...(own
      ? { command: own.command && [...own.command], args: own.args && [...own.args] }
      : { args: vllmArgs(serving, role), workingDir: HOME }),
    env: environment(serving, role),
    ...(role === 'worker' ? {} : { ports: [{ name: 'http', containerPort: port }] }),
    // Whole devices: the device plugin wants requests equal to limits.
    resources: { requests: resources, limits: { ...resources } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: serving.readOnlyRootFilesystem,
    },
    ...(role === 'worker'
      ? followerProbes(port, healthPath, start)
      : httpProbes(healthPath, start)),
    lifecycle: { preStop: { exec: { command: ['sleep', `${stopAfter(role)}`] } } },
    volumeMounts: mounts(serving, role),
  };
}

/**
 * Each pod of a group starts as soon as its own server can, and then waits for the others: images are pulled on several
 * servers, at different speeds. Engines wait as long for each other (30 min, torch's default for a process group).
 */
function withOtherServers(budget: StartBudget): StartBudget {
  return { ...budget, seconds: budget.seconds + PULL_SECONDS };
}

/** Files of the host that HCCL between servers reads; without the first, answers are wrong without an error. */
const HOST_FILES = {
  'hccn-conf': '/etc/hccn.conf',
  'hccn-tool': '/usr/local/Ascend/driver/tools/hccn_tool',
} as const;

function volumes(serving: ResolvedServing, role: PodRole): V1Volume[] {
  return [
    {
      name: 'shm',
      emptyDir: { medium: 'Memory', sizeLimit: `${shmGib(serving.fit.npusPerPod)}Gi` },
    },
    { name: 'tmp', emptyDir: {} },
    ...(serving.container ? [] : [{ name: 'home', emptyDir: {} }]),
    weightsVolume(serving.weights),
    // `File`: the kubelet does not start the pod where the host has no such file.
    ...Object.entries(role === 'alone' ? {} : HOST_FILES).map(([name, path]) => ({
      name,
      hostPath: { path, type: 'File' },
    })),
  ];
}

function mounts(serving: ResolvedServing, role: PodRole): V1VolumeMount[] {
  return [
    { name: 'shm', mountPath: '/dev/shm' },
    { name: 'tmp', mountPath: '/tmp' },
    ...(serving.container ? [] : [{ name: 'home', mountPath: HOME }]),
    { name: 'weights', mountPath: WEIGHTS_PATH, readOnly: true },
    ...Object.entries(role === 'alone' ? {} : HOST_FILES).map(([name, mountPath]) => ({
      name,
      mountPath,
      readOnly: true,
    })),
  ];
}
