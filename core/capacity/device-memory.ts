import { type AcceleratorId, type Server, visibleMemoryGib } from '../accelerator';
import { formatNumber, sum } from './inventory';
import { type Attention, isKnown, type Parallelism, type ServingPlan } from './serving-plan';

/** Memory in GiB, and the sum that it comes from. */
export interface MemoryTerm {
  readonly gib: number;
  readonly terms: string;
  /** Why it may be more than that. @default - it is not */
  readonly atLeast?: string;
}

/** What a replica takes on each of its devices. Activations come on top: no source gives their size. */
export interface DeviceMemory {
  /** What the serving may use of a device. */
  readonly budget: MemoryTerm;
  /** @default - the size of the weights is not known */
  readonly weights?: MemoryTerm;
  readonly communication: MemoryTerm;
  /** Left for cache and activations; at most that much where the weights may take more. */
  readonly roomGib?: number;
  /** What vLLM gives of that to the cache, before activations. */
  readonly cacheRoomGib?: number;
}

type Divided = Pick<
  ServingPlan,
  'model' | 'parallelism' | 'podsPerReplica' | 'npusPerPod' | 'memoryUtilization' | 'hcclBufferMib'
>;

export function deviceMemory(plan: Divided, server: Server): DeviceMemory {
  const visible = visibleMemoryGib(server);
  const share = plan.memoryUtilization ?? 1;
  const budget = {
    gib: visible * share,
    terms: share === 1 ? `${gib(visible)}` : `${gib(visible)} × ${share}`,
  };
  const weights = weightsPerDevice(plan);
  const communication = communicationPerDevice(plan);
  const roomGib = weights && budget.gib - weights.gib - communication.gib;
  if (roomGib === undefined) return { budget, communication };
  const cacheRoomGib = roomGib * (CACHE_SHARE[server.accelerator.id] ?? 1);
  return { budget, communication, weights, roomGib, cacheRoomGib };
}

/** The worker of the 310P gives the cache half of what is left (vllm_ascend/_310p/worker_310p.py, 182b75e). */
const CACHE_SHARE: Readonly<Partial<Record<AcceleratorId, number>>> = { '310P': 0.5 };

/**
 * Tensor and pipeline parallelism divide all weights. Data parallel ranks hold copies, but for
 * routed experts, which are shared out over all ranks, with expert parallelism or without (vLLM,
 * `FusedMoEParallelConfig.make`).
 */
function weightsPerDevice(plan: Divided): MemoryTerm | undefined {
  const { model, parallelism } = plan;
  if (!isKnown(model.weightsGib)) return undefined;
  const { value, assumed } = model.weightsGib;
  const npus = plan.npusPerPod * plan.podsPerReplica;
  const size = `${gib(value)}${assumed ? ' (assumed)' : ''}`;
  if (parallelism === undefined) return spread(value, size, npus, 'how it is divided is not known');
  const { tensor, pipeline, data, prefillContext } = parallelism;
  const dividing = tensor * pipeline;
  const copies = data * prefillContext;
  if (copies === 1 || !model.mixtureOfExperts) {
    return { gib: value / dividing, terms: dividing === 1 ? size : `${size} ÷ ${dividing}` };
  }
  if (model.expertsGib === undefined) {
    return spread(value, size, dividing * copies, 'the share of routed experts is not known');
  }
  const experts = model.expertsGib.value;
  return {
    gib: (value - experts) / dividing + experts / (dividing * copies),
    terms: `(${size} − ${gib(experts)} of experts) ÷ ${dividing} + ${gib(experts)} ÷ ${dividing * copies}`,
  };
}

function spread(value: number, size: string, npus: number, why: string): MemoryTerm {
  return npus === 1
    ? { gib: value, terms: size }
    : { gib: value / npus, terms: `${size} ÷ ${npus}`, atLeast: why };
}

/**
 * Each communicator takes 2 × HCCL_BUFFSIZE of every device (hiascend.com, CANN 8.5.0, HCCL_BUFFSIZE);
 * devices that share a copy of the weights have one at least.
 */
function communicationPerDevice({ model, parallelism, hcclBufferMib = 200 }: Divided): MemoryTerm {
  const { tensor = 1, pipeline = 1, data = 1, prefillContext = 1 } = parallelism ?? {};
  const together = tensor * pipeline * prefillContext > 1 || (model.mixtureOfExperts && data > 1);
  return together
    ? { gib: (2 * hcclBufferMib) / 1024, terms: `2 × ${hcclBufferMib} MiB of HCCL` }
    : { gib: 0, terms: '' };
}

/** Bytes of a value in the cache: BF16 or FP16 (`--kv-cache-dtype auto`). */
const CACHE_VALUE_BYTES = 2;

/**
 * What the key-value cache of one request takes on each device: a rank has the layers of its pipeline
 * stage and its share of the KV heads, one at least (vLLM, `get_num_kv_heads`).
 */
export function cachePerDevice(
  attention: Attention,
  { tensor, pipeline, prefillContext }: Parallelism,
  tokens: number,
): MemoryTerm {
  const layers = Math.ceil(attention.layers / pipeline);
  const own = Math.ceil(tokens / prefillContext);
  const [values, shown] =
    attention.kind === 'mla'
      ? [sum(latentDims(attention)), `(${latentDims(attention).join(' + ')})`]
      : [
          2 * Math.max(1, Math.floor(attention.kvHeads / tensor)) * attention.headDim,
          `2 × ${Math.max(1, Math.floor(attention.kvHeads / tensor))} KV heads × ${attention.headDim}`,
        ];
  return {
    gib: (own * layers * values * CACHE_VALUE_BYTES) / 2 ** 30,
    terms: `${formatNumber(own)} tokens × ${layers} layers × ${shown} × ${CACHE_VALUE_BYTES} bytes`,
  };
}

function latentDims(attention: Attention & { kind: 'mla' }): number[] {
  const { kvLoraRank, ropeHeadDim, indexHeadDim } = attention;
  return [kvLoraRank, ropeHeadDim, ...(indexHeadDim ? [indexHeadDim] : [])];
}

/** GiB as they are shown; sums are done with what is not rounded. */
export function gib(value: number): string {
  return `${formatNumber(value)} GiB`;
}
