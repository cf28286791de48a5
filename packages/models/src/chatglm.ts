/**
 * ChatGLM-6B, the language model of X-LLM (GLM: arXiv 2103.10360; reference: `modeling_chatglm.py` of
 * phellonchen/X-LLM at ab923aa). A prefix LM: the prompt up to `<sop>` sees all of itself, the answer after
 * it is causal. Rotary positions are two-dimensional, and the residual carries the *normalised* value.
 *
 * How a block attends is a parameter (`Attend`), so the same functions train, prefill a cache and decode:
 * `attendWhole` here, the cached ways in `chatglm-cache.ts`. What goes in is made by `chatglm-inputs.ts`.
 */
import {
  add,
  and,
  cast,
  type Dim,
  gather,
  gelu,
  greater,
  less,
  matMul,
  mul,
  not,
  type Parameters,
  range,
  reshape,
  softmax,
  softmaxCrossEntropyLoss,
  split,
  type Tensor,
  transpose,
  where,
} from '@x-llm/onnx';
import type { ChatGlmTokens } from './chatglm-inputs.ts';
import { type Section, wholeModel } from './key-value-cache.ts';
import { attention, layerNorm, linear, mergeHeads, widthOf } from './layers.ts';

export interface ChatGlmConfig {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly ffnSize: number;
  readonly layerNormEpsilon: number;
  /**
   * The residual scale is √(2·this). The reference's block defaults to 28 and its model never says otherwise,
   * so 28 is right for every checkpoint, whatever its depth.
   */
  readonly residualAlphaLayers: number;
  /** Length of the rotary tables; no position may reach it. */
  readonly maxPositions: number;
  readonly rotaryPrecision: RotaryPrecision;
  readonly tokens: ChatGlmTokens;
}

/**
 * What is rounded to half precision in the rotary tables. `float16-frequencies`: only the inverse frequencies,
 * as happens when the reference runs in float32. `float16`: every step, as in its half precision deployment.
 */
export type RotaryPrecision = 'float32' | 'float16-frequencies' | 'float16';

export const chatglm6b: ChatGlmConfig = {
  vocabSize: 130528,
  hiddenSize: 4096,
  layers: 28,
  heads: 32,
  ffnSize: 16384,
  layerNormEpsilon: 1e-5,
  residualAlphaLayers: 28,
  maxPositions: 2048,
  rotaryPrecision: 'float16-frequencies',
  tokens: { pad: 3, mask: 130000, gmask: 130001, sop: 130004, eop: 130005 },
};

/** θᵢ = base^(−2i/n): the base of RoFormer (arXiv 2104.09864), which ChatGLM keeps. */
const rotaryBase = 10000;
/** What the reference puts in the place of a hidden score, before it multiplies by layer + 1. */
const hiddenFill = -10000;

/** Width of one head. */
export const headWidth = (config: ChatGlmConfig): number => config.hiddenSize / config.heads;

/** The D/4 inverse frequencies that each half of a head is turned with. */
export function rotaryFrequencies(config: ChatGlmConfig): number[] {
  const width = headWidth(config) / 2;
  const round = config.rotaryPrecision === 'float32' ? Math.fround : Math.f16round;
  return Array.from({ length: width / 2 }, (_, index) => round(1 / rotaryBase ** ((2 * index) / width)));
}

/** cos and sin of position × frequency: each [maxPositions, D/2], the D/4 frequencies written twice. */
export function rotaryTables(config: ChatGlmConfig): { cos: Float32Array; sin: Float32Array } {
  const round = config.rotaryPrecision === 'float16' ? Math.f16round : Math.fround;
  const once = rotaryFrequencies(config);
  const frequencies = [...once, ...once];
  const table = (value: (angle: number) => number) => {
    const row = (_: unknown, position: number) =>
      frequencies.map((frequency) => round(value(round(round(position) * frequency))));
    return Float32Array.from(Array.from({ length: config.maxPositions }, row).flat());
  };
  return { cos: table(Math.cos), sin: table(Math.sin) };
}

/** What turns queries and keys: cos and sin per token, and the signed permutation that rotates by a quarter. */
export interface Rotary {
  /** [B, T, D] */
  readonly cos: Tensor;
  /** [B, T, D] */
  readonly sin: Tensor;
  /** [D, D]: x·this is (−x₂, x₁) in each half of a head */
  readonly quarterTurn: Tensor;
}

/** Looks `positions` int64 [B, 2, T] up: row 0 turns the first half of each head, row 1 the second. */
export function rotary(config: ChatGlmConfig, positions: Tensor): Rotary {
  const { graph } = positions;
  const width = headWidth(config);
  const [batch = 1, , length = 1] = positions.shape;
  const perToken = transpose(positions, [0, 2, 1]); // [B, T, 2]
  const lookUp = (table: Float32Array) => {
    const rows = graph.constant('float32', [config.maxPositions, width / 2], table);
    return reshape(gather(rows, perToken), [batch, length, width]); // [B, T, 2, D/2] → [B, T, D]
  };
  const { cos, sin } = rotaryTables(config);
  const quarter = width / 4;
  const turn = new Float32Array(width * width);
  for (let to = 0; to < width; to++) {
    const first = Math.floor(to / quarter) % 2 === 0;
    turn[(first ? to + quarter : to - quarter) * width + to] = first ? -1 : 1;
  }
  return {
    cos: lookUp(cos),
    sin: lookUp(sin),
    quarterTurn: graph.constant('float32', [width, width], turn),
  };
}

/** x·cos + turned(x)·sin, for `x` [..., D] and `cos`, `sin` that broadcast to it. */
export const rotate = (x: Tensor, { cos, sin, quarterTurn }: Rotary): Tensor =>
  add(mul(x, cos), mul(matMul(x, quarterTurn), sin));

/**
 * How a block attends: from its projection [B, T, H, 3, D] (query, key, value of each head) and its index to the
 * heads' merged context [B, T, H·D].
 */
export type Attend = (projection: Tensor, layer: number) => Tensor;

/**
 * Attention of a whole sequence on itself. `mask` broadcasts to [B, H, T, T]: float32 is added to the scores; bool
 * (true = hidden) puts the reference's fill, −10000·(layer + 1), in the place of hidden scores, which differs
 * only in rows where everything is hidden: their attention is then uniform over all keys.
 */
export function attendWhole(config: ChatGlmConfig, turn: Rotary, mask?: Tensor): Attend {
  const perHead = turnPerHead(turn);
  return (projection, layer) => {
    const { query, key, value } = splitProjection(projection);
    return attendMasked(config, layer, rotate(query, perHead), rotate(key, perHead), value, mask);
  };
}

/** The rotary's cos and sin as [B, 1, T, D], which broadcasts over heads. */
export function turnPerHead(turn: Rotary): Rotary {
  const spread = (x: Tensor) => {
    const [batch = 1, length = 1, width = 1] = x.shape;
    return reshape(x, [batch, 1, length, width]);
  };
  return { ...turn, cos: spread(turn.cos), sin: spread(turn.sin) };
}

/** [B, T, H, 3, D] → query, key and value, each [B, H, T, D]. */
export function splitProjection(projection: Tensor): { query: Tensor; key: Tensor; value: Tensor } {
  const [batch = 1, length = 1, heads = 1, , width = 1] = projection.shape;
  const [query = projection, key = projection, value = projection] = split(projection, 3, [1, 1, 1]).map(
    (part) => transpose(reshape(part, [batch, length, heads, width]), [0, 2, 1, 3]), // [B, H, T, D]
  );
  return { query, key, value };
}

/** Attention of `query` [B, H, T, D] on `key` and `value` [B, H, S, D] under a mask as of `attendWhole`. */
export function attendMasked(
  config: ChatGlmConfig,
  layer: number,
  query: Tensor,
  key: Tensor,
  value: Tensor,
  mask: Tensor | undefined,
): Tensor {
  if (mask?.dtype !== 'bool') return attention({ query, key, value, mask }); // [B, T, H·D]
  const scores = matMul(query, key, { transposeB: true, alpha: headWidth(config) ** -0.5 }); // [B, H, T, S]
  // The reference scales scores by 1/(layer + 1), fills, and scales back: only the fill keeps the factor.
  const fill = scores.graph.scalar('float32', hiddenFill * (layer + 1));
  return mergeHeads(matMul(softmax(where(mask, fill, scores)), value)); // [B, T, H·D]
}

/**
 * The prefix mask of sequences whose first `contextLengths` int64 [B] tokens see each other: bool [B, 1, T, T], true
 * where row i may not see column j, that is where j > i and j lies outside the context.
 */
export function prefixMask(contextLengths: Tensor, length: Dim): Tensor {
  const { graph, shape } = contextLengths;
  const columns = range(graph, length); // [T]
  const later = greater(columns, reshape(columns, [length, 1])); // [T, T]
  const inContext = less(columns, reshape(contextLengths, [shape[0] ?? 1, 1, 1, 1])); // [B, 1, 1, T]
  return and(later, not(inContext));
}

/** A bool mask as numbers to add to scores: cheaper to train with, and equal where a row sees anything at all. */
export const additiveMask = (hidden: Tensor): Tensor =>
  mul(cast(hidden, 'float32'), hidden.graph.scalar('float32', hiddenFill));

/** What a block computes on its way, each [B, T, width]. */
export interface BlockValues {
  readonly attentionInput: Tensor;
  readonly projection: Tensor;
  readonly attended: Tensor;
  readonly mlpInput: Tensor;
  readonly widened: Tensor;
  readonly narrowed: Tensor;
  readonly output: Tensor;
}

/** One block, [B, T, C] → [B, T, C]. The residual is the normalised value times √(2·residualAlphaLayers). */
export function block(
  config: ChatGlmConfig,
  parameters: Parameters,
  x: Tensor,
  layer: number,
  attend: Attend,
): BlockValues {
  const { heads, hiddenSize, ffnSize, layerNormEpsilon } = config;
  const alpha = x.graph.scalar('float32', Math.sqrt(2 * config.residualAlphaLayers));
  const [batch = 1, length = 1] = x.shape;
  const attentionInput = layerNorm(parameters.at('input_layernorm'), x, layerNormEpsilon);
  const projection = linear(parameters.at('attention.query_key_value'), attentionInput, 3 * hiddenSize);
  const context = attend(reshape(projection, [batch, length, heads, 3, headWidth(config)]), layer);
  const attended = linear(parameters.at('attention.dense'), context, hiddenSize);
  const between = add(mul(attentionInput, alpha), attended);
  const mlpInput = layerNorm(parameters.at('post_attention_layernorm'), between, layerNormEpsilon);
  const widened = linear(parameters.at('mlp.dense_h_to_4h'), mlpInput, ffnSize);
  const narrowed = linear(
    parameters.at('mlp.dense_4h_to_h'),
    gelu(widened, { approximate: 'tanh' }),
    hiddenSize,
  );
  const output = add(mul(mlpInput, alpha), narrowed);
  return { attentionInput, projection, attended, mlpInput, widened, narrowed, output };
}

/** Rows of the embedding table at `ids` int64 [...]: [..., C]. */
export const embedTokens = (config: ChatGlmConfig, parameters: Parameters, ids: Tensor): Tensor =>
  parameters.rows('transformer.word_embeddings.weight', [config.vocabSize, config.hiddenSize], ids);

/** The blocks of layers `from` to `to` (which is not among them), all unless given: the values of each. */
export function chatglmBlocks(
  config: ChatGlmConfig,
  parameters: Parameters,
  x: Tensor,
  attend: Attend,
  { from, to }: Section = wholeModel(config),
): BlockValues[] {
  const blocks: BlockValues[] = [];
  for (let layer = from; layer < to; layer++) {
    const own = parameters.at(`transformer.layers.${layer}`);
    const input = blocks.at(-1)?.output ?? x;
    blocks.push(x.graph.scope(`chatglm/layer.${layer}`, () => block(config, own, input, layer, attend)));
  }
  return blocks;
}

/** The normalisation behind the last block, [B, T, C]. */
export const chatglmFinalNorm = (config: ChatGlmConfig, parameters: Parameters, x: Tensor): Tensor =>
  layerNorm(parameters.at('transformer.final_layernorm'), x, config.layerNormEpsilon);

/**
 * All blocks and the last normalisation, from embeddings [B, T, C].
 * `blocks` are the values of each block, `hidden` [B, T, C] is what `vocabularyScores` takes.
 */
export function chatglm(
  config: ChatGlmConfig,
  parameters: Parameters,
  embeddings: Tensor,
  attend: Attend,
): { blocks: BlockValues[]; hidden: Tensor } {
  const blocks = chatglmBlocks(config, parameters, embeddings, attend);
  return {
    blocks,
    hidden: chatglmFinalNorm(config, parameters, blocks.at(-1)?.output ?? embeddings),
  };
}

/** Scores over the vocabulary, [..., C] → [..., V]; the head is not tied to the embedding. */
export const vocabularyScores = (config: ChatGlmConfig, parameters: Parameters, hidden: Tensor): Tensor =>
  linear(parameters.at('lm_head'), hidden, config.vocabSize, { bias: false });

export interface LossTargets {
  /** int64 [N]: the token each row should predict; −100 does not count. */
  readonly labels: Tensor;
  /**
   * int64 [N]: which rows of [B·T] predict them (`labelRows` makes both). Scores are computed for these alone; left
   * out, every row counts and N is B·T.
   */
  readonly rows?: Tensor;
}

/** Mean cross-entropy over all counted labels of the batch, from `hidden` [B, T, C]. */
export function languageModelLoss(
  config: ChatGlmConfig,
  parameters: Parameters,
  hidden: Tensor,
  { labels, rows }: LossTargets,
): Tensor {
  const flat = reshape(hidden, [-1, widthOf(hidden)]); // [B·T, C]
  const scores = vocabularyScores(config, parameters, rows ? gather(flat, rows) : flat); // [N, V]
  return softmaxCrossEntropyLoss(scores, labels);
}
