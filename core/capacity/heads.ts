import type { Attention } from './serving-plan';

/**
 * Whether attention heads divide among tensor parallel ranks: vLLM gives each the same number of query heads;
 * KV heads are shared out, or each is copied to the same number of ranks
 * (`ModelConfig.verify_with_parallel_config`, `QKVParallelLinear`). With MLA there is one compressed KV head,
 * on every rank.
 * @param ranks tensor parallel size
 */
export function headsDivideAmong(attention: Attention, ranks: number): boolean {
  return (
    attention.heads % ranks === 0 &&
    (attention.kind === 'mla' || attention.kvHeads % ranks === 0 || ranks % attention.kvHeads === 0)
  );
}
