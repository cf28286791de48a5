/**
 * Conformer encoder: attention for what lies far apart, convolution for what lies close, between two half feed-forward
 * networks.
 *
 * Paper: arXiv 2005.08100; positions relative as in Transformer-XL (arXiv 1901.02860). Reference: ESPnet's
 * `ConformerEncoder` with `rel_pos_type` "latest", as FunASR `funasr/models/conformer/encoder.py` @ 3c58cb5 has it, in
 * evaluation mode. Names of parameters are ESPnet's. What the reference does with padded frames is kept unless told
 * otherwise: the mask hides them from attention, but the convolutions of a batch see them. Max-pooling in time between
 * blocks is that of the CIF models (arXiv 1905.11235, 4.2).
 */
import {
  add,
  cast,
  concat,
  conv,
  cos,
  type Dim,
  div,
  floorDim,
  type Graph,
  GraphError,
  less,
  matMul,
  mul,
  multiplyDims,
  type Parameters,
  pad,
  range,
  reduceMax,
  reduceSum,
  relu,
  reshape,
  sigmoid,
  sin,
  sizeTensor,
  slice,
  split,
  sqrt,
  sub,
  subtractDims,
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
  /** After so many blocks, time is halved: the larger of each two frames, an odd last one dropped. Nowhere, if left out. */
  readonly poolAfter?: readonly number[];
  /** Channels of the two convolutions in front; `width`, as in ESPnet, when left out. */
  readonly subsamplingChannels?: number | undefined;
  /** The norm behind the depthwise convolution: ESPnet's, or WeNet's `cnn_module_norm: layer_norm`. */
  readonly convolutionNorm?: 'batch' | 'layer' | undefined;
}

export interface ConformerOptions {
  /**
   * Whether convolutions see padded frames, as in the reference. When they are hidden, and a frame counts only if all that
   * it was made from does, an utterance in a batch says what it says alone.
   */
  readonly padding?: 'seen' | 'hidden';
}

export interface ConformerOutputs {
  /** After subsampling and scaling, [B, S, C]. */
  readonly subsampled: Tensor;
  /** Sinusoids of the relative positions S−1 … −(S−1), [1, 2S − 1, C]. */
  readonly positions: Tensor;
  /** int64 [B, S'], 1 for a frame of the output that counts. */
  readonly mask: Tensor;
  /** How many there are, int64 [B]. */
  readonly lengths: Tensor;
  /** After each block, before any pooling: [B, S, C]. */
  readonly blocks: readonly Tensor[];
  /** `after_norm` of the last: [B, S', C]. */
  readonly output: Tensor;
}

/** Frames that are left of `frames` after the two convolutions of stride 2 without padding. */
export const subsampledFrames = (frames: number): number => halved(halved(frames));
const halved = (frames: number): number => Math.floor((frames - 1) / 2);

/** Frames of the output that `frames` of features become. */
export const encodedFrames = (
  { poolAfter = [] }: Pick<ConformerConfig, 'poolAfter'>,
  frames: number,
): number => poolAfter.reduce((left) => Math.floor(left / 2), subsampledFrames(frames));

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

/** Frames of the input that one of the output stands for. */
export const framesPerOutput = ({ poolAfter = [] }: Pick<ConformerConfig, 'poolAfter'>): number =>
  4 * 2 ** poolAfter.length;

/** sin in even, cos in odd columns, wavelengths from 2π to 10000·2π; the earliest relative position first. */
function relativePositions(graph: Graph, frames: Dim, width: number): Tensor {
  if (typeof frames !== 'number') return positionsAtRunTime(graph, frames, width);
  const rows = Array.from({ length: 2 * frames - 1 }, (_, row) =>
    Array.from({ length: width }, (_, column) => {
      const angle = (frames - 1 - row) / 10_000 ** ((column - (column % 2)) / width);
      return column % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }),
  );
  return graph.constant('float32', [1, 2 * frames - 1, width], rows.flat());
}

/** The same for a number of frames that is not known yet: angles are rounded to float32, as in the reference. */
function positionsAtRunTime(graph: Graph, frames: Dim, width: number): Tensor {
  const rows = subtractDims(multiplyDims(frames, 2), 1);
  const places = sub(sizeTensor(graph, subtractDims(frames, 1)), range(graph, rows)); // S − 1 … −(S − 1)
  const speeds = Array.from({ length: width / 2 }, (_, pair) => 10_000 ** ((-2 * pair) / width));
  const column = reshape(cast(places, 'float32'), [rows, 1, 1]);
  const angles = mul(column, graph.constant('float32', [width / 2, 1], speeds)); // [2S − 1, C / 2, 1]
  return reshape(concat([sin(angles), cos(angles)], 2), [1, rows, width]);
}

/** The last of the input's frames, counted from the first, that the output's first frame is made from. */
const lastSeen = { seen: 0, hidden: 6 } as const;

/** A frame counts when the first of those it is made from does, or the last: `lengths` int64 [B] → int64 [B, S]. */
function validFrames(lengths: Tensor, frames: Dim, padding: 'seen' | 'hidden'): Tensor {
  const { graph } = lengths;
  const [batch = 1] = lengths.shape;
  const first = mul(range(graph, frames), graph.scalar('int64', 4)); // [S]
  const needed = padding === 'seen' ? first : add(first, graph.scalar('int64', lastSeen.hidden));
  return cast(less(needed, reshape(lengths, [batch, 1])), 'int64');
}

/** Pairs of frames, [B, S, …] → [B, ⌊S / 2⌋, 2, …]. */
function pairs(x: Tensor): Tensor {
  const [batch = 1, frames = 1, ...rest] = x.shape;
  const half = floorDim(frames, 2);
  if (half === undefined || half === 0) {
    throw new GraphError(`expected an even number of frames to pool, got ${frames}`, x.graph.scopePath);
  }
  return reshape(slice(x, 1, 0, multiplyDims(half, 2)), [batch, half, 2, ...rest]);
}

/** The larger of each two frames: [B, S, C] → [B, ⌊S / 2⌋, C]. */
const poolTime = (x: Tensor): Tensor => reduceMax(pairs(x), [2]);

/** A pooled frame counts when both of its frames do, so when the second does: [B, S] → [B, ⌊S / 2⌋]. */
function poolMask(mask: Tensor): Tensor {
  const both = pairs(mask);
  const [batch = 1, half = 1] = both.shape;
  return reshape(slice(both, 2, 1), [batch, half]);
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
  const twice = multiplyDims(frames, 2);
  const padded = reshape(pad(x, 3, 1, 0), [batch, heads, twice, frames]);
  const moved = reshape(slice(padded, 2, 1), [batch, heads, frames, subtractDims(twice, 1)]);
  return slice(moved, 3, 0, frames);
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

/** `visible` [B, 1, S] hides padding; all is seen without it. */
function convolutionModule(
  config: ConformerConfig,
  parameters: Parameters,
  x: Tensor,
  visible: Tensor | undefined,
): Tensor {
  const { width, kernel, convolutionNorm = 'batch', layerNormEpsilon } = config;
  const [value, gate] = split(pointwise(parameters.at('pointwise_conv1'), x, 2 * width), 2, [width, width]);
  if (!value || !gate) throw new Error('two halves');
  const gated = transpose(mul(value, sigmoid(gate)), [0, 2, 1]); // [B, C, S]
  const depthwise = parameters.at('depthwise_conv');
  const seen = visible ? mul(gated, visible) : gated;
  const near = conv(seen, depthwise.get('weight', [width, 1, kernel]), depthwise.get('bias', [width]), {
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

/** What all blocks between two poolings share. */
interface Surroundings {
  readonly positions: Tensor;
  /** Added to attention's scores. */
  readonly hidden: Tensor;
  readonly visible: Tensor | undefined;
}

function block(
  config: ConformerConfig,
  parameters: Parameters,
  input: Tensor,
  { positions, hidden, visible }: Surroundings,
): Tensor {
  const half = input.graph.scalar('float32', 0.5);
  const norm = (name: string, x: Tensor) => layerNorm(parameters.at(name), x, config.layerNormEpsilon);
  const network = (name: string, x: Tensor) => mul(half, feedForward(config, parameters.at(name), x));
  let x = add(input, network('feed_forward_macaron', norm('norm_ff_macaron', input)));
  x = add(x, selfAttention(config, parameters.at('self_attn'), norm('norm_mha', x), positions, hidden));
  x = add(x, convolutionModule(config, parameters.at('conv_module'), norm('norm_conv', x), visible));
  x = add(x, network('feed_forward', norm('norm_ff', x)));
  return norm('norm_final', x);
}

/**
 * `features` [B, T, inputWidth], zero where padded; `lengths` int64 [B] are the frames that are not. T is a number, or
 * `framesPerOutput(config)`·S + 3 for any number S of frames that come out.
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
  { padding = 'seen' }: ConformerOptions = {},
): ConformerOutputs {
  const { graph } = features;
  return graph.scope('conformer', () => {
    const [, length] = features.shape;
    if (typeof length === 'number' && subsampledFrames(length) < 1)
      throw new GraphError(`${length} frames are too few: at least 7 are needed`, graph.scopePath);
    const encoder = parameters.at('encoder');
    const subsampled = graph.scope('subsample', () => subsample(config, encoder.at('embed'), features));
    let x = subsampled;
    const around = (keep: Tensor): Surroundings => {
      const [batch = 1, frames = 1] = keep.shape;
      return {
        positions: relativePositions(graph, frames, config.width),
        hidden: bidirectionalMask(keep),
        visible: padding === 'hidden' ? reshape(cast(keep, 'float32'), [batch, 1, frames]) : undefined,
      };
    };
    let mask = validFrames(lengths, subsampled.shape[1] ?? 1, padding);
    let surroundings = around(mask);
    const { positions } = surroundings;
    const blocks = Array.from({ length: config.blocks }, (_, index) => {
      const own = encoder.at(`encoders.${index}`);
      x = graph.scope(`block.${index}`, () => block(config, own, x, surroundings));
      const states = x;
      if (config.poolAfter?.includes(index + 1)) {
        x = poolTime(x);
        mask = poolMask(mask);
        surroundings = around(mask);
      }
      return states;
    });
    const output = layerNorm(encoder.at('after_norm'), x, config.layerNormEpsilon);
    return { subsampled, positions, mask, lengths: reduceSum(mask, [1]), blocks, output };
  });
}
