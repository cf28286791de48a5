import {
  type AdapterConfig,
  adapter,
  crossEntropy,
  type QFormerConfig,
  queryTokens,
  readImage,
} from '@x-llm/models';
import {
  add,
  type Graph,
  layerNormalization,
  matMul,
  type Parameters,
  reshape,
  type StoredTensor,
  type Tensor,
} from '@x-llm/onnx';
import type { TrainingOutputs } from '../training-step.ts';

export interface AlignWordsOptions {
  readonly qFormer: QFormerConfig;
  readonly adapter: AdapterConfig;
  readonly batch: number;
  /** Tokens the frozen encoder gives per picture. */
  readonly patches: number;
  /** What a query may say, one row a phrase, from `phraseEmbeddings`. */
  readonly phrases: PhraseEmbeddings;
  /** Frames of videos beside the pictures. */
  readonly frames?: WordsOfFrames | undefined;
}

/** What frames of videos have of their own; they share the Q-Former. */
export interface WordsOfFrames {
  readonly batch: number;
  readonly adapter: AdapterConfig;
  /** The parameter that holds their queries. */
  readonly queries: string;
}

/** `count` rows of `width` values, each with mean 0 and length 1. */
export interface PhraseEmbeddings {
  readonly count: number;
  readonly width: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** The label of a query that may say anything. */
export const anyPhrase = -100;

/** A cosine of 1 is worth this much in the softmax over phrases. */
export const phraseScale = 16;

/**
 * Phrases as a language model sees them when their words lie on top of each other: the mean of the `words` [V, C] of
 * their tokens, centred and of length 1, for the first norm of ChatGLM takes away anything else.
 * @throws RangeError for a phrase without tokens, or with one that the table lacks.
 */
export function phraseEmbeddings(
  words: StoredTensor,
  phrases: readonly (readonly number[])[],
): PhraseEmbeddings {
  const [vocabulary = 0, width = 0] = words.shape;
  const { data } = words;
  if (!(data instanceof Float32Array))
    throw new TypeError('phraseEmbeddings: words are not float32 in memory');
  const values = new Float32Array(phrases.length * width);
  for (const [index, tokens] of phrases.entries()) {
    if (tokens.length === 0) throw new RangeError(`phraseEmbeddings: phrase ${index} has no tokens`);
    const row = values.subarray(index * width, (index + 1) * width);
    for (const token of tokens) {
      if (!(token >= 0 && token < vocabulary))
        throw new RangeError(
          `phraseEmbeddings: token ${token} of phrase ${index} is not one of ${vocabulary}`,
        );
      for (let i = 0; i < width; i++) row[i] = (row[i] ?? 0) + (data[token * width + i] ?? 0);
    }
    const mean = row.reduce((sum, value) => sum + value, 0) / width;
    const centred = row.map((value) => value - mean);
    const length = Math.hypot(...centred);
    row.set(centred.map((value) => value / length));
  }
  return { count: phrases.length, width, values };
}

/**
 * How stage 2 begins: each query learns to say what it should in the frozen language model's own word embeddings, by
 * cross-entropy over all phrases of the cosine between the adapter's row and the phrase. No language model has to run
 * for that. Inputs: `features` float32 [B, P, E] from the frozen encoder, and `labels` int64 [B, Q], the phrase of
 * each query or `anyPhrase`; with frames also `frames` float32 [F, P, E] and `frameLabels` int64 [F, Q], whose loss is
 * added.
 */
export const alignWords =
  (options: AlignWordsOptions) =>
  (graph: Graph, parameters: Parameters): TrainingOutputs => {
    const { qFormer, patches, phrases, frames } = options;
    const table = graph.constant('float32', [phrases.count, phrases.width], phrases.values);
    const lossOf = (names: readonly [string, string], said: Omit<WordsOfFrames, 'queries'>, own?: Tensor) => {
      const states = graph.input(names[0], 'float32', [said.batch, patches, qFormer.encoderWidth]);
      const labels = reshape(graph.input(names[1], 'int64', [said.batch, qFormer.queries]), [-1]); // [B·Q]
      const { output } = readImage(qFormer, parameters, { states }, own);
      const rows = reshape(adapter(said.adapter, parameters, output), [-1, phrases.width]); // [B·Q, C]
      // A norm without gain gives rows a length of √C, so this is the cosine times `phraseScale`: [B·Q, phrases].
      const alpha = phraseScale * phrases.width ** -0.5;
      const scores = matMul(normed(rows, phrases.width), table, { transposeB: true, alpha });
      return crossEntropy(scores, labels, { ignoreIndex: anyPhrase });
    };
    const pictures = lossOf(['features', 'labels'], options);
    if (!frames) return { loss: pictures };
    const queries = queryTokens(qFormer, parameters, frames.queries);
    const moving = lossOf(['frames', 'frameLabels'], frames, queries);
    return { loss: add(pictures, moving), metrics: { pictures, frames: moving } };
  };

/** Mean 0 and variance 1 over the last axis. */
export function normed(x: Tensor, width: number): Tensor {
  const { graph } = x;
  const ones = graph.constant('float32', [width], new Float32Array(width).fill(1));
  return layerNormalization(x, ones, undefined, 1e-5);
}
