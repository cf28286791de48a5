/**
 * Paraformer's encoder and predictor: attention with a memory of near frames beside it (SANM), and CIF, which says how
 * many tokens were spoken and gives an embedding for each.
 *
 * Papers: arXiv 2206.08317 (Paraformer), 2006.01713 (SAN-M). Reference: FunASR `funasr/models/sanm/encoder.py`,
 * `sanm/attention.py`, `paraformer/cif_predictor.py` (`CifPredictorV2`) @ 3c58cb5, in evaluation mode. Names of parameters
 * are those of FunASR's `model.pt`.
 */
import {
  add,
  cast,
  concat,
  conv,
  cos,
  type Dim,
  type Graph,
  mul,
  type Parameters,
  pad,
  range,
  relu,
  reshape,
  sigmoid,
  sin,
  split,
  sub,
  type Tensor,
  transpose,
} from '@x-llm/onnx';
import { addTailFrame, type CifOutputs, cif, frameMask } from './cif.ts';
import { attention, layerNorm, linear, splitHeads, widthOf } from './layers.ts';
import { bidirectionalMask } from './q-former-masks.ts';

export interface SanmConfig {
  /** Features of a frame, after low frame rate: 560 for 80 mel bands and 7 frames. */
  readonly inputWidth: number;
  readonly width: number;
  readonly heads: number;
  readonly feedForwardWidth: number;
  readonly blocks: number;
  /** Frames that the memory looks at, odd. */
  readonly kernel: number;
  readonly epsilon: number;
}

/** Paraformer-large, FunASR's Mandarin model. */
export const paraformerLarge: SanmConfig = {
  inputWidth: 560,
  width: 512,
  heads: 4,
  feedForwardWidth: 2048,
  blocks: 50,
  kernel: 11,
  epsilon: 1e-12,
};

export interface SanmOutputs {
  /** Scaled features with positions, [B, T, inputWidth]. */
  readonly embedded: Tensor;
  /** After each block, [B, T, C]. */
  readonly blocks: readonly Tensor[];
  /** [B, T, C] */
  readonly output: Tensor;
}

/** Sines, then cosines, of positions that start at 1; wavelengths from 2π to 10000·2π. */
function sinusoids(graph: Graph, frames: Dim, width: number): Tensor {
  const half = width / 2;
  const speeds = Array.from({ length: half }, (_, i) => 10_000 ** (-i / (half - 1)));
  if (typeof frames !== 'number') {
    const places = add(cast(range(graph, frames), 'float32'), graph.scalar('float32', 1));
    const angles = mul(reshape(places, [frames, 1]), graph.constant('float32', [1, half], speeds));
    return reshape(concat([sin(angles), cos(angles)], 1), [1, frames, width]);
  }
  const rows = Array.from({ length: frames }, (_, frame) => {
    const angles = speeds.map((speed) => (frame + 1) * speed);
    return [...angles.map(Math.sin), ...angles.map(Math.cos)];
  });
  return graph.constant('float32', [1, frames, width], rows.flat());
}

/** The near frames of `value` [B, T, C], each channel by itself, and the frame itself; padding is neither seen nor said. */
function memory(
  { width, kernel }: SanmConfig,
  parameters: Parameters,
  value: Tensor,
  visible: Tensor,
): Tensor {
  const masked = mul(value, visible);
  const weight = parameters.at('fsmn_block').get('weight', [width, 1, kernel]);
  const near = conv(transpose(masked, [0, 2, 1]), weight, undefined, {
    padding: (kernel - 1) / 2,
    groups: width,
  });
  return mul(add(transpose(near, [0, 2, 1]), masked), visible);
}

interface Masks {
  /** Added to scores. */
  readonly added: Tensor;
  /** [B, T, 1], 1 for a frame that counts. */
  readonly visible: Tensor;
}

function selfAttention(
  config: SanmConfig,
  parameters: Parameters,
  x: Tensor,
  { added, visible }: Masks,
): Tensor {
  const { width, heads } = config;
  const [query, key, value] = split(linear(parameters.at('linear_q_k_v'), x, 3 * width), 2, [
    width,
    width,
    width,
  ]);
  if (!query || !key || !value) throw new Error('three parts');
  const [q, k, v] = [query, key, value].map((part) => splitHeads(part, heads)) as [Tensor, Tensor, Tensor];
  const mixed = linear(
    parameters.at('linear_out'),
    attention({ query: q, key: k, value: v, mask: added }),
    width,
  );
  return add(mixed, memory(config, parameters, value, visible));
}

/** The first block changes the width, so nothing is added to its attention. */
function block(config: SanmConfig, parameters: Parameters, x: Tensor, masks: Masks): Tensor {
  const norm = (name: string, value: Tensor) => layerNorm(parameters.at(name), value, config.epsilon);
  const attended = selfAttention(config, parameters.at('self_attn'), norm('norm1', x), masks);
  const middle = widthOf(x) === config.width ? add(x, attended) : attended;
  const network = parameters.at('feed_forward');
  const inner = relu(linear(network.at('w_1'), norm('norm2', middle), config.feedForwardWidth));
  return add(middle, linear(network.at('w_2'), inner, config.width));
}

/**
 * `features` [B, T, inputWidth], after low frame rate and CMVN; `lengths` int64 [B].
 *
 * ```ts
 * const { output } = sanmEncoder(paraformerLarge, parameters, features, lengths);
 * const { embeddings, counts } = predictTokens(parameters, output, lengths, { maximum: 60, tailWeight: 0.45 });
 * ```
 */
export function sanmEncoder(
  config: SanmConfig,
  parameters: Parameters,
  features: Tensor,
  lengths: Tensor,
): SanmOutputs {
  const { graph } = features;
  return graph.scope('sanm', () => {
    const [batch = 1, frames = 1] = features.shape;
    const counts = frameMask(lengths, frames); // [B, T]
    const masks = {
      added: bidirectionalMask(cast(counts, 'int64')),
      visible: reshape(counts, [batch, frames, 1]),
    };
    const scaled = mul(features, graph.scalar('float32', Math.sqrt(config.width)));
    const embedded = add(scaled, sinusoids(graph, frames, config.inputWidth));
    const encoder = parameters.at('encoder');
    let x = embedded;
    const blocks = Array.from({ length: config.blocks }, (_, index) => {
      const own = encoder.at(index === 0 ? 'encoders0.0' : `encoders.${index - 1}`);
      x = graph.scope(`block.${index}`, () => block(config, own, x, masks));
      return x;
    });
    return { embedded, blocks, output: layerNorm(encoder.at('after_norm'), x, config.epsilon) };
  });
}

export interface PredictorOptions {
  /** Frames that the predictor looks at before and after one; 1 and 1, if left out. */
  readonly before?: number;
  readonly after?: number;
  /** weight ← relu(weight · smoothing − noise); 1 and 0, if left out. */
  readonly smoothing?: number;
  readonly noise?: number;
}

/** How much of a token each frame of `hidden` [B, T, C] holds, 0 where padded: [B, T]. */
export function tokenWeights(
  parameters: Parameters,
  hidden: Tensor,
  lengths: Tensor,
  { before = 1, after = 1, smoothing = 1, noise = 0 }: PredictorOptions = {},
): Tensor {
  const { graph } = hidden;
  const [batch = 1, frames = 1] = hidden.shape;
  const width = widthOf(hidden);
  const predictor = parameters.at('predictor');
  const own = predictor.at('cif_conv1d');
  const weight = own.get('weight', [width, width, before + 1 + after]);
  const near = conv(pad(transpose(hidden, [0, 2, 1]), 2, before, after), weight, own.get('bias', [width]));
  const scores = linear(predictor.at('cif_output'), transpose(relu(near), [0, 2, 1]), 1); // [B, T, 1]
  const weights = sigmoid(reshape(scores, [batch, frames]));
  const eased = relu(sub(mul(weights, graph.scalar('float32', smoothing)), graph.scalar('float32', noise)));
  return mul(eased, frameMask(lengths, frames));
}

/** Tokens of what was heard, with FunASR's tail; `weights` [B, T + 1] have it. */
export function predictTokens(
  parameters: Parameters,
  hidden: Tensor,
  lengths: Tensor,
  options: PredictorOptions & {
    readonly maximum: Dim;
    readonly threshold?: number;
    readonly tailWeight: number;
  },
): CifOutputs & { readonly weights: Tensor } {
  const weights = tokenWeights(parameters, hidden, lengths, options);
  const longer = addTailFrame(weights, hidden, lengths, options.tailWeight);
  const { maximum, threshold = 1 } = options;
  const found = cif(longer.weights, longer.hidden, longer.lengths, {
    threshold,
    maximum,
    surplus: 'same-token',
  });
  return { ...found, weights: longer.weights };
}
