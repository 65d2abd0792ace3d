import type { VllmArguments } from '../catalogue';
import type { Sizing } from './fit';

/**
 * Share of device memory where nobody asks for another one (vllm-ascend docs/source/faqs.md, 12,
 * 182b75e). It is always written: the proofs count with it, and releases of vLLM differ in theirs.
 */
const MEMORY_UTILIZATION = 0.9;

/** Arguments of the catalogue, and those of the user in their place. */
export function vllmArguments({
  fit,
  arguments: given,
}: {
  readonly fit: Pick<Sizing, 'deployment'>;
  readonly arguments: VllmArguments;
}) {
  return { gpuMemoryUtilization: MEMORY_UTILIZATION, ...fit.deployment.arguments, ...given };
}
