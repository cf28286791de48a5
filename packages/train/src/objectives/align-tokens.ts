import { crossEntropy } from '@x-llm/models';
import { type Graph, matMul, type Parameters, reshape } from '@x-llm/onnx';
import type { TrainingOutputs } from '../training-step.ts';
import { type FiringsShape, type HeardMedia, hearFirings } from './align-media.ts';
import { anyPhrase, normed, type PhraseEmbeddings, phraseScale } from './align-words.ts';

export interface AlignTokensOptions extends FiringsShape {
  readonly speech: HeardMedia;
  /** What a firing may say, one row a phrase, from `phraseEmbeddings`. */
  readonly phrases: PhraseEmbeddings;
}

/**
 * How stage 2 begins for speech: each firing learns to be the word embeddings of its tokens, as `alignWords` has it for
 * pictures. Inputs: those of `hearFirings`, and `labels` int64 [B, N], the phrase of each firing or `anyPhrase`.
 */
export const alignTokens =
  (options: AlignTokensOptions) =>
  (graph: Graph, parameters: Parameters): TrainingOutputs => {
    const { batch, firings, phrases } = options;
    const rows = hearFirings(graph, parameters, options.speech, options);
    const table = graph.constant('float32', [phrases.count, phrases.width], phrases.values);
    const flat = normed(reshape(rows, [-1, phrases.width]), phrases.width);
    const scores = matMul(flat, table, { transposeB: true, alpha: phraseScale * phrases.width ** -0.5 });
    const labels = reshape(graph.input('labels', 'int64', [batch, firings]), [-1]);
    return { loss: crossEntropy(scores, labels, { ignoreIndex: anyPhrase }) };
  };
