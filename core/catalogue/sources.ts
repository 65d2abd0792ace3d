/** Documents that several entries quote. */

/** A tutorial of vllm-ascend for a model. */
export function tutorial(name: string): string {
  return `vllm-project/vllm-ascend docs/source/tutorials/models/${name}.md (182b75e)`;
}

/** A test of vllm-ascend that runs every night on the hardware named by its file. */
export function nightly(name: string): string {
  return `vllm-project/vllm-ascend tests/e2e/nightly/single_node/models/configs/${name}.yaml (182b75e)`;
}

/** Models that vllm-ascend says it serves, supported or experimental, without how. */
export const SUPPORT_MATRIX =
  'vllm-project/vllm-ascend docs/source/user_guide/support_matrix/supported_models.md (182b75e)';

/** The published configuration of a model, where ai-dynamo/aiconfigurator holds a copy of it. */
export function config(repository: string): string {
  return `config.json of ${repository}, as copied in ai-dynamo/aiconfigurator model_configs (095f58a)`;
}

/** An entry of anomalyco/models.dev: dates of releases. */
export function modelsDev(path: string): string {
  return `anomalyco/models.dev models/${path}.toml (f3fc69229)`;
}

/** A recipe of vLLM for a model. */
export function recipe(repository: string): string {
  return `vllm-project/recipes models/${repository}.yaml (8959cf6)`;
}
