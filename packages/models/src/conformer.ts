/**
 * Conformer encoder: attention for what lies far apart, convolution for what lies close, between two half feed-forward
 * networks.
 *
 * Paper: arXiv 2005.08100; positions relative as in Transformer-XL (arXiv 1901.02860). Reference: ESPnet's
 * `ConformerEncoder` with `rel_pos_type` "latest", as FunASR `funasr/models/conformer/encoder.py` @ 3c58cb5 has it, in
 * evaluation mode. Names of parameters are ESPnet's. What the reference does with padded frames is kept: the mask hides
 * them from attention, but the convolutions of a batch see them.
 */
import {
  add,
  cast,
  conv,
  div,
  type Graph,
  GraphError,
  less,
  matMul,
  max,
  mul,
  type Parameters,
  pad,
  range,
  reduceMax,
  relu,
  reshape,
  sigmoid,
  slice,
  split,
  sqrt,
  sub,
  type Tensor,
  transpose,
} from '@x-llm/onnx';
import { attention, layerNorm, linear, splitHeads, widthOf } from './layers.ts';
import { bidirectionalMask } from './q-former-masks.ts';

export interface ConformerConfig {
  /** Features of a frame: mel bands. */
  readonly inputWidth: number;
  readonly width: number;
  readonly heads: number;
  readonly feedForwardWidth: number;
  readonly blocks: number;
  /** Frames that the depthwise convolution looks at, odd. */
  readonly kernel: number;
  readonly layerNormEpsilon: number;
  readonly batchNormEpsilon: number;
  /** Channels of the two convolutions in front; `width`, as in ESPnet, when left out. */
  readonly subsamplingChannels?: number;
  /** The norm behind the depthwise convolution: ESPnet's, or WeNet's `cnn_module_norm: layer_norm`. */
  readonly convolutionNorm?: 'batch' | 'layer';
  /** Blocks, from 0, after which the larger of every two frames stays (CIF-PyTorch's pooling in time). */
  readonly poolAfter?: readonly number[];
  /**
   * Whether a padded sequence is heard as it is alone: only frames that see no padding count, and convolutions see
   * zeros behind them. ESPnet's do not do that.
   */
  readonly hidesPadding?: boolean;
}

export interface ConformerOutputs {
  /** After subsampling and scaling, [B, S, C]. */
  readonly subsampled: Tensor;
  /** Sinusoids of the relative positions S−1 … −(S−1), [1, 2S − 1, C]; before any pooling. */
  readonly positions: Tensor;
  /** int64 [B, S], 1 for a frame that counts; of the output. */
  readonly mask: Tensor;
  /** int64 [B]: frames that count. */
  readonly lengths: Tensor;
  /** After each block, [B, S, C], pooled where that follows. */
  readonly blocks: readonly Tensor[];
  /** `after_norm` of the last: [B, S, C]. */
  readonly output: Tensor;
}

/** Frames that are left of `frames` after the two convolutions of stride 2 without padding. */
export const subsampledFrames = (frames: number): number => halved(halved(frames));
const halved = (frames: number): number => Math.floor((frames - 1) / 2);

/** Frames of the output that `frames` of features become. */
export const encodedFrames = (config: ConformerConfig, frames: number): number =>
  (config.poolAfter ?? []).reduce((left) => Math.floor(left / 2), subsampledFrames(frames));

/** `features` [B, T, inputWidth] → [B, S, C], S about T / 4. */
function subsample(config: ConformerConfig, parameters: Parameters, features: Tensor): Tensor {
  const { width, subsamplingChannels: channels = width } = config;
  const [batch = 1, frames = 1, bands = 1] = features.shape;
  let x = reshape(features, [batch, 1, frames, bands]);
  for (const [index, given] of [1, channels].entries()) {
    const own = parameters.at(`conv.${2 * index}`); // a ReLU stands between them
    x = relu(conv(x, own.get('weight', [channels, given, 3, 3]), own.get('bias', [channels]), { stride: 2 }));
  }
  const [, , left = 1, height = 1] = x.shape;
  const rows = reshape(transpose(x, [0, 2, 1, 3]), [batch, left, channels * Number(height)]); // [B, S, C·F]
  return mul(linear(parameters.at('out.0'), rows, width), x.graph.scalar('float32', Math.sqrt(width)));
}

/** sin in even, cos in odd columns, wavelengths from 2π to 10000·2π; the earliest relative position first. */
function relativePositions(graph: Graph, frames: number, width: number): Tensor {
  const rows = Array.from({ length: 2 * frames - 1 }, (_, row) =>
    Array.from({ length: width }, (_, column) => {
      const angle = (frames - 1 - row) / 10_000 ** ((column - (column % 2)) / width);
      return column % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }),
  );
  return graph.constant('float32', [1, 2 * frames - 1, width], rows.flat());
}

/** Of `lengths` int64 [B] frames, how many count after subsampling: int64 [B]. */
function countedFrames({ hidesPadding = false }: ConformerConfig, lengths: Tensor): Tensor {
  const constant = (value: number) => lengths.graph.scalar('int64', value);
  const halve = (x: Tensor) => div(max(sub(x, constant(1)), constant(0)), constant(2));
  if (hidesPadding) return halve(halve(lengths));
  return div(add(lengths, constant(3)), constant(4)); // a frame counts when the first of the four it stands for does
}

/** 1 for the first `lengths` int64 [B] of `frames`: int64 [B, S]. */
function maskOf(lengths: Tensor, frames: number): Tensor {
  const [batch = 1] = lengths.shape;
  return cast(less(range(lengths.graph, frames), reshape(lengths, [batch, 1])), 'int64');
}

/** The larger of every two frames, value by value; an odd last one is dropped: [B, S, C] → [B, ⌊S/2⌋, C]. */
function poolPairs(x: Tensor): Tensor {
  const [batch = 1, frames = 1, width = 1] = x.shape;
  const pairs = Math.floor(Number(frames) / 2);
  return reduceMax(reshape(slice(x, 1, 0, 2 * pairs), [batch, pairs, 2, width]), [2]);
}

const swish = (x: Tensor): Tensor => mul(x, sigmoid(x));

function feedForward(config: ConformerConfig, parameters: Parameters, x: Tensor): Tensor {
  return linear(
    parameters.at('w_2'),
    swish(linear(parameters.at('w_1'), x, config.feedForwardWidth)),
    config.width,
  );
}

/** Row i of [B, H, S, 2S − 1] moved left by S − 1 − i, so that column j becomes the position of j seen from i: [B, H, S, S]. */
function relativeShift(x: Tensor): Tensor {
  const [batch = 1, heads = 1, frames = 1] = x.shape;
  const count = Number(frames);
  const padded = reshape(pad(x, 3, 1, 0), [batch, heads, 2 * count, count]);
  const moved = reshape(slice(padded, 2, 1), [batch, heads, count, 2 * count - 1]);
  return slice(moved, 3, 0, count);
}

/** Scores (q + u)·kᵀ + shift((q + v)·pᵀ), over √D. */
function selfAttention(
  { width, heads }: ConformerConfig,
  parameters: Parameters,
  x: Tensor,
  positions: Tensor,
  mask: Tensor,
): Tensor {
  const project = (name: string) => splitHeads(linear(parameters.at(name), x, width), heads);
  const [query, key, value] = [project('linear_q'), project('linear_k'), project('linear_v')]; // [B, H, S, D]
  const places = splitHeads(linear(parameters.at('linear_pos'), positions, width, { bias: false }), heads);
  const headWidth = width / heads;
  const bias = (name: string) => reshape(parameters.get(name, [heads, headWidth]), [heads, 1, headWidth]);
  const distances = matMul(add(query, bias('pos_bias_v')), places, {
    transposeB: true,
    alpha: headWidth ** -0.5,
  }); // [B, H, S, 2S − 1]
  const mixed = attention({
    query: add(query, bias('pos_bias_u')),
    key,
    value,
    mask: add(relativeShift(distances), mask),
  });
  return linear(parameters.at('linear_out'), mixed, width);
}

/** A convolution of kernel 1 on [B, S, C]. */
function pointwise(parameters: Parameters, x: Tensor, outWidth: number): Tensor {
  const weight = reshape(parameters.get('weight', [outWidth, widthOf(x), 1]), [outWidth, widthOf(x)]);
  return add(matMul(x, weight, { transposeB: true }), parameters.get('bias', [outWidth]));
}

/** With the statistics of training: x ← (x − mean) / √(variance + ε) · weight + bias, on [B, C, S]. */
function batchNorm({ width, batchNormEpsilon }: ConformerConfig, parameters: Parameters, x: Tensor): Tensor {
  const column = (name: string) => reshape(parameters.get(name, [width]), [width, 1]);
  const deviation = sqrt(add(column('running_var'), x.graph.scalar('float32', batchNormEpsilon)));
  const centred = sub(x, column('running_mean'));
  return add(mul(div(centred, deviation), column('weight')), column('bias'));
}

function convolutionModule(
  config: ConformerConfig,
  parameters: Parameters,
  x: Tensor,
  counted: Tensor | undefined,
): Tensor {
  const { width, kernel, convolutionNorm = 'batch', layerNormEpsilon } = config;
  const [value, gate] = split(pointwise(parameters.at('pointwise_conv1'), x, 2 * width), 2, [width, width]);
  if (!value || !gate) throw new Error('two halves');
  const open = mul(value, sigmoid(gate));
  const gated = transpose(counted ? mul(open, counted) : open, [0, 2, 1]); // [B, C, S]
  const depthwise = parameters.at('depthwise_conv');
  const near = conv(gated, depthwise.get('weight', [width, 1, kernel]), depthwise.get('bias', [width]), {
    padding: (kernel - 1) / 2,
    groups: width,
  });
  const norm = parameters.at('norm');
  const normed =
    convolutionNorm === 'layer'
      ? layerNorm(norm, transpose(near, [0, 2, 1]), layerNormEpsilon)
      : transpose(batchNorm(config, norm, near), [0, 2, 1]);
  return pointwise(parameters.at('pointwise_conv2'), swish(normed), width);
}

/** What a block knows of the frames it is given. */
interface Surroundings {
  readonly positions: Tensor;
  /** Added to attention's scores. */
  readonly added: Tensor;
  /** [B, S, 1], 1 for a frame that counts; absent where padding is not hidden from convolutions. */
  readonly counted: Tensor | undefined;
}

function surroundings(config: ConformerConfig, lengths: Tensor, frames: number): Surroundings {
  const mask = maskOf(lengths, frames);
  const [batch = 1] = lengths.shape;
  return {
    positions: relativePositions(lengths.graph, frames, config.width),
    added: bidirectionalMask(mask),
    counted: config.hidesPadding ? reshape(cast(mask, 'float32'), [batch, frames, 1]) : undefined,
  };
}

function block(
  config: ConformerConfig,
  parameters: Parameters,
  input: Tensor,
  { positions, added, counted }: Surroundings,
): Tensor {
  const half = input.graph.scalar('float32', 0.5);
  const norm = (name: string, x: Tensor) => layerNorm(parameters.at(name), x, config.layerNormEpsilon);
  const network = (name: string, x: Tensor) => mul(half, feedForward(config, parameters.at(name), x));
  let x = add(input, network('feed_forward_macaron', norm('norm_ff_macaron', input)));
  x = add(x, selfAttention(config, parameters.at('self_attn'), norm('norm_mha', x), positions, added));
  x = add(x, convolutionModule(config, parameters.at('conv_module'), norm('norm_conv', x), counted));
  x = add(x, network('feed_forward', norm('norm_ff', x)));
  return norm('norm_final', x);
}

/**
 * `features` [B, T, inputWidth], T a number, zero where padded; `lengths` int64 [B] are the frames that are not.
 *
 * ```ts
 * const { output, mask } = conformer(config, parameters, features, lengths);   // [B, S, C], [B, S]
 * ```
 */
export function conformer(
  config: ConformerConfig,
  parameters: Parameters,
  features: Tensor,
  lengths: Tensor,
): ConformerOutputs {
  const { graph } = features;
  return graph.scope('conformer', () => {
    const [, length] = features.shape;
    if (typeof length !== 'number') {
      throw new GraphError(`expected a known number of frames, got [${features.shape}]`, graph.scopePath);
    }
    const frames = subsampledFrames(length);
    if (frames < 1)
      throw new GraphError(`${length} frames are too few: at least 7 are needed`, graph.scopePath);
    const encoder = parameters.at('encoder');
    const subsampled = graph.scope('subsample', () => subsample(config, encoder.at('embed'), features));
    let counted = countedFrames(config, lengths);
    let around = surroundings(config, counted, frames);
    const { positions } = around;
    let x = subsampled;
    const blocks = Array.from({ length: config.blocks }, (_, index) => {
      const own = encoder.at(`encoders.${index}`);
      x = graph.scope(`block.${index}`, () => block(config, own, x, around));
      if (config.poolAfter?.includes(index)) {
        x = poolPairs(x);
        counted = div(counted, graph.scalar('int64', 2));
        around = surroundings(config, counted, Number(x.shape[1]));
      }
      return x;
    });
    const output = layerNorm(encoder.at('after_norm'), x, config.layerNormEpsilon);
    return {
      subsampled,
      positions,
      mask: maskOf(counted, Number(output.shape[1])),
      lengths: counted,
      blocks,
      output,
    };
  });
}
