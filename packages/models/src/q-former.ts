/**
 * Q-Former: the X2L interface for pictures. A BERT whose learnt queries read the image encoder's output through
 * cross-attention, and which reads text through the same self-attention but a feed-forward network of its own.
 *
 * Paper: BLIP-2 (arXiv 2301.12597). Reference: LAVIS `lavis/models/blip2_models/Qformer.py` @ 506965b, which
 * X-LLM (arXiv 2305.04160) uses unchanged. Names of parameters are LAVIS's.
 */
import {
  add,
  concat,
  type Dim,
  expand,
  GraphError,
  gather,
  gelu,
  matMul,
  type Parameters,
  slice,
  type Tensor,
} from '@x-llm/onnx';
import { attend, feedForward, type KeyValue, keyValue } from './bert.ts';
import { layerNorm, linear } from './layers.ts';
import { encoderMask as patchMask } from './q-former-masks.ts';

export interface QFormerConfig {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly feedForwardWidth: number;
  /** Width of the image encoder's output. */
  readonly encoderWidth: number;
  /** Every so many layers, from the first on, queries attend to the picture. */
  readonly crossAttentionFrequency: number;
  readonly queries: number;
  readonly vocabularySize: number;
  readonly maxPositions: number;
  readonly epsilon: number;
}

/** BERT-base with 32 queries on ViT-g: BLIP-2, X-LLM. The vocabulary is bert-base-uncased and [DEC]. */
export const qFormerBase: QFormerConfig = {
  width: 768,
  layers: 12,
  heads: 12,
  feedForwardWidth: 3072,
  encoderWidth: 1408,
  crossAttentionFrequency: 2,
  queries: 32,
  vocabularySize: 30523,
  maxPositions: 512,
  epsilon: 1e-12,
};

/** The picture as the encoder gives it, and which of its positions count (int64 [B, P], 1 = yes; all, if left out). */
export interface EncoderStates {
  /** [B, P, E] */
  readonly states: Tensor;
  readonly mask?: Tensor | undefined;
}

export interface QFormerInputs {
  /** Embedded queries, from `embedQueries`: [B, Q, C]. They come first. */
  readonly queries?: Tensor | undefined;
  /** Embedded text, from `embedText`: [B, T, C]. */
  readonly text?: Tensor | undefined;
  /** What queries attend to; needed with `queries`. */
  readonly encoder?: EncoderStates | undefined;
  /** Added to the scores of self-attention; see q-former-masks.ts. */
  readonly mask?: Tensor | undefined;
  /** Keys and values of earlier tokens, per layer. */
  readonly past?: readonly KeyValue[] | undefined;
}

export interface QFormerOutputs {
  /** The embeddings and the output of each layer, [B, Q + T, C]. */
  readonly hidden: readonly Tensor[];
  /** The last of them. */
  readonly output: Tensor;
  /** Per layer, including the past. */
  readonly cache: readonly KeyValue[];
}

// ---- embeddings

/** The learnt queries of the checkpoint, [1, Q, C]; X-LLM's video branch keeps others under `video_query_tokens`. */
export const queryTokens = (config: QFormerConfig, parameters: Parameters, name = 'query_tokens'): Tensor =>
  parameters.get(name, [1, config.queries, config.width]);

/** Queries for a batch: no position is added to them, only the norm applied. [1, Q, C] → [B, Q, C] */
export function embedQueries(
  config: QFormerConfig,
  parameters: Parameters,
  tokens: Tensor,
  batch: Dim,
): Tensor {
  const [, queries = config.queries] = tokens.shape;
  const normed = layerNorm(embeddings(parameters).at('LayerNorm'), tokens, config.epsilon);
  return expand(normed, [batch, queries, config.width]);
}

/** Text `ids` int64 [B, T] → [B, T, C]. Positions start at 0, also behind cached queries. */
export function embedText(config: QFormerConfig, parameters: Parameters, ids: Tensor): Tensor {
  const { width, vocabularySize, maxPositions, epsilon } = config;
  const words = gather(wordEmbeddings(parameters, vocabularySize, width), ids); // [B, T, C]
  const stored = embeddings(parameters).at('position_embeddings').get('weight', [maxPositions, width]);
  const [, length = 1] = ids.shape;
  return layerNorm(embeddings(parameters).at('LayerNorm'), add(words, slice(stored, 0, 0, length)), epsilon);
}

const embeddings = (parameters: Parameters): Parameters => parameters.at('Qformer.bert.embeddings');

const wordEmbeddings = (parameters: Parameters, vocabularySize: number, width: number): Tensor =>
  embeddings(parameters).at('word_embeddings').get('weight', [vocabularySize, width]);

// ---- layers

const extend = (past: KeyValue | undefined, now: KeyValue): KeyValue =>
  past ? { key: concat([past.key, now.key], 2), value: concat([past.value, now.value], 2) } : now;

interface LayerInputs {
  readonly x: Tensor;
  /** How many of the rows of `x` are queries, and whether the others are none. */
  readonly queries: number;
  readonly hasText: boolean;
  readonly encoder: EncoderStates | undefined;
  readonly encoderMask: Tensor | undefined;
  readonly mask: Tensor | undefined;
  readonly past: KeyValue | undefined;
}

function layer(
  config: QFormerConfig,
  parameters: Parameters,
  crossAttends: boolean,
  { x, queries, hasText, encoder, encoderMask, mask, past }: LayerInputs,
): { x: Tensor; cache: KeyValue } {
  const self = parameters.at('attention');
  const cache = extend(past, keyValue(config, self.at('self'), x));
  const mixed = attend(config, self, x, cache, mask);

  const streams: Tensor[] = [];
  if (queries > 0) {
    let stream = hasText ? slice(mixed, 1, 0, queries) : mixed; // [B, Q, C]
    if (crossAttends && encoder) {
      const cross = parameters.at('crossattention');
      stream = attend(config, cross, stream, keyValue(config, cross.at('self'), encoder.states), encoderMask);
    }
    streams.push(feedForward(config, parameters, stream, '_query'));
  }
  if (hasText) {
    const stream = queries > 0 ? slice(mixed, 1, queries) : mixed; // [B, T, C]
    streams.push(feedForward(config, parameters, stream));
  }
  return { x: concat(streams, 1), cache };
}

/**
 * Runs queries, text, or queries then text. Text takes no part in cross-attention.
 *
 * ```ts
 * const queries = embedQueries(config, parameters, queryTokens(config, parameters), 'B');
 * const { output } = qFormer(config, parameters, { queries, encoder: { states } });   // [B, Q, C]
 * ```
 */
export function qFormer(
  config: QFormerConfig,
  parameters: Parameters,
  inputs: QFormerInputs,
): QFormerOutputs {
  const { queries, text, encoder, mask, past } = inputs;
  const { graph } = parameters;
  return graph.scope('q-former', () => {
    const present = [queries, text].filter((stream) => stream !== undefined);
    if (present.length === 0) throw new GraphError('a Q-Former needs queries or text', graph.scopePath);
    if (queries && !encoder)
      throw new GraphError('queries need encoder states to attend to', graph.scopePath);
    const count = Number(queries?.shape[1] ?? 0);
    const encoderMask = encoder?.mask && patchMask(encoder.mask);

    let x = concat(present, 1); // [B, Q + T, C]
    const hidden = [x];
    const cache: KeyValue[] = [];
    for (let index = 0; index < config.layers; index++) {
      const here = parameters.at(`Qformer.bert.encoder.layer.${index}`);
      const crossAttends = index % config.crossAttentionFrequency === 0;
      const result = graph.scope(`layer.${index}`, () =>
        layer(config, here, crossAttends, {
          x,
          queries: count,
          hasText: text !== undefined,
          encoder,
          encoderMask,
          mask,
          past: past?.[index],
        }),
      );
      x = result.x;
      hidden.push(x);
      cache.push(result.cache);
    }
    return { hidden, output: x, cache };
  });
}

/** The query branch, which is what X-LLM keeps for inference: encoder states → [B, Q, C]. */
export function readImage(
  config: QFormerConfig,
  parameters: Parameters,
  encoder: EncoderStates,
  tokens: Tensor = queryTokens(config, parameters),
): QFormerOutputs {
  const [batch = 1] = encoder.states.shape;
  return qFormer(config, parameters, { queries: embedQueries(config, parameters, tokens, batch), encoder });
}

/** Scores of the next text token, from hidden states [B, T, C] → [B, T, V]; the output weights are the word embeddings. */
export function textLogits(config: QFormerConfig, parameters: Parameters, x: Tensor): Tensor {
  const { width, vocabularySize, epsilon } = config;
  const head = parameters.at('Qformer.cls.predictions');
  const transform = head.at('transform');
  const features = layerNorm(
    transform.at('LayerNorm'),
    gelu(linear(transform.at('dense'), x, width)),
    epsilon,
  );
  const words = wordEmbeddings(parameters, vocabularySize, width);
  return add(matMul(features, words, { transposeB: true }), head.get('bias', [vocabularySize]));
}
