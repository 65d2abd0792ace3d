import type { Fact, Server } from '../../accelerator';

/** Hardware families that the vllm-ascend documentation speaks of; A2 with 64 GiB a chip. */
export type Platform = 'A2' | 'A3' | '310P';

/** How a replica of a model runs on a platform. */
export interface Deployment {
  /** Servers of a replica. */
  readonly servers: number;
  /** NPUs (schedulable devices) of a replica. */
  readonly npus: number;
  readonly tensorParallel: number;
  /** @default 1 */
  readonly dataParallel?: number;
  readonly expertParallel?: boolean;
  readonly source: string;
  /** Why this is an assumption. @default - documented by the source */
  readonly assumed?: string;
}

/** A model of the catalogue. */
export interface Model {
  /** Short name, a DNS label: the name that clients call. */
  readonly id: string;
  /** Repository on ModelScope. */
  readonly modelScopeId: string;
  /** Parameters in billions. */
  readonly parametersBillions: Fact<number>;
  /** Where the model and its base come from. */
  readonly origin: 'domestic' | 'foreign';
  /** Whether weights are quantized for Ascend; then `--quantization ascend` is mandatory. */
  readonly quantized: boolean;
  /** Whether the model answers with vectors instead of text (`--runner pooling`). */
  readonly pooling: boolean;
  readonly deployments: Partial<Record<Platform, Deployment>>;
}

/** The platform of a server. @returns undefined where no documented model requirements exist for it */
export function platformOf(server: Server): Platform | undefined {
  const { id } = server.accelerator;
  if (id.startsWith('910B') && server.memoryGibPerNpu === 64) return 'A2';
  if (id.startsWith('910C')) return 'A3';
  return id === '310P' ? '310P' : undefined;
}
