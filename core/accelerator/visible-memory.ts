import type { AcceleratorId, Fact } from './catalogue';
import type { Server } from './server-forms';

const A2: Fact<number> = {
  value: 60.96,
  source: 'vllm-project/vllm-ascend#5020 (Atlas 800I A2), #3843: 65,452,113,920 bytes in all',
};
const A3: Fact<number> = { value: 61.27, source: 'sgl-project/sglang#29838 (Atlas A3)' };

/** GiB of a device that software sees, less than is built in: firmware and driver have the rest. */
const VISIBLE_GIB: Readonly<Partial<Record<AcceleratorId, Fact<number>>>> = {
  '910B1': A2,
  '910B2': A2,
  '910B3': A2,
  '910B4-1': A2,
  '910C-752': A3,
  '910C-560': A3,
  '310P': { value: 43.24, source: 'vllm-project/vllm-ascend#14274: 44,278 MB of a 300I Duo chip' },
};

/** GiB of one NPU that software can have; where nobody has told it, all that is built in: a limit from above. */
export function visibleMemoryGib({ accelerator, memoryGibPerNpu }: Server): number {
  return VISIBLE_GIB[accelerator.id]?.value ?? memoryGibPerNpu;
}
