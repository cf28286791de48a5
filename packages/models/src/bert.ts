/**
 * The layer that BERT is made of (arXiv 1810.04805), norms after the shortcuts: the Q-Former and the C-Former are stacks
 * of it. Names of parameters are those of transformers' `BertLayer`.
 */
import { add, gelu, type Parameters, type Tensor } from '@x-llm/onnx';
import { attention, layerNorm, linear, splitHeads } from './layers.ts';

export interface BertSizes {
  readonly width: number;
  readonly heads: number;
  readonly feedForwardWidth: number;
  readonly epsilon: number;
}

/** One layer's keys and values, [B, H, T, D]. */
export interface KeyValue {
  readonly key: Tensor;
  readonly value: Tensor;
}

/** `dense`, the shortcut, and the norm: how every sub-layer ends. */
function output(sizes: BertSizes, parameters: Parameters, x: Tensor, shortcut: Tensor): Tensor {
  const projected = linear(parameters.at('dense'), x, sizes.width);
  return layerNorm(parameters.at('LayerNorm'), add(projected, shortcut), sizes.epsilon);
}

/** Keys and values of `x` [B, T, ·]; `parameters` hold `key` and `value`. */
export function keyValue(sizes: BertSizes, parameters: Parameters, x: Tensor): KeyValue {
  const project = (name: string) => splitHeads(linear(parameters.at(name), x, sizes.width), sizes.heads);
  return { key: project('key'), value: project('value') }; // [B, H, T, D]
}

/** Attention of `x` [B, T, C] to keys and values; `parameters` hold `self.query` and `output`. */
export function attend(
  sizes: BertSizes,
  parameters: Parameters,
  x: Tensor,
  { key, value }: KeyValue,
  mask: Tensor | undefined,
): Tensor {
  const query = splitHeads(linear(parameters.at('self.query'), x, sizes.width), sizes.heads);
  return output(sizes, parameters.at('output'), attention({ query, key, value, mask }), x);
}

/** `stream`: what the names of the feed-forward network end in; a Q-Former layer has two. */
export function feedForward(
  sizes: BertSizes,
  layer: Parameters,
  x: Tensor,
  stream: '' | '_query' = '',
): Tensor {
  const inner = gelu(linear(layer.at(`intermediate${stream}.dense`), x, sizes.feedForwardWidth));
  return output(sizes, layer.at(`output${stream}`), inner, x);
}
