import { headsDivideAmong } from '../../heads';
import { type Attention, isKnown } from '../../serving-plan';
import { servingProof } from './serving-proof';

/** Queries a KV head that the graph mode of vllm-ascend is said to take with MLA. */
const MLA_QUERIES = [32, 64, 128];
const MLA_DOUBT =
  'faqs.md of vllm-ascend (13, of 2025) asks for 32, 64 or 128 with MLA in graph mode, tutorials beside it run fewer (182b75e: Kimi-K2.5 with 64 heads and TP 4)';

export const headsDivide = servingProof(
  {
    id: 'AICC-SRV-002',
    title: 'attention heads divide among tensor parallel ranks',
    why:
      'vLLM gives each tensor parallel rank the same number of query heads; KV heads are shared ' +
      'out, or each is copied to the same number of ranks ' +
      '(`ModelConfig.verify_with_parallel_config`, `QKVParallelLinear`). With MLA there is one ' +
      'compressed KV head, on every rank.',
  },
  ({ plan: { model, parallelism } }) => {
    if (parallelism === undefined) return undefined;
    const { tensor } = parallelism;
    if (tensor === 1) return undefined;
    if (!isKnown(model.attention)) {
      return {
        holds: true,
        statement: `TP ${tensor}, heads not known`,
        remedy: 'give the attention of the model with its source',
        notProven: model.attention.unknown,
      };
    }
    const attention = model.attention.value;
    const allowed = sizes(attention);
    const holds = allowed.includes(tensor);
    const perRank = attention.heads / tensor;
    return {
      holds,
      statement: `TP ${tensor}, ${describe(attention)}: TP may be ${allowed.join(', ')}`,
      remedy: `use a tensor parallel size of ${allowed.join(', ')}`,
      ...(holds && attention.kind === 'mla' && !MLA_QUERIES.includes(perRank)
        ? { notProven: `${perRank} heads a rank: ${MLA_DOUBT}` }
        : {}),
    };
  },
);

/** Tensor parallel sizes that divide the heads. */
function sizes(attention: Attention): number[] {
  const all = Array.from({ length: attention.heads }, (_, index) => index + 1);
  return all.filter((size) => headsDivideAmong(attention, size));
}

function describe(attention: Attention): string {
  return attention.kind === 'mla'
    ? `${attention.heads} heads with one KV vector`
    : `${attention.heads} heads and ${attention.kvHeads} KV heads`;
}
