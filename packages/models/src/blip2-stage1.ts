/**
 * Stage 1 of X-LLM for pictures: the Q-Former learns to turn a frozen encoder's output into language, by the
 * three objectives of BLIP-2 (arXiv 2301.12597): image-text contrast (ITC), matching (ITM), and generation (ITG).
 *
 * Reference: X-LLM `xllm_qformer.py` @ ab923aa (LAVIS `blip2_qformer.py`), one process. Names of parameters
 * are LAVIS's: `query_tokens`, `temp`, `Qformer.*`, `vision_proj.*`, `text_proj.*`, `itm_head.*`.
 */
import {
  add,
  argMax,
  cast,
  concat,
  type Dim,
  detach,
  div,
  equal,
  expand,
  gather,
  log,
  matMul,
  max,
  mul,
  not,
  type Parameters,
  range,
  reduceMax,
  reduceMean,
  reduceSum,
  reshape,
  slice,
  softmax,
  sqrt,
  subtractDims,
  type Tensor,
  transpose,
  where,
} from '@x-llm/onnx';
import type { KeyValue } from './bert.ts';
import { linear } from './layers.ts';
import { crossEntropy } from './losses.ts';
import {
  embedQueries,
  embedText,
  type QFormerConfig,
  qFormer,
  queryTokens,
  readImage,
  textLogits,
} from './q-former.ts';
import { bidirectionalMask, causalMask } from './q-former-masks.ts';

export interface Stage1Config {
  readonly qFormer: QFormerConfig;
  /** Width of the space in which pictures and texts are compared. */
  readonly projectionWidth: number;
  /** Id of the padding, and of [DEC], which opens a text that is to be generated. */
  readonly tokens: { readonly pad: number; readonly decode: number };
  /** Of ITC and ITG; ITM has none. */
  readonly labelSmoothing: number;
  /**
   * What a loss does with the other side's features, which BLIP-2 gathers from all processes without gradient:
   * 'detached' does the same, so that image-to-text teaches pictures only and text-to-image texts only;
   * 'full' lets both sides learn from both.
   */
  readonly gather: 'detached' | 'full';
}

export interface Stage1Inputs {
  /** Encoder output, after its last norm: [B, P, E]. */
  readonly imageEmbeds: Tensor;
  /** int64 [B, T]: [CLS] text [SEP], padded. */
  readonly inputIds: Tensor;
  /** int64 [B, T], 1 = a real token. */
  readonly attentionMask: Tensor;
}

// ---- ITC

export interface Contrast {
  /** Length-1 features: [B, Q, F] and [B, F]. */
  readonly imageFeatures: Tensor;
  readonly textFeatures: Tensor;
  /** Per query: [images, texts, Q] and [texts, images, Q]. */
  readonly queryToText: Tensor;
  readonly textToQuery: Tensor;
  /** The best query's, divided by the temperature: [images, texts] and [texts, images]. */
  readonly imageToText: Tensor;
  readonly textToImage: Tensor;
  /** int64 [B]: the right partner of each is its own index. */
  readonly targets: Tensor;
  readonly loss: Tensor;
  /** Keys and values of the query pass, which ITG continues. */
  readonly queryCache: readonly KeyValue[];
}

/** Image-text contrast: which text of the batch belongs to which picture. */
export function contrast(config: Stage1Config, parameters: Parameters, inputs: Stage1Inputs): Contrast {
  const { imageEmbeds, inputIds, attentionMask } = inputs;
  const { qFormer: shape, projectionWidth } = config;
  const { graph } = imageEmbeds;
  const [batch = 1] = inputIds.shape;
  const image = readImage(shape, parameters, { states: imageEmbeds });
  const text = qFormer(shape, parameters, {
    text: embedText(shape, parameters, inputIds),
    mask: bidirectionalMask(attentionMask),
  });
  const first = reshape(slice(text.output, 1, 0, 1), [batch, shape.width]); // [CLS] of each text, [B, C]
  const imageFeatures = normalise(linear(parameters.at('vision_proj'), image.output, projectionWidth));
  const textFeatures = normalise(linear(parameters.at('text_proj'), first, projectionWidth));

  const other = (features: Tensor) => (config.gather === 'detached' ? detach(features) : features);
  const compare = (images: Tensor, texts: Tensor) => matMul(images, texts, { transposeB: true }); // [images, Q, texts]
  const queryToText = transpose(compare(imageFeatures, other(textFeatures)), [0, 2, 1]);
  const textToQuery = transpose(compare(other(imageFeatures), textFeatures), [2, 0, 1]);
  const temperature = parameters.get('temp', []);
  const imageToText = div(reduceMax(queryToText, [2]), temperature);
  const textToImage = div(reduceMax(textToQuery, [2]), temperature);

  const targets = range(graph, batch);
  const smoothed = { labelSmoothing: config.labelSmoothing };
  const both = add(
    crossEntropy(imageToText, targets, smoothed),
    crossEntropy(textToImage, targets, smoothed),
  );
  return {
    imageFeatures,
    textFeatures,
    queryToText,
    textToQuery,
    imageToText,
    textToImage,
    targets,
    loss: mul(both, graph.scalar('float32', 0.5)),
    queryCache: image.cache,
  };
}

/** x / max(‖x‖, 1e-12) over the last axis. */
function normalise(x: Tensor): Tensor {
  const length = sqrt(reduceSum(mul(x, x), [-1], { keepDims: true }));
  return div(x, max(length, x.graph.scalar('float32', 1e-12)));
}

// ---- hard negatives

/**
 * How likely each candidate (column) is to be drawn as the negative of each row, from similarities [B, B]: the
 * more similar, the likelier, its own partner never. X-LLM lifts all by 1e-4; LAVIS hides the partner before
 * the softmax instead of after. Rows need not sum to 1.
 */
export function negativeWeights(similarity: Tensor, variant: 'x-llm' | 'lavis' = 'x-llm'): Tensor {
  const { graph } = similarity;
  const [batch = 1] = similarity.shape;
  const indices = range(graph, batch);
  const partner = equal(reshape(indices, [batch, 1]), reshape(indices, [1, batch]));
  if (variant === 'lavis') return softmax(where(partner, graph.scalar('float32', -10_000), similarity), -1);
  const lifted = add(softmax(similarity, -1), graph.scalar('float32', 1e-4));
  return mul(lifted, cast(not(partner), 'float32'));
}

/**
 * Draws one column per row with probability in proportion to `weights` [B, B] → int64 [B]. The randomness comes
 * from outside: `gumbel` [B, B] holds independent −ln(−ln u) (the Gumbel-max trick), so that a training step
 * stays one graph that repeats to the bit.
 */
export const drawNegatives = (weights: Tensor, gumbel: Tensor): Tensor =>
  argMax(add(log(weights), gumbel), -1);

/** Both int64 [B]: the picture set against text b, and the text set against picture b. */
export interface Negatives {
  readonly images: Tensor;
  readonly texts: Tensor;
}

// ---- ITM

export interface Matching {
  /** int64 [3B, T], and [3B, Q + T] with the queries' ones in front. */
  readonly textIds: Tensor;
  readonly attentionMask: Tensor;
  /** The queries' outputs [3B, Q, C]. */
  readonly embeddings: Tensor;
  /** [3B, Q, 2], and their mean over queries [3B, 2]. */
  readonly queryLogits: Tensor;
  readonly logits: Tensor;
  /** int64 [3B]: 1 for a true pair. */
  readonly labels: Tensor;
  readonly loss: Tensor;
}

/** Image-text matching: true pairs, then each text with a wrong picture, then each picture with a wrong text. */
export function matching(
  config: Stage1Config,
  parameters: Parameters,
  { imageEmbeds, inputIds, attentionMask }: Stage1Inputs,
  negatives: Negatives,
): Matching {
  const { qFormer: shape } = config;
  const { graph } = imageEmbeds;
  const [batch = 1] = inputIds.shape;
  const textIds = concat([inputIds, inputIds, gather(inputIds, negatives.texts)], 0); // [3B, T]
  const keep = concat([attentionMask, attentionMask, gather(attentionMask, negatives.texts)], 0);
  const states = concat([imageEmbeds, gather(imageEmbeds, negatives.images), imageEmbeds], 0); // [3B, P, E]
  const [triple = 1] = textIds.shape;

  const { output } = qFormer(shape, parameters, {
    queries: embedQueries(shape, parameters, queryTokens(shape, parameters), triple),
    text: embedText(shape, parameters, textIds),
    encoder: { states },
    mask: bidirectionalMask(keep, shape.queries),
  });
  const embeddings = slice(output, 1, 0, shape.queries);
  const queryLogits = linear(parameters.at('itm_head'), embeddings, 2);
  const logits = reduceMean(queryLogits, [1]);
  const same = (value: number, count: Dim) => expand(graph.scalar('int64', value), [count]);
  const labels = concat([same(1, batch), same(0, batch), same(0, batch)], 0);
  return {
    textIds,
    attentionMask: concat([expand(graph.scalar('int64', 1), [triple, shape.queries]), keep], 1),
    embeddings,
    queryLogits,
    logits,
    labels,
    loss: crossEntropy(logits, labels),
  };
}

// ---- ITG

export interface Generation {
  /** int64 [B, T]: the text with [DEC] in the first place, and the same with −100 for padding. */
  readonly inputIds: Tensor;
  readonly labels: Tensor;
  /** int64 [B, Q + T], and what is added to the scores [B, 1, T, Q + T]. */
  readonly attentionMask: Tensor;
  readonly mask: Tensor;
  /** [B, T, V]; position t predicts token t + 1. */
  readonly logits: Tensor;
  readonly loss: Tensor;
}

/** Image-grounded generation: the text, word by word, behind the keys and values of ITC's query pass. */
export function generation(
  config: Stage1Config,
  parameters: Parameters,
  { inputIds, attentionMask }: Stage1Inputs,
  queryCache: readonly KeyValue[],
): Generation {
  const { qFormer: shape, tokens } = config;
  const { graph } = inputIds;
  const [batch = 1, length = 1] = inputIds.shape;
  const opening = expand(graph.scalar('int64', tokens.decode), [batch, 1]);
  const ids = concat([opening, slice(inputIds, 1, 1)], 1);
  const labels = where(equal(ids, graph.scalar('int64', tokens.pad)), graph.scalar('int64', -100), ids);
  const mask = causalMask(attentionMask, shape.queries);
  const text = qFormer(shape, parameters, {
    text: embedText(shape, parameters, ids),
    mask,
    past: queryCache,
  });
  const logits = textLogits(shape, parameters, text.output); // [B, T, V]
  const scores = reshape(slice(logits, 1, 0, subtractDims(length, 1)), [-1, shape.vocabularySize]);
  return {
    inputIds: ids,
    labels,
    attentionMask: concat([expand(graph.scalar('int64', 1), [batch, shape.queries]), attentionMask], 1),
    mask,
    logits,
    loss: crossEntropy(scores, reshape(slice(labels, 1, 1), [-1]), { labelSmoothing: config.labelSmoothing }),
  };
}

// ---- all three

export interface Stage1 {
  readonly contrast: Contrast;
  readonly matching: Matching;
  readonly generation: Generation;
  /** Their sum. */
  readonly loss: Tensor;
}

/**
 * The three losses of a batch. `chooseNegatives` gets the similarities: it returns graph inputs, or draws within
 * the graph.
 *
 * ```ts
 * const stage1 = stage1Losses(config, parameters, inputs, ({ textToImage, imageToText }) => ({
 *   images: drawNegatives(negativeWeights(textToImage), gumbelForImages),
 *   texts: drawNegatives(negativeWeights(imageToText), gumbelForTexts),
 * }));
 * ```
 */
export function stage1Losses(
  config: Stage1Config,
  parameters: Parameters,
  inputs: Stage1Inputs,
  chooseNegatives: (contrast: Contrast) => Negatives,
): Stage1 {
  const { graph } = parameters;
  const itc = graph.scope('itc', () => contrast(config, parameters, inputs));
  const itm = graph.scope('itm', () => matching(config, parameters, inputs, chooseNegatives(itc)));
  const itg = graph.scope('itg', () => generation(config, parameters, inputs, itc.queryCache));
  return { contrast: itc, matching: itm, generation: itg, loss: add(add(itc.loss, itm.loss), itg.loss) };
}
