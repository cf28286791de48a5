/**
 * Connectionist temporal classification: the probability that a classifier of frames says a text, over all ways to
 * stretch the text with repeats and blanks (Graves et al., ICML 2006). Reference: `torch.nn.functional.ctc_loss`.
 *
 * The forward recursion is laid out frame by frame in the graph, in logarithms, and what the most likely state has
 * is taken out after every frame: so sums stay near 0, and single precision is enough for long recordings. A frame is
 * some 25 nodes, so a graph over hundreds of them takes seconds to load: subsample first.
 */
import {
  add,
  concat,
  detach,
  equal,
  exp,
  expand,
  type Graph,
  GraphError,
  gatherElements,
  less,
  log,
  logSoftmax,
  max,
  mul,
  neg,
  or,
  range,
  reduceMax,
  reduceSum,
  reshape,
  slice,
  split,
  sub,
  type Tensor,
  where,
} from '@x-llm/onnx';
import { widthOf } from './layers.ts';

export interface CtcInputs {
  /** Scores of each frame, before the softmax: [T, B, C]. */
  readonly logits: Tensor;
  /** int64 [B, S], S ≥ 1; what stands behind a text's length does not count, if it is a class or negative. */
  readonly targets: Tensor;
  /** int64 [B]: frames of each sequence, 1 to T, and tokens of its text, 0 to S. */
  readonly inputLengths: Tensor;
  readonly targetLengths: Tensor;
}

export interface CtcOptions {
  /** The class that says nothing. */
  readonly blank?: number;
  /** The loss of a text that does not fit its frames; PyTorch's `zero_infinity`. Its gradient is 0 either way. */
  readonly infeasible?: 'infinite' | 'zero';
}

/** The logarithm of what cannot be; not −∞, whose differences are no numbers. */
const never = -1e30;
const impossible = -1e29;

const constant = (graph: Graph, value: number): Tensor => graph.scalar('float32', value);

/**
 * −ln P(text | frames) of each sequence, float32 [B]. PyTorch's 'mean' divides each by its text's length, ESPnet's sum
 * by the batch.
 * @throws GraphError unless the numbers of frames and of tokens are known.
 */
export function ctcLoss(inputs: CtcInputs, options: CtcOptions = {}): Tensor {
  const { logits, inputLengths, targetLengths } = inputs;
  const { blank = 0, infeasible = 'infinite' } = options;
  const { graph } = logits;
  const [frames, batch = 1] = logits.shape;
  const tokens = inputs.targets.shape[1];
  if (typeof frames !== 'number' || typeof tokens !== 'number' || tokens < 1) {
    const shapes = `[${logits.shape}] and [${inputs.targets.shape}]`;
    throw new GraphError(
      `ctc: expected known numbers of frames and of tokens, got ${shapes}`,
      graph.scopePath,
    );
  }
  return graph.scope('ctc', () => {
    const states = 2 * tokens + 1;
    const labels = withBlanks(inputs.targets, blank, tokens); // [B, L]
    const everyFrame = expand(reshape(labels, [1, batch, states]), [frames, batch, states]);
    const emissions = gatherElements(logSoftmax(logits, -1), everyFrame, 2); // [T, B, L]
    // Cut once: the way back joins the frames' gradients, where a slice each would pad every one to all frames.
    const [first, ...later] = split(emissions, 0, Array<number>(frames).fill(1)).map((frame) =>
      reshape(frame, [batch, states]),
    );
    if (!first) throw new GraphError('ctc: no frames', graph.scopePath);
    const jump = jumps(labels, blank);

    // Of each state, ln P(it is reached by now) less what was taken out, which is in `total`.
    let reached = add(first, graph.constant('float32', [states], startAt(states))); // [B, L]
    let total = expand(constant(graph, 0), [batch, 1]);
    for (const [index, emission] of later.entries()) {
      const arrived = logSum(reached, shifted(reached, 1), add(shifted(reached, 2), jump));
      const next = add(arrived, emission);
      const peak = detach(reduceMax(next, [1], { keepDims: true })); // [B, 1]
      const lasts = reshape(less(graph.scalar('int64', index + 1), inputLengths), [batch, 1]);
      reached = where(lasts, sub(next, peak), reached);
      total = where(lasts, add(total, peak), total);
    }

    const ended = where(endStates(targetLengths, states), reached, constant(graph, never));
    const peak = detach(reduceMax(ended, [1], { keepDims: true }));
    const sum = log(reduceSum(exp(sub(ended, peak)), [1], { keepDims: true }));
    const loss = neg(add(total, add(peak, sum))); // [B, 1]
    const instead = constant(graph, infeasible === 'zero' ? 0 : Number.POSITIVE_INFINITY);
    return reshape(where(less(peak, constant(graph, impossible)), instead, loss), [batch]);
  });
}

/** Blanks around every token: [B, S] → [B, 2S + 1]. */
function withBlanks(targets: Tensor, blank: number, tokens: number): Tensor {
  const { graph } = targets;
  const [batch = 1] = targets.shape;
  const none = graph.scalar('int64', blank);
  const classes = where(less(targets, graph.scalar('int64', 0)), none, targets);
  const pairs = concat(
    [expand(none, [batch, tokens, 1]), reshape(classes, [batch, tokens, 1])],
    2, // [B, S, 2]
  );
  return concat([reshape(pairs, [batch, 2 * tokens]), expand(none, [batch, 1])], 1);
}

/** 0 where a state may be reached past the one before it: a token after another one. Elsewhere `never`. [B, L] */
function jumps(labels: Tensor, blank: number): Tensor {
  const { graph } = labels;
  const [batch = 1] = labels.shape;
  const earlier = concat(
    [expand(graph.scalar('int64', blank), [batch, 2]), slice(labels, 1, 0, widthOf(labels) - 2)],
    1,
  );
  return where(equal(labels, earlier), constant(graph, never), constant(graph, 0));
}

/** A sequence begins with a blank or the first token. */
const startAt = (states: number): Float32Array<ArrayBuffer> => new Float32Array(states).fill(never, 2);

/** It ends with the last token or the blank behind it: bool [B, L]. */
function endStates(targetLengths: Tensor, states: number): Tensor {
  const { graph } = targetLengths;
  const [batch = 1] = targetLengths.shape;
  const last = reshape(mul(targetLengths, graph.scalar('int64', 2)), [batch, 1]);
  const state = reshape(range(graph, states), [1, states]);
  return or(equal(state, last), equal(state, sub(last, graph.scalar('int64', 1))));
}

/** States moved up by `by`; nothing comes in. */
function shifted(x: Tensor, by: number): Tensor {
  const [batch = 1] = x.shape;
  return concat([expand(constant(x.graph, never), [batch, by]), slice(x, 1, 0, widthOf(x) - by)], 1);
}

/** ln(e^a + e^b + e^c). */
function logSum(a: Tensor, b: Tensor, c: Tensor): Tensor {
  const peak = detach(max(max(a, b), c));
  const [x, y, z] = [a, b, c].map((term) => exp(sub(term, peak))) as [Tensor, Tensor, Tensor];
  return add(peak, log(add(add(x, y), z)));
}
