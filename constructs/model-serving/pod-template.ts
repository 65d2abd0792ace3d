import type { DeploymentV1SpecTemplate } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { hostShare, npuPodAnnotations, npuToleration, visibleDevices } from '../accelerator';
import type { NodePool } from '../compute-cluster';
import { lookup } from '../lookup';
import type { TenantNamespace } from '../tenant-namespace';
import type { Deployment, WeightsModel } from './catalogue';
import { API_PORT, vllmCommand, WEIGHTS_PATH } from './command';
import { ModelWeights, type WeightsExport } from './model-weights';

/**
 * vllm-ascend release that the package was checked with; `-310p` and `-a3` images belong to those
 * chips (vllm-ascend docs, installation: v0.23.0 of August 2026).
 */
const IMAGE = 'quay.io/ascend/vllm-ascend:v0.23.0';
const IMAGE_SUFFIX: Readonly<Record<string, string>> = {
  '310P': '-310p',
  '910C-752': '-a3',
  '910C-560': '-a3',
};

/** Priority class of servings. */
export const SERVING_PRIORITY = 'online-serving';

export interface PodTemplateProps {
  readonly model: WeightsModel;
  readonly alias: string;
  readonly deployment: Deployment;
  readonly pool: NodePool;
  readonly tenant: TenantNamespace;
  readonly labels: Record<string, string>;
  readonly weights: WeightsExport | ModelWeights;
  readonly image: string;
}

/** Image of a serving: the site's, or that of the release for the chip. */
export function imageFor(accelerator: string, image?: string): string {
  return image ?? `${IMAGE}${lookup(IMAGE_SUFFIX, accelerator) ?? ''}`;
}

function weightsVolume(weights: WeightsExport | ModelWeights) {
  return weights instanceof ModelWeights
    ? { persistentVolumeClaim: { claimName: weights.claimName, readOnly: true } }
    : { nfs: { server: weights.server, path: weights.path, readOnly: true } };
}

/** The pod of a serving. */
export function podTemplate(props: PodTemplateProps): DeploymentV1SpecTemplate {
  const { pool, deployment, tenant } = props;
  return {
    metadata: {
      labels: props.labels,
      annotations: npuPodAnnotations(pool.server.form.schedulePolicy, tenant.namespace),
    },
    spec: {
      // MindCluster: a node must not be shared between Volcano and another scheduler.
      schedulerName: 'volcano',
      priorityClassName: SERVING_PRIORITY,
      nodeSelector: tenant.cluster.nodeSelector(pool),
      toleration: [npuToleration(pool.resourceName)],
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      // Time to finish running requests before the devices are given back.
      terminationGracePeriodSeconds: 120,
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      container: [container(props)],
      volume: [
        {
          name: 'shm',
          emptyDir: { medium: 'Memory', sizeLimit: `${shmGib(deployment.npus)}Gi` },
        },
        { name: 'weights', ...weightsVolume(props.weights) },
      ],
    },
  };
}

function container({ model, alias, deployment, pool, image }: PodTemplateProps) {
  const share = hostShare(pool.server, deployment.npus);
  const resources = {
    cpu: `${share.cpus}`,
    memory: `${share.memoryGib}Gi`,
    [pool.resourceName]: `${deployment.npus}`,
  };
  return {
    name: 'vllm',
    image,
    imagePullPolicy: 'IfNotPresent',
    command: vllmCommand(model, deployment, alias),
    env: [
      visibleDevices(pool.resourceName),
      { name: 'HF_HUB_OFFLINE', value: '1' },
      { name: 'VLLM_NO_USAGE_STATS', value: '1' },
    ],
    port: [{ name: 'http', containerPort: API_PORT }],
    // Whole devices: the device plugin wants requests equal to limits.
    resources: { requests: resources, limits: { ...resources } },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    startupProbe: {
      httpGet: { path: '/health', port: 'http' },
      periodSeconds: 10,
      failureThreshold: model.parametersBillions.value < 40 ? 60 : 360,
    },
    readinessProbe: { httpGet: { path: '/health', port: 'http' }, periodSeconds: 5 },
    livenessProbe: {
      httpGet: { path: '/health', port: 'http' },
      periodSeconds: 10,
      failureThreshold: 6,
    },
    volumeMount: [
      { name: 'shm', mountPath: '/dev/shm' },
      { name: 'weights', mountPath: WEIGHTS_PATH, readOnly: true },
    ],
  };
}

/** Shared memory in GiB, counted inside the memory limit: HCCL needs more with several devices. */
export function shmGib(npus: number): number {
  return npus === 1 ? 16 : 64;
}
