import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const WORDS = 1000;

/** As small as vLLM takes it. Nothing is loaded: only the configuration decides how the engine runs. */
const COMMON = {
  vocab_size: WORDS,
  hidden_size: 64,
  intermediate_size: 64,
  num_hidden_layers: 2,
  max_position_embeddings: 1_048_576,
  torch_dtype: 'bfloat16',
  bos_token_id: 2,
  eos_token_id: 1,
};

const DENSE = {
  ...COMMON,
  architectures: ['Qwen3ForCausalLM'],
  model_type: 'qwen3',
  num_attention_heads: 64,
  num_key_value_heads: 8,
  head_dim: 128,
};

/** A mixture of experts: only of such a model do data-parallel ranks step together. */
const EXPERTS = {
  ...COMMON,
  architectures: ['DeepseekV3ForCausalLM'],
  model_type: 'deepseek_v3',
  num_attention_heads: 128,
  num_key_value_heads: 128,
  moe_intermediate_size: 32,
  n_routed_experts: 64,
  n_shared_experts: 1,
  num_experts_per_tok: 2,
  first_k_dense_replace: 1,
  q_lora_rank: 16,
  kv_lora_rank: 512,
  qk_rope_head_dim: 64,
  qk_nope_head_dim: 128,
  v_head_dim: 128,
};

/** Writes a folder that vLLM takes for weights: configuration and tokenizer. @returns the folder */
export function standInWeights(folder: string, mixtureOfExperts: boolean): string {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, value: object) =>
    writeFileSync(join(folder, name), JSON.stringify(value));
  write('config.json', mixtureOfExperts ? EXPERTS : DENSE);
  write('tokenizer.json', {
    version: '1.0',
    added_tokens: [],
    pre_tokenizer: { type: 'Whitespace' },
    model: {
      type: 'WordLevel',
      vocab: Object.fromEntries(Array.from({ length: WORDS }, (_, id) => [`t${id}`, id])),
      unk_token: 't0',
    },
  });
  write('tokenizer_config.json', { tokenizer_class: 'PreTrainedTokenizerFast', unk_token: 't0' });
  return folder;
}
