/** The pieces that every model here is made of. Weights lie as PyTorch checkpoints have them: [out, in]. */
import {
  add,
  type Dim,
  GraphError,
  layerNormalization,
  matMul,
  matMulNBits,
  type Parameters,
  reshape,
  softmax,
  type Tensor,
  transpose,
} from '@x-llm/onnx';

/**
 * y = x·Wᵀ + b for `x` [..., width] → [..., outWidth], with `weight` [outWidth, width], quantised or not, and `bias`
 * [outWidth] below `parameters`.
 */
export function linear(
  parameters: Parameters,
  x: Tensor,
  outWidth: number,
  options: { readonly bias?: boolean } = {},
): Tensor {
  const weight = parameters.matrix('weight', outWidth, widthOf(x));
  const y = 'packed' in weight ? matMulNBits(x, weight) : matMul(x, weight, { transposeB: true });
  return options.bias === false ? y : add(y, parameters.get('bias', [outWidth]));
}

/** Layer normalisation over the last axis, with `weight` and `bias` below `parameters`. */
export function layerNorm(parameters: Parameters, x: Tensor, epsilon: number): Tensor {
  const shape = [widthOf(x)];
  return layerNormalization(x, parameters.get('weight', shape), parameters.get('bias', shape), epsilon);
}

/** Cuts the width into heads: [B, T, H·D] → [B, H, T, D]. */
export function splitHeads(x: Tensor, heads: number): Tensor {
  const [batch, length] = batchAndLength(x);
  const width = widthOf(x);
  if (width % heads !== 0) {
    throw new GraphError(`a width of ${width} does not divide into ${heads} heads`, x.graph.scopePath);
  }
  return transpose(reshape(x, [batch, length, heads, width / heads]), [0, 2, 1, 3]); // [B, H, T, D]
}

/** Undoes `splitHeads`: [B, H, T, D] → [B, T, H·D]. */
export function mergeHeads(x: Tensor): Tensor {
  const rows = transpose(x, [0, 2, 1, 3]); // [B, T, H, D]
  const [batch, length] = batchAndLength(rows);
  return reshape(rows, [batch, length, Number(rows.shape[2]) * widthOf(rows)]); // [B, T, H·D]
}

export interface AttentionInputs {
  /** [B, H, T, D] */
  readonly query: Tensor;
  /** [B, H, S, D] */
  readonly key: Tensor;
  /** [B, H, S, D] */
  readonly value: Tensor;
  /** Added to the scores [B, H, T, S], to which it broadcasts. */
  readonly mask?: Tensor | undefined;
}

/** softmax(q·kᵀ/√D + mask)·v, the heads merged: [B, T, H·D] (arXiv 1706.03762). */
export function attention({ query, key, value, mask }: AttentionInputs): Tensor {
  const scores = matMul(query, key, { transposeB: true, alpha: widthOf(query) ** -0.5 }); // [B, H, T, S]
  const weights = softmax(mask ? add(scores, mask) : scores, -1);
  return mergeHeads(matMul(weights, value)); // [B, T, H·D]
}

/** The last dimension, which has to be a number. */
export function widthOf(x: Tensor): number {
  const width = x.shape.at(-1);
  if (typeof width === 'number') return width;
  throw new GraphError(`expected a last axis of known width, got [${x.shape}]`, x.graph.scopePath);
}

function batchAndLength(x: Tensor): [Dim, Dim] {
  const [batch, length] = x.shape;
  if (batch !== undefined && length !== undefined) return [batch, length];
  throw new GraphError(`expected at least [B, T, C], got [${x.shape}]`, x.graph.scopePath);
}
