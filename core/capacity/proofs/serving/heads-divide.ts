import { headsDivideAmong } from '../../heads';
import { type Attention, isKnown } from '../../serving-plan';
import { servingProof } from './serving-proof';

/** Queries a KV head that the graph mode of vllm-ascend is said to take with MLA. */
const MLA_QUERIES = [32, 64, 128];
const MLA_DOUBT =
  'faqs.md of vllm-ascend (13, of 2025) asks for 32, 64 or 128 with MLA in graph mode, tutorials beside it run fewer (182b75e: Kimi-K2.5 with 64 heads and TP 4)';

/** vLLM refuses to start with other tensor parallel sizes. */
export const headsDivide = servingProof(
  { id: 'AICC-SRV-002', title: 'attention heads divide among tensor parallel ranks' },
  ({ plan: { model, parallelism } }) => {
    if (parallelism === undefined) return undefined;
    const { tensor } = parallelism;
    if (tensor === 1) return undefined;
    if (!isKnown(model.attention)) {
      return {
        holds: true,
        arithmetic: `TP ${tensor}, heads not known`,
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
      arithmetic: `TP ${tensor}, ${describe(attention)}: TP may be ${allowed.join(', ')}`,
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
