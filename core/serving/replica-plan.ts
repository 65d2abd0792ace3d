import { type DataType, hostShare, type Server } from '../accelerator';
import type { ServedModel } from '../capacity';
import {
  expertsGib,
  type FlagValue,
  type ModelDeployment,
  type VllmArguments,
  type WeightsFormat,
  type WeightsModel,
} from '../catalogue';
import type { Sizing } from './fit';
import { vllmArguments } from './vllm-arguments';

/** What a serving sets for its replicas. */
export interface ReplicaSettings {
  readonly arguments: VllmArguments;
  readonly environment: Readonly<Record<string, string>>;
  readonly flags: Readonly<Record<string, FlagValue>>;
}

/** The part of a plan that a replica decides alone, wherever it runs. */
export function replicaPlan(
  model: WeightsModel,
  fit: Sizing,
  server: Server,
  given: ReplicaSettings,
) {
  const { deployment, npusPerPod } = fit;
  const share = hostShare(server, npusPerPod);
  const vllm = vllmArguments({ fit, arguments: given.arguments });
  const hcclBuffer = { ...deployment.environment, ...given.environment }.HCCL_BUFFSIZE;
  const served = servedModel(model, { ...deployment, arguments: vllm });
  const cacheType = `${given.flags['kv-cache-dtype'] ?? ''}`;
  return {
    model: cacheType.startsWith('fp8')
      ? { ...served, dataTypes: [...served.dataTypes, 'FP8' as const] }
      : served,
    ...(model.runtime === 'container'
      ? {}
      : { parallelism: parallelism(fit), memoryUtilization: vllm.gpuMemoryUtilization }),
    ...(hcclBuffer === undefined ? {} : { hcclBufferMib: Number(hcclBuffer) }),
    podsPerReplica: fit.pods,
    npusPerPod,
    podCpus: share.cpus,
    podMemoryGib: share.memoryGib,
    shmGib: shmGib(npusPerPod),
  };
}

function parallelism({ deployment, dataParallel, dataParallelLocal }: Sizing) {
  return {
    tensor: deployment.tensorParallel,
    data: dataParallel,
    dataLocal: dataParallelLocal,
    pipeline: deployment.pipelineParallel ?? 1,
    prefillContext: 1,
    expert: deployment.expertParallel ?? false,
  };
}

/** A model of the catalogue as a deployment of it loads it. */
export function servedModel(model: WeightsModel, deployment: ModelDeployment): ServedModel {
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

const COMPUTE: Readonly<Record<ModelDeployment['dtype'], DataType>> = {
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

/** Shared memory in GiB, counted inside the memory limit: HCCL needs more with several devices. */
export function shmGib(npus: number): number {
  return npus === 1 ? 16 : 64;
}
