/**
 * CIF, continuous integrate-and-fire: frames are gathered, by a weight each, into one embedding per token. A token is
 * complete when the weights reach 1; the frame it ends in gives the rest of its weight to the next token.
 *
 * Paper: arXiv 1905.11235. References: MingLunHan/CIF-PyTorch `modules/cif_middleware.py` @ 9ce5118, which X-LLM's
 * speech encoder comes from, and FunASR `funasr/models/paraformer/cif_predictor.py` @ 3c58cb5.
 *
 * Both are loops over frames. Here there is none: with C the running sum of the weights and N the tokens that are
 * complete after each frame, A[n] = min(C, boundary n) is the weight that tokens before n hold by then, and a token's
 * weights are the differences A[n + 1] − A[n] from frame to frame. Where a frame may fire but did not, or carries more
 * than one token's weight, N decides and not C alone.
 */
import {
  abs,
  add,
  addDims,
  cast,
  conv,
  cumSum,
  type Dim,
  div,
  equal,
  type Graph,
  greater,
  less,
  matMul,
  max,
  mul,
  not,
  type Parameters,
  pad,
  range,
  reduceMax,
  reduceSum,
  reshape,
  sigmoid,
  sizeTensor,
  slice,
  sub,
  subtractDims,
  type Tensor,
  transpose,
  where,
} from '@x-llm/onnx';
import { linear, widthOf } from './layers.ts';

export interface CifOptions {
  /** A token is complete when its weight reaches this; 1 is taken off then, whatever this is. */
  readonly threshold: number;
  /** Tokens there is room for: a number, or what the graph's symbols make. */
  readonly maximum: Dim;
  /**
   * What a weight above 1 does, which only scaled weights can be: complete one more token in the next frame
   * (CIF-PyTorch), or go to one token in whole (FunASR).
   */
  readonly surplus: 'next-frame' | 'same-token';
  /**
   * What is left at the end becomes a token of its own, brought to weight 1, when it is more than this and a frame of
   * padding follows; without it, it is dropped.
   */
  readonly tail?: number;
}

export interface CifOutputs {
  /** Zero behind the last token: [B, maximum, C]. */
  readonly embeddings: Tensor;
  /** Tokens of each sequence, int64 [B]. */
  readonly counts: Tensor;
  /** The frame in which each token was complete, −1 where there is none; a tail's is the first of padding: int64 [B, maximum]. */
  readonly firedAt: Tensor;
  /** What stands towards the next token after each frame, and 1 more where one fired: [B, T]. */
  readonly fires: Tensor;
}

const number = (graph: Graph, value: number) => graph.scalar('float32', value);
/** 1 where it holds, else 0. */
const indicator = (condition: Tensor): Tensor => cast(condition, 'float32');
const atMost = (a: Tensor, b: Tensor): Tensor => indicator(not(greater(a, b)));
/** 0, 1, …, as float32 [length]. */
const countUp = (graph: Graph, length: Dim): Tensor => cast(range(graph, length), 'float32');
/** ⌊x⌋ of what is not negative. */
const floor = (x: Tensor): Tensor => cast(cast(x, 'int64'), 'float32');
/** The last dimension, whether its number is known or not. */
const lengthOf = (x: Tensor): Dim => x.shape.at(-1) ?? 1;
/** The value of the frame before, 0 in front of the first. */
const frameBefore = (x: Tensor): Tensor => {
  const axis = x.shape.length - 1;
  return slice(pad(x, axis, 1, 0), axis, 0, lengthOf(x));
};

/** 1 for the frames of a sequence, 0 for padding: `lengths` int64 [B] → [B, T]. */
export const frameMask = (lengths: Tensor, frames: Dim): Tensor => {
  const [batch = 1] = lengths.shape;
  return indicator(less(range(lengths.graph, frames), reshape(lengths, [batch, 1])));
};

/** Brings the sum of each row's weights to its number of tokens, as training does: [B, T], both int64 [B] → [B, T]. */
export function scaleToTargets(weights: Tensor, lengths: Tensor, targets: Tensor): Tensor {
  const masked = mul(weights, frameMask(lengths, lengthOf(weights)));
  const [batch = 1] = targets.shape;
  const wanted = reshape(cast(targets, 'float32'), [batch, 1]);
  return mul(masked, div(wanted, reduceSum(masked, [1], { keepDims: true })));
}

/** |Σ weights − tokens| of each sequence, before any scaling: [B], int64 [B] → [B]. Its mean or sum is the quantity loss. */
export const quantityError = (quantities: Tensor, targets: Tensor): Tensor =>
  abs(sub(quantities, cast(targets, 'float32')));

/**
 * Tokens complete after each frame [B, T], the running sum at which the nth was [B, maximum + 1], and what has been
 * taken off the running sum [B, T].
 */
function completed(sums: Tensor, lengths: Tensor, { threshold, maximum, surplus }: CifOptions) {
  const { graph } = sums;
  const [batch = 1] = sums.shape;
  const frames = lengthOf(sums);
  const slots = addDims(maximum, 1);
  const due = floor(add(sums, number(graph, 1 - threshold))); // [B, T]
  const numbers = countUp(graph, slots); // [N + 1]
  if (surplus === 'same-token') {
    const fired = indicator(greater(due, frameBefore(due)));
    const counts = cumSum(fired, 1);
    const isNth = equal(reshape(counts, [batch, 1, frames]), reshape(numbers, [slots, 1])); // [B, N + 1, T]
    const firing = mul(indicator(isNth), reshape(mul(fired, due), [batch, 1, frames]));
    return { counts, boundaries: reduceSum(firing, [2]), taken: due };
  }
  // At most one a frame: N(t) = min over s ≤ t of due(s) + t − s, and t + 1.
  const places = countUp(graph, frames);
  const lag = sub(add(places, number(graph, 1)), due); // [B, T]
  const earlier = atMost(reshape(places, [1, frames]), reshape(places, [frames, 1])); // [T, S]: s ≤ t
  const behind = reduceMax(mul(reshape(lag, [batch, 1, frames]), earlier), [2]); // not below 0: s > t gives 0
  const counts = sub(add(places, number(graph, 1)), behind);
  // The first frame of padding may still fire, later ones do not.
  const last = reshape(cast(lengths, 'float32'), [batch, 1]);
  const atEnd = reduceSum(mul(counts, indicator(equal(places, last))), [1], { keepDims: true });
  const isBehind = greater(places, last);
  const all = where(isBehind, atEnd, counts);
  return { counts: all, boundaries: reshape(numbers, [1, slots]), taken: all };
}

/**
 * `weights` [B, T] between 0 and 1 or scaled, `hidden` [B, T, C], `lengths` int64 [B].
 *
 * ```ts
 * const { embeddings, counts } = cif(weights, hidden, lengths, { threshold: 1, maximum: 40, surplus: 'same-token' });
 * ```
 */
export function cif(weights: Tensor, hidden: Tensor, lengths: Tensor, options: CifOptions): CifOutputs {
  const { graph } = weights;
  return graph.scope('cif', () => {
    const { maximum, tail } = options;
    const [batch = 1] = weights.shape;
    const frames = lengthOf(weights);
    const slots = addDims(maximum, 1);
    const masked = mul(weights, frameMask(lengths, frames));
    const sums = cumSum(masked, 1); // [B, T]
    const { counts, boundaries, taken } = completed(sums, lengths, options);
    const numbers = countUp(graph, slots);

    const isComplete = not(less(reshape(counts, [batch, 1, frames]), reshape(numbers, [slots, 1])));
    const [rows = 1] = boundaries.shape;
    const held = where(isComplete, reshape(boundaries, [rows, slots, 1]), reshape(sums, [batch, 1, frames])); // A: [B, N + 1, T]
    const gained = sub(held, frameBefore(held));
    const shares = sub(slice(gained, 1, 1), slice(gained, 1, 0, maximum)); // [B, N, T]

    const count = slice(counts, 1, subtractDims(frames, 1)); // [B, 1]
    const tokens = slice(numbers, 0, 0, maximum);
    let scale = indicator(less(tokens, count)); // [B, N]
    let firedAt = sum(
      indicator(not(greater(reshape(counts, [batch, 1, frames]), reshape(tokens, [maximum, 1])))),
    );
    let total = count;
    if (tail !== undefined) {
      const rest = sub(slice(sums, 1, subtractDims(frames, 1)), count); // [B, 1]
      const ends = cast(reshape(lengths, [batch, 1]), 'float32');
      const isToken = mul(
        indicator(greater(rest, number(graph, tail))),
        indicator(less(ends, cast(sizeTensor(graph, frames), 'float32'))),
      );
      const isTail = mul(indicator(equal(tokens, count)), isToken); // [B, N]
      scale = add(scale, div(isTail, max(rest, number(graph, 1e-10))));
      firedAt = where(greater(isTail, number(graph, 0.5)), ends, firedAt);
      total = add(count, isToken);
    }
    const exists = less(tokens, total);
    return {
      embeddings: mul(matMul(shares, hidden), reshape(scale, [batch, maximum, 1])),
      counts: cast(reshape(total, [batch]), 'int64'),
      firedAt: cast(where(exists, firedAt, number(graph, -1)), 'int64'),
      fires: add(sub(sums, taken), sub(counts, frameBefore(counts))),
    };
  });
}

const sum = (x: Tensor): Tensor => reduceSum(x, [2]);

/**
 * FunASR's way with the end of a sequence: `weight` is added in the first frame behind it, for which a frame is made room
 * in every sequence: [B, T], [B, T, C] → [B, T + 1], [B, T + 1, C]. What stands there in `hidden` is kept.
 */
export function addTailFrame(weights: Tensor, hidden: Tensor, lengths: Tensor, weight: number) {
  const { graph } = weights;
  const frames = lengthOf(weights);
  const [batch = 1] = lengths.shape;
  const masked = pad(mul(weights, frameMask(lengths, frames)), 1, 0, 1);
  const isEnd = equal(range(graph, addDims(frames, 1)), reshape(lengths, [batch, 1]));
  return {
    weights: add(masked, mul(indicator(isEnd), number(graph, weight))),
    hidden: pad(hidden, 1, 0, 1),
    lengths: add(lengths, graph.scalar('int64', 1)),
  };
}

/** The weight of each frame from itself and its neighbours: [B, T, C] → [B, T]. `conv` has an odd kernel. */
export function frameWeights(parameters: Parameters, hidden: Tensor, kernel = 3): Tensor {
  const width = widthOf(hidden);
  const [batch = 1, frames = 1] = hidden.shape;
  const own = parameters.at('conv');
  const weight = own.get('weight', [width, width, kernel]);
  const near = conv(transpose(hidden, [0, 2, 1]), weight, own.get('bias', [width]), {
    padding: (kernel - 1) / 2,
  });
  const scores = linear(parameters.at('weight_proj'), transpose(near, [0, 2, 1]), 1); // [B, T, 1]
  return sigmoid(reshape(scores, [batch, frames]));
}

/** The embeddings in the width of what reads them; `cif_output_proj` has no bias. [B, N, C] → [B, N, outWidth] */
export const projectEmbeddings = (parameters: Parameters, embeddings: Tensor, outWidth: number): Tensor =>
  linear(parameters.at('cif_output_proj'), embeddings, outWidth, { bias: false });
