/**
 * ChatGLM2-6B, ChatGLM3-6B, GLM-4 and GLM-4-0414 (reference: `modeling_chatglm.py` of THUDM/chatglm3-6b and
 * THUDM/glm-4-9b-chat, and `Glm4ForCausalLM` of transformers). A causal decoder: RMSNorm, queries that share keys and
 * values in groups, rotary positions on the first half of each head, SwiGLU.
 *
 * How a block attends is a parameter (`GlmAttend`), so the same functions train, prefill a cache and decode:
 * `attendCausally` here, the cached ways in `glm-cache.ts`.
 */
import {
  add,
  cast,
  cos,
  type Dim,
  expand,
  gather,
  greater,
  matMul,
  mul,
  type Parameters,
  range,
  reshape,
  rmsNormalization,
  sigmoid,
  sin,
  softmax,
  softmaxCrossEntropyLoss,
  split,
  type Tensor,
  transpose,
  where,
} from '@x-llm/onnx';
import { type GlmLayout, glmNames } from './glm-names.ts';
import { type Section, wholeModel } from './key-value-cache.ts';
import { linear, mergeHeads, widthOf } from './layers.ts';

export interface GlmConfig {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  /** Heads of keys and values; each serves `heads / keyValueHeads` heads of queries. */
  readonly keyValueHeads: number;
  readonly headWidth: number;
  readonly ffnSize: number;
  readonly normEpsilon: number;
  /** θᵢ = this^(−2i/n): 10000 · `rope_ratio`, but in ChatGLM2 (see `positionDivisor`). */
  readonly rotaryBase: number;
  /** What positions are divided by: `rope_ratio` of chatglm2-6b-32k. */
  readonly positionDivisor: number;
  /** No position may reach it. */
  readonly maxPositions: number;
  /** Queries, keys and values have a bias; nothing else ever has. */
  readonly projectionBias: boolean;
  /** What attention and MLP give is normalised before it is added: GLM-4-0414. */
  readonly sandwichNorms: boolean;
  /** Whose names the weights have. */
  readonly layout: GlmLayout;
}

export const chatglm3: GlmConfig = {
  vocabSize: 65024,
  hiddenSize: 4096,
  layers: 28,
  heads: 32,
  keyValueHeads: 2,
  headWidth: 128,
  ffnSize: 13696,
  normEpsilon: 1e-5,
  rotaryBase: 10000,
  positionDivisor: 1,
  maxPositions: 8192,
  projectionBias: true,
  sandwichNorms: false,
  layout: 'chatglm',
};

/** RMSNorm over the last axis, with `weight` below `parameters`. */
const rmsNorm = (parameters: Parameters, x: Tensor, epsilon: number): Tensor =>
  rmsNormalization(x, parameters.get('weight', [widthOf(x)]), epsilon);

/** What turns queries and keys: cos and sin per token, and the signed permutation that rotates pairs by a quarter. */
export interface GlmRotary {
  /** [B, T, D]; 1 in the second half of a head, which stays as it is. */
  readonly cos: Tensor;
  /** [B, T, D]; 0 in the second half. */
  readonly sin: Tensor;
  /** [D, D]: x·this is (−x₁, x₀) in each pair. */
  readonly quarterTurn: Tensor;
}

/** The frequency of each number of a head, D of them: each pair's twice, 0 in the second half. */
export function glmFrequencies({ headWidth, rotaryBase }: GlmConfig): Float32Array<ArrayBuffer> {
  const turned = headWidth / 2;
  return Float32Array.from({ length: headWidth }, (_, index) =>
    index < turned ? 1 / rotaryBase ** ((index - (index % 2)) / turned) : 0,
  );
}

/** For `positions` int64 [B, T]. Angles are float32, as in the reference. */
export function glmRotary(config: GlmConfig, positions: Tensor): GlmRotary {
  const { graph } = positions;
  const { headWidth, positionDivisor } = config;
  const [batch = 1, length = 1] = positions.shape;
  const place = mul(cast(positions, 'float32'), graph.scalar('float32', 1 / positionDivisor));
  const frequencies = graph.constant('float32', [headWidth], glmFrequencies(config));
  const angles = mul(reshape(place, [batch, length, 1]), frequencies); // [B, T, D]
  const turn = new Float32Array(headWidth * headWidth);
  for (let to = 0; to < headWidth; to++) {
    const first = to % 2 === 0;
    turn[(first ? to + 1 : to - 1) * headWidth + to] = first ? -1 : 1;
  }
  return {
    cos: cos(angles),
    sin: sin(angles),
    quarterTurn: graph.constant('float32', [headWidth, headWidth], turn),
  };
}

/** `x` [B, T, N, D] turned. */
export function turnHeads(x: Tensor, turn: GlmRotary): Tensor {
  const perHead = (table: Tensor) => {
    const [batch = 1, length = 1, width = 1] = table.shape;
    return reshape(table, [batch, length, 1, width]);
  };
  return add(mul(x, perHead(turn.cos)), mul(matMul(x, turn.quarterTurn), perHead(turn.sin)));
}

/** What a block attends with, not turned yet: queries [B, T, H, D], keys and values [B, T, G, D]. */
export interface Projected {
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
}

/** How a block attends: from its projections and its index to the heads' merged context [B, T, H·D]. */
export type GlmAttend = (projected: Projected, layer: number) => Tensor;

/** Attention of a whole sequence on itself under `mask` bool [B or 1, 1, T, T], true = hidden: see `causalHidden`. */
export const attendCausally =
  (turn: GlmRotary, mask: Tensor): GlmAttend =>
  ({ query, key, value }) =>
    attendInGroups(
      headsFirst(turnHeads(query, turn)),
      headsFirst(turnHeads(key, turn)),
      headsFirst(value),
      mask,
    );

/** [B, T, N, D] → [B, N, T, D]. */
export const headsFirst = (x: Tensor): Tensor => transpose(x, [0, 2, 1, 3]);

/** Attention of `query` [B, H, T, D] on `key` and `value` [B, G, S, D]; `mask` broadcasts to [B, H, T, S]. */
export function attendInGroups(query: Tensor, key: Tensor, value: Tensor, mask: Tensor): Tensor {
  const heads = Number(query.shape[1]);
  const scores = matMul(query, repeatHeads(key, heads), { transposeB: true, alpha: widthOf(query) ** -0.5 }); // [B, H, T, S]
  // A row that sees nothing, a pad's, sees everything alike; its values do not matter.
  const shown = where(mask, query.graph.scalar('float32', -1e30), scores);
  return mergeHeads(matMul(softmax(shown), repeatHeads(value, heads))); // [B, T, H·D]
}

/** Each head as often as it takes to be `heads`: [B, G, S, D] → [B, H, S, D]. */
function repeatHeads(x: Tensor, heads: number): Tensor {
  const [batch = 1, groups = 1, length = 1, width = 1] = x.shape;
  const times = heads / Number(groups);
  const spread = expand(reshape(x, [batch, groups, 1, length, width]), [batch, groups, times, length, width]);
  return reshape(spread, [batch, heads, length, width]);
}

/** bool [1, 1, T, T]: true where the column comes after the row. */
export function causalHidden(like: Tensor, length: Dim): Tensor {
  const columns = range(like.graph, length); // [T]
  return reshape(greater(columns, reshape(columns, [length, 1])), [1, 1, length, length]);
}

/** One block, [B, T, C] → [B, T, C]. */
export function glmBlock(
  config: GlmConfig,
  parameters: Parameters,
  x: Tensor,
  layer: number,
  attend: GlmAttend,
): Tensor {
  const { hiddenSize, ffnSize, normEpsilon, sandwichNorms } = config;
  const names = glmNames[config.layout];
  const norm = (name: string, value: Tensor) => rmsNorm(parameters.at(name), value, normEpsilon);
  const after = (name: string, value: Tensor) => (sandwichNorms ? norm(name, value) : value);
  const projected = project(config, parameters, norm(names.attentionNorm, x));
  const attended = linear(parameters.at(names.attended), attend(projected, layer), hiddenSize, {
    bias: false,
  });
  const between = add(x, after(names.afterAttention, attended));
  const widened = linear(parameters.at(names.widened), norm(names.mlpNorm, between), 2 * ffnSize, {
    bias: false,
  });
  const [gate = widened, up = widened] = split(widened, -1, [ffnSize, ffnSize]);
  const swished = mul(mul(gate, sigmoid(gate)), up); // SwiGLU (arXiv 2002.05202)
  const narrowed = linear(parameters.at(names.narrowed), swished, hiddenSize, { bias: false });
  return add(between, after(names.afterMlp, narrowed));
}

/** [B, T, C] → queries, keys and values; checkpoints have their weights in one piece or in three. */
function project(config: GlmConfig, parameters: Parameters, x: Tensor): Projected {
  const { heads, keyValueHeads, headWidth, projectionBias } = config;
  const [batch = 1, length = 1] = x.shape;
  const counts = [heads, keyValueHeads, keyValueHeads];
  const widths = counts.map((count) => count * headWidth);
  const { projections } = glmNames[config.layout];
  const bias = { bias: projectionBias };
  const total = widths.reduce((sum, width) => sum + width, 0);
  const [only = '', ...more] = projections;
  const parts =
    more.length > 0
      ? projections.map((name, part) => linear(parameters.at(name), x, widths[part] ?? 0, bias))
      : split(linear(parameters.at(only), x, total, bias), -1, widths);
  const [query = x, key = x, value = x] = parts.map((part, index) =>
    reshape(part, [batch, length, counts[index] ?? 1, headWidth]),
  );
  return { query, key, value };
}

/** Rows of the embedding table at `ids` int64 [...]: [..., C]. */
export function embedGlmTokens(config: GlmConfig, parameters: Parameters, ids: Tensor): Tensor {
  const { embedding } = glmNames[config.layout];
  return parameters.at(embedding).rows('weight', [config.vocabSize, config.hiddenSize], ids);
}

/** The blocks of layers `from` to `to` (which is not among them), all unless given: the output of each. */
export function glmBlocks(
  config: GlmConfig,
  parameters: Parameters,
  x: Tensor,
  attend: GlmAttend,
  { from, to }: Section = wholeModel(config),
): Tensor[] {
  const blocks: Tensor[] = [];
  for (let layer = from; layer < to; layer++) {
    const own = parameters.at(`${glmNames[config.layout].layers}.${layer}`);
    const input = blocks.at(-1) ?? x;
    blocks.push(x.graph.scope(`glm/layer.${layer}`, () => glmBlock(config, own, input, layer, attend)));
  }
  return blocks;
}

/** The norm behind the last block, [B, T, C]. */
export const glmFinalNorm = (config: GlmConfig, parameters: Parameters, x: Tensor): Tensor =>
  rmsNorm(parameters.at(glmNames[config.layout].finalNorm), x, config.normEpsilon);

/** All blocks and the last norm, from embeddings [B, T, C]: the output of each block, and what `glmScores` takes. */
export function glm(
  config: GlmConfig,
  parameters: Parameters,
  embeddings: Tensor,
  attend: GlmAttend,
): { blocks: Tensor[]; hidden: Tensor } {
  const blocks = glmBlocks(config, parameters, embeddings, attend);
  return { blocks, hidden: glmFinalNorm(config, parameters, blocks.at(-1) ?? embeddings) };
}

/** Scores over the vocabulary, [..., C] → [..., V]; the head is not tied to the embedding. */
export const glmScores = (config: GlmConfig, parameters: Parameters, hidden: Tensor): Tensor =>
  linear(parameters.at(glmNames[config.layout].scores), hidden, config.vocabSize, { bias: false });

/**
 * Mean cross-entropy from `hidden` [B, T, C]: row `rows[n]` int64 [N] of [B·T] should predict `labels[n]`; −100 does not
 * count (`labelRows` makes both).
 */
export function glmLoss(
  config: GlmConfig,
  parameters: Parameters,
  hidden: Tensor,
  { rows, labels }: { readonly rows: Tensor; readonly labels: Tensor },
): Tensor {
  const flat = reshape(hidden, [-1, widthOf(hidden)]); // [B·T, C]
  return softmaxCrossEntropyLoss(glmScores(config, parameters, gather(flat, rows)), labels);
}
