import { crossEntropy } from '@x-llm/models';
import { type Graph, matMul, type Parameters, reshape } from '@x-llm/onnx';
import type { TrainingOutputs } from '../training-step.ts';
import { type FiringsShape, type HeardMedia, hearFirings } from './align-media.ts';
import { anyPhrase, normed, type PhraseEmbeddings, phraseScale } from './align-words.ts';

export interface AlignTokensOptions extends FiringsShape {
  readonly speech: HeardMedia;
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
    const rows = hearFirings(graph, parameters, options.speech, options);
    const table = graph.constant('float32', [words.count, words.width], words.values);
    const flat = normed(reshape(rows, [-1, words.width]), words.width);
    const scores = matMul(flat, table, { transposeB: true, alpha: phraseScale * words.width ** -0.5 });
    const labels = reshape(graph.input('tokens', 'int64', [batch, firings]), [-1]);
    return { loss: crossEntropy(scores, labels, { ignoreIndex: anyPhrase }) };
  };
