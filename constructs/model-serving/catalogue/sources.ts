/** Documents that several entries quote. */

/** A tutorial of vllm-ascend for a model. */
export function tutorial(name: string): string {
  return `vllm-project/vllm-ascend docs/source/tutorials/models/${name}.md (182b75e)`;
}

/** Models that vllm-ascend says it serves, supported or experimental, without how. */
export const SUPPORT_MATRIX =
  'vllm-project/vllm-ascend docs/source/user_guide/support_matrix/supported_models.md (182b75e)';
