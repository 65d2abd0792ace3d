import type { Fact } from '../accelerator';
import type { Attention } from '../capacity';

/** Grouped or multi-head attention. */
export function mha(
  layers: number,
  heads: number,
  kvHeads: number,
  headDim: number,
  source: string,
): Fact<Attention> {
  return { value: { kind: 'mha', layers, heads, kvHeads, headDim }, source };
}

/**
 * Multi-head latent attention with the ranks that all models of the catalogue have.
 * @param indexHeadDim of sparse attention, where it has an index
 */
export function mla(
  layers: number,
  heads: number,
  source: string,
  indexHeadDim?: number,
): Fact<Attention> {
  return {
    value: {
      kind: 'mla',
      layers,
      heads,
      kvLoraRank: 512,
      ropeHeadDim: 64,
      ...(indexHeadDim ? { indexHeadDim } : {}),
    },
    source,
  };
}

/** Parameters of the routed experts in billions: three matrices each. */
export function routedExperts(shape: {
  /** Layers with experts. */
  readonly layers: number;
  /** Routed experts of a layer. */
  readonly experts: number;
  readonly hiddenSize: number;
  /** Inner width of an expert. */
  readonly innerSize: number;
  readonly source: string;
}): Fact<number> {
  const { layers, experts, hiddenSize, innerSize, source } = shape;
  return {
    value: Math.round((layers * experts * 3 * hiddenSize * innerSize) / 1e8) / 10,
    source: `${source}: ${layers} layers × ${experts} experts × 3 × ${hiddenSize} × ${innerSize}`,
  };
}
