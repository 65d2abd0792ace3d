import type { V1Container, V1PodTemplateSpec } from '@kubernetes/client-node';
import type { TerraformStack } from 'cdktf';
import {
  type ComputeClusterProps,
  ModelServing,
  type ModelServingProps,
  type NodePool,
  TenantNamespace,
  type TenantNamespaceProps,
} from '../../../constructs';
import { SMALL_POOL, smallCluster } from '../../helpers/cluster';
import { Template, testStack } from '../../helpers/template';

export const WEIGHTS = { server: 'weights.internal', path: '/models' };

export const API_KEY = { secret: 'api-keys', key: 'chat' };

/** A Kubernetes object as far as tests look at it. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  // biome-ignore lint/suspicious/noExplicitAny: tests look deep into specs of many kinds
  readonly spec: any;
}

export interface Made {
  readonly stack: TerraformStack;
  readonly tenant: TenantNamespace;
  /** Makes the serving `serving`. */
  readonly make: () => ModelServing;
  /** Objects of the stack; validates it. */
  readonly objects: () => KubernetesObject[];
}

type Changed<T> = Partial<T>;

/** A serving of qwen3-8b in a namespace `nankai` with 8 of 16 NPUs, with what is given instead. */
export function serving(
  props: Changed<ModelServingProps> = {},
  tenantProps: Changed<TenantNamespaceProps> = {},
  clusterProps: Changed<ComputeClusterProps> = {},
): Made {
  const stack = testStack();
  const cluster = smallCluster(stack, { manageNodes: false, ...clusterProps });
  const tenant = new TenantNamespace(stack, 'nankai', {
    cluster,
    tenantName: 'nankai',
    guarantee: 8,
    podSecurity: 'baseline',
    ...tenantProps,
  });
  const make = () =>
    new ModelServing(stack, 'serving', { tenant, model: 'qwen3-8b', weights: WEIGHTS, ...props });
  const objects = () => Template.of(stack).objects<KubernetesObject>();
  return { stack, tenant, make, objects };
}

/** A pool of each server form that models have documented deployments for. */
export const POOLS: readonly NodePool[] = (
  [
    { serverForm: 'atlas-800t-a2', accelerator: '910B3' },
    { serverForm: 'atlas-800t-a3', accelerator: '910C-752' },
    { serverForm: 'atlas-300i-duo-server', accelerator: '310P' },
  ] as const
).flatMap((form) => {
  const pools = [{ name: 'npu', servers: 4, hostInterface: 'bond0', ...form }];
  return smallCluster(testStack(), { pools }).pools;
});

/** A namespace whose pods may use the host, on eight servers. */
export const GROUP_TENANT: Changed<TenantNamespaceProps> = {
  tenantName: 'model-services',
  guarantee: 64,
  podSecurity: 'privileged',
  privilegedReason: 'HCCL between servers needs the network of the host',
};
export const GROUP_CLUSTER: Changed<ComputeClusterProps> = {
  hostAccessNamespaces: ['model-services'],
  pools: [{ ...SMALL_POOL, servers: 8, hostInterface: 'bond0' }],
};

/** A serving of deepseek-r1, two servers a replica. */
export function group(
  props: Changed<ModelServingProps> = {},
  tenantProps: Changed<TenantNamespaceProps> = {},
  clusterProps: Changed<ComputeClusterProps> = {},
): Made {
  return serving(
    { model: 'deepseek-r1', apiKey: API_KEY, ...props },
    { ...GROUP_TENANT, ...tenantProps },
    { ...GROUP_CLUSTER, ...clusterProps },
  );
}

/** Objects of a serving alone: those that carry its name as label. */
export function ofServing(made: Made, name?: string): KubernetesObject[] {
  const { servingName } = made.make();
  const wanted = name ?? servingName;
  return made
    .objects()
    .filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/instance'] === wanted);
}

/** The only object of a kind. @throws Error when there are none or several */
export function only(objects: readonly KubernetesObject[], kind: string): KubernetesObject {
  const found = objects.filter((object) => object.kind === kind);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} of kind ${kind}, not 1`);
  return found[0];
}

/** Templates of the pods of a serving, by the part that they have in a replica. */
export function podsOf(objects: readonly KubernetesObject[]): Record<string, V1PodTemplateSpec> {
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  if (deployment) return { alone: deployment.spec.template };
  const { leaderTemplate, workerTemplate } = only(objects, 'LeaderWorkerSet').spec
    .leaderWorkerTemplate;
  return { leader: leaderTemplate, worker: workerTemplate };
}

/** The container of a pod that serves. */
export function containerOf(pod: V1PodTemplateSpec | undefined): V1Container {
  const container = pod?.spec?.containers[0];
  if (!container) throw new Error('a pod without a container');
  return container;
}
