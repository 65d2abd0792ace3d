import type { AcceleratorId, Fact } from './catalogue';

/** Number formats of weights and activations. */
export type DataType = 'FP32' | 'FP16' | 'BF16' | 'FP8' | 'FP4' | 'INT8' | 'INT4';

/** What is known of an accelerator; a format in neither list is not known. */
export interface DataTypes {
  readonly supported: Fact<readonly DataType[]>;
  readonly unsupported: Fact<readonly DataType[]>;
}

const NO_FP8 =
  'deepseek-ai/DeepSeek-V3#903: INT8 and BF16, no FP8; vllm-ascend supported_models.md (182b75e): MXFP8 and MXFP4 on Ascend 950';

const A2_AND_A3: DataTypes = {
  supported: {
    value: ['FP16', 'BF16', 'INT8', 'INT4'],
    source: 'vllm-project/vllm-ascend docs/source/faqs.md (182b75e), 24: BF16, W8A8, W4A8',
  },
  unsupported: { value: ['FP8', 'FP4'], source: NO_FP8 },
};

/** Number formats by accelerator, as the software knows them that this package deals with. */
export const DATA_TYPES: Readonly<Record<AcceleratorId, DataTypes>> = {
  '910A': {
    supported: { value: ['FP16'], source: 'vllm-project/vllm-ascend#9294' },
    unsupported: {
      value: ['BF16', 'FP8', 'FP4'],
      source: `vllm-project/vllm-ascend#9294: no bfloat16; ${NO_FP8}`,
    },
  },
  '910B1': A2_AND_A3,
  '910B2': A2_AND_A3,
  '910B3': A2_AND_A3,
  '910B4': A2_AND_A3,
  '910B4-1': A2_AND_A3,
  '910C-752': A2_AND_A3,
  '910C-560': A2_AND_A3,
  '310P': {
    supported: {
      value: ['FP16', 'INT8'],
      source: 'vllm-project/vllm-ascend vllm_ascend/_310p/quantization (182b75e): float16, W8A8',
    },
    unsupported: {
      value: ['BF16', 'FP8', 'FP4'],
      source: `ggml-org/llama.cpp#20152: no BF16 on 310P; ${NO_FP8}`,
    },
  },
};
