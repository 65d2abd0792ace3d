import type { TerraformStack } from 'cdktf';
import {
  type ComputeCluster,
  type ComputeClusterProps,
  ModelGateway,
  type ModelGatewayProps,
  ModelReplacement,
  type ModelReplacementProps,
  type Stage,
  TenantNamespace,
} from '../../../constructs';
import { smallCluster } from '../../helpers/cluster';
import { testStack } from '../../helpers/template';

export const WEIGHTS = { server: 'weights.internal', path: '/models' };

/** A namespace on a cluster of 16 NPUs. */
export function tenantOn(
  stack: TerraformStack,
  cluster: ComputeCluster,
  tenantName = 'model-services',
): TenantNamespace {
  return new TenantNamespace(stack, `${tenantName}-${cluster.clusterName}`, {
    cluster,
    tenantName,
    guarantee: 6,
    podSecurity: 'baseline',
  });
}

export function gatewayOn(
  stack: TerraformStack,
  cluster: ComputeCluster,
  props: Partial<ModelGatewayProps> = {},
): ModelGateway {
  return new ModelGateway(stack, 'gateway', {
    cluster,
    domain: 'models.example.org',
    gatewayClassName: 'envoy-gateway',
    tls: { secretName: 'models-tls' },
    routeNamespaces: ['model-services'],
    ...props,
  });
}

/** A stack with a cluster, a namespace and a gateway that knows its clients. */
export function routeStack(
  gateway: Partial<ModelGatewayProps> = { envoyGateway: {} },
  props: Partial<ComputeClusterProps> = {},
) {
  const stack = testStack();
  const cluster = smallCluster(stack, { manageNodes: false, ...props });
  const tenant = tenantOn(stack, cluster);
  return { stack, cluster, tenant, gateway: gatewayOn(stack, cluster, gateway) };
}

/** A foreign model: its licence has restrictions, which somebody has to accept. */
export const LLAMA = {
  model: 'deepseek-r1-distill-llama-8b',
  acceptLicence: {
    restrictions: ['branding', 'scale', 'acceptable-use'],
    reason: 'served as a sample only',
  },
} as const;

/** `chat` in a stage, one NPU a replica on both sides; two replicas foreign, one domestic. */
export function chatProps(
  { tenant, gateway }: Pick<ModelReplacementProps, 'tenant' | 'gateway'>,
  stage: Stage,
  props: Partial<ModelReplacementProps> = {},
): ModelReplacementProps {
  return {
    tenant,
    gateway,
    alias: 'chat',
    stage,
    ...(stage === 'canary' ? { weight: 20 } : {}),
    foreign: { ...LLAMA, replicas: 2 },
    domestic: { model: 'qwen3-8b' },
    weights: WEIGHTS,
    callers: ['nankai', 'tianda'],
    ...props,
  };
}

/** A stack in which `chat` is in a stage. */
export function chatAt(
  stage: Stage,
  props: Partial<ModelReplacementProps> = {},
  gateway?: Partial<ModelGatewayProps>,
  cluster?: Partial<ComputeClusterProps>,
) {
  const parts = routeStack(gateway, cluster);
  const chat = new ModelReplacement(parts.stack, 'chat', chatProps(parts, stage, props));
  return { ...parts, chat };
}
