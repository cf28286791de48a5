import {
  type AdapterConfig,
  adapter,
  type CFormerConfig,
  type ChatGlmConfig,
  crossEntropy,
  embedTokens,
  frameMask,
  layRows,
  readSpeech,
} from '@x-llm/models';
import { cast, type Graph, matMul, type Parameters, reshape, type Tensor } from '@x-llm/onnx';
import type { TrainingOutputs } from '../training-step.ts';
import { anyPhrase, normed, type PhraseEmbeddings, phraseScale } from './align-words.ts';
import { answerLoss, type TextBatchShape, textInputs } from './language-model.ts';

/** The X2L interface for speech. */
export interface SpeechInterface {
  readonly cFormer: Omit<CFormerConfig, 'outputWidth'>;
  /** The S-Adapter. */
  readonly adapter: AdapterConfig;
}

/** Sizes of a batch of recordings as the frozen encoder's CIF hears them. */
export interface FiringsShape {
  readonly batch: number;
  /** Firings of a recording, padding included. */
  readonly firings: number;
}

/** Inputs: `firings` float32 [B, N, E] and `counts` int64 [B] of them. → [B, N, C] in the language model's width. */
export function hearFirings(
  graph: Graph,
  parameters: Parameters,
  { cFormer, adapter: toLanguage, batch, firings }: SpeechInterface & FiringsShape,
): Tensor {
  const speech = graph.input('firings', 'float32', [batch, firings, cFormer.inputWidth]);
  const counts = graph.input('counts', 'int64', [batch]);
  const { states } = readSpeech(cFormer, parameters, speech, cast(frameMask(counts, firings), 'int64'));
  return adapter(toLanguage, parameters, states);
}

export interface AlignTokensOptions extends SpeechInterface, FiringsShape {
  /** The word embedding of every token, from `phraseEmbeddings`. */
  readonly words: PhraseEmbeddings;
}

/**
 * How stage 2 begins for speech: each firing learns to be the word embedding of its token, as `alignWords` has it for
 * pictures. Inputs: those of `hearFirings`, and `tokens` int64 [B, N], or `anyPhrase`.
 */
export const alignTokens =
  (options: AlignTokensOptions) =>
  (graph: Graph, parameters: Parameters): TrainingOutputs => {
    const { batch, firings, words } = options;
    const rows = hearFirings(graph, parameters, options);
    const table = graph.constant('float32', [words.count, words.width], words.values);
    const flat = normed(reshape(rows, [-1, words.width]), words.width);
    const scores = matMul(flat, table, { transposeB: true, alpha: phraseScale * words.width ** -0.5 });
    const labels = reshape(graph.input('tokens', 'int64', [batch, firings]), [-1]);
    return { loss: crossEntropy(scores, labels, { ignoreIndex: anyPhrase }) };
  };

export interface AlignSpeechOptions extends SpeechInterface, FiringsShape {
  readonly llm: ChatGlmConfig;
  readonly shape: TextBatchShape;
}

/**
 * Stage 2 for speech (arXiv 2305.04160, 3.2): C-Former and S-Adapter learn to speak to the frozen language model, whose
 * loss on the answer is all that teaches them. Inputs: those of `hearFirings`, and of `packMixedBatch` with a table of
 * B·N rows of media.
 */
export const alignSpeech =
  (options: AlignSpeechOptions) =>
  (graph: Graph, parameters: Parameters): TrainingOutputs => {
    const { llm, shape } = options;
    const heard = hearFirings(graph, parameters, options);
    const ids = graph.input('ids', 'int64', [shape.batch, shape.length]);
    const sources = graph.input('sources', 'int64', [shape.batch, shape.length]);
    const inputs = textInputs(graph, shape);
    const embeddings = layRows([heard, embedTokens(llm, parameters, ids)], sources);
    return { loss: answerLoss(llm, parameters, embeddings, inputs) };
  };
