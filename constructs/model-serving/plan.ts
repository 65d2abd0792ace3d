import { type DataType, hostShare, npuToleration } from '../accelerator';
import type { ServedModel, ServingPlan } from '../capacity';
import type { NodePool } from '../compute-cluster';
import type { TenantNamespace } from '../tenant-namespace';
import { type Deployment, expertsGib, type WeightsFormat, type WeightsModel } from './catalogue';
import { shmGib } from './pod-template';

/** `--gpu-memory-utilization` where nothing else is asked for (vllm-ascend docs/source/faqs.md, 12, 182b75e). */
const MEMORY_UTILIZATION = 0.9;

/** What the proofs of the cluster want to know about a serving on one server a replica. */
export function servingPlan(serving: {
  readonly path: string;
  readonly name: string;
  readonly tenant: TenantNamespace;
  readonly pool: NodePool;
  readonly model: WeightsModel;
  readonly deployment: Deployment;
  readonly replicas: number;
  readonly rollout: ServingPlan['rollout'];
  readonly disruptionBudget: ServingPlan['disruptionBudget'];
}): ServingPlan {
  const { tenant, pool, model, deployment, ...rest } = serving;
  const share = hostShare(pool.server, deployment.npus);
  return {
    ...rest,
    namespace: tenant.namespace,
    resourceName: tenant.resourceName,
    pool: pool.name,
    model: servedModel(model, deployment),
    parallelism: {
      tensor: deployment.tensorParallel,
      data: deployment.dataParallel ?? 1,
      pipeline: deployment.pipelineParallel ?? 1,
      prefillContext: 1,
      expert: deployment.expertParallel ?? false,
    },
    memoryUtilization: deployment.arguments?.gpuMemoryUtilization ?? MEMORY_UTILIZATION,
    podsPerReplica: 1,
    npusPerPod: deployment.npus,
    podCpus: share.cpus,
    podMemoryGib: share.memoryGib,
    shmGib: shmGib(deployment.npus),
    nodeSelector: tenant.cluster.nodeSelector(pool),
    tolerations: [npuToleration(pool.resourceName)],
  };
}

/** A model of the catalogue as a deployment of it loads it. */
export function servedModel(model: WeightsModel, deployment: Deployment): ServedModel {
  const weights = deployment.weights ?? model.weights;
  const experts = expertsGib(model, weights);
  return {
    id: model.id,
    weightsGib: weights.sizeGib,
    ...(experts ? { expertsGib: experts } : {}),
    mixtureOfExperts: model.activeBillions !== undefined,
    weightsFormat: weights.format,
    dataTypes: [...new Set([COMPUTE[deployment.dtype], ...STORED[weights.format]])],
    attention: model.attention ?? {
      unknown: `no published configuration of the attention of ${model.id}`,
    },
    contextTokens: deployment.arguments?.maxModelLen ?? model.contextLength?.value,
  };
}

const COMPUTE: Readonly<Record<Deployment['dtype'], DataType>> = {
  bfloat16: 'BF16',
  float16: 'FP16',
  float32: 'FP32',
};

/** Weights in 16 bits become what is computed with when they are loaded. */
const STORED: Readonly<Record<WeightsFormat, readonly DataType[]>> = {
  fp32: [],
  bf16: [],
  fp16: [],
  fp8: ['FP8'],
  mxfp4: ['FP4'],
  w8a8: ['INT8'],
  w8a8sc: ['INT8'],
  w4a8: ['INT4', 'INT8'],
  w4a16: ['INT4'],
};
