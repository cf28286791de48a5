/**
 * A frozen language model as a teacher: how it takes a row of question and answer, and its loss on the answer. The loss is
 * all that an interface learns from.
 */
import {
  attendCausally,
  type ChatGlmConfig,
  causalHidden,
  embedGlmTokens,
  embedTokens,
  type GlmConfig,
  glm,
  glmLoss,
  glmRotary,
  ignoredLabel,
  int64Rows,
  labelRows,
} from '@x-llm/models';
import { type Graph, type Parameters, range, reshape, type Tensor } from '@x-llm/onnx';
import { Tensor as Value } from '@x-llm/ort';
import { exampleLength, packTextBatch, type TextExample } from '../text-batch.ts';
import { answerLoss, type TextBatchShape, textInputs } from './language-model.ts';

export interface Teacher {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly maxPositions: number;
  /** Stands where there is no token. */
  readonly pad: number;
  /** Positions that an example takes. */
  lengthOf(example: TextExample): number;
  /** Rows of the embedding table at `ids` int64 [...]: [..., C]. */
  embed(parameters: Parameters, ids: Tensor): Tensor;
  /** Mean cross-entropy of the answers, from embeddings [B, T, C] and inputs of its own, which `pack` makes. */
  loss(graph: Graph, parameters: Parameters, embeddings: Tensor, shape: TextBatchShape): Tensor;
  /**
   * `ids` int64 [B, T] and the inputs of `loss` for a batch of examples.
   * @throws RangeError for one that does not fit, for a cut answer would teach the model to stop early.
   */
  pack(examples: readonly TextExample[], shape: TextBatchShape): Record<string, Value>;
}

/** ChatGLM-6B: question `[gMASK] <sop>` answer `<eop>`. */
export const chatGlmTeacher = (config: ChatGlmConfig): Teacher => ({
  vocabSize: config.vocabSize,
  hiddenSize: config.hiddenSize,
  maxPositions: config.maxPositions,
  pad: config.tokens.pad,
  lengthOf: exampleLength,
  embed: (parameters, ids) => embedTokens(config, parameters, ids),
  loss: (graph, parameters, embeddings, shape) =>
    answerLoss(config, parameters, embeddings, textInputs(graph, shape)),
  pack: (examples, shape) => packTextBatch(examples, shape, config.tokens),
});

/**
 * ChatGLM2, ChatGLM3 and GLM-4: question, answer, the token that ends it; the question has what makes an answer begin. What
 * comes behind is never looked at, so rows need no mask. Inputs of the loss: `rows` and `labels` int64 [N].
 */
export const glmTeacher = (config: GlmConfig, endToken: number): Teacher => ({
  vocabSize: config.vocabSize,
  hiddenSize: config.hiddenSize,
  maxPositions: config.maxPositions,
  pad: endToken,
  lengthOf: ({ question, answer }) => question.length + answer.length + 1,
  embed: (parameters, ids) => embedGlmTokens(config, parameters, ids),
  loss(graph, parameters, embeddings, { length, targets }) {
    const positions = reshape(range(graph, length), [1, length]);
    const attend = attendCausally(glmRotary(config, positions), causalHidden(embeddings, length));
    const { hidden } = glm(config, parameters, embeddings, attend);
    const rows = graph.input('rows', 'int64', [targets]);
    return glmLoss(config, parameters, hidden, { rows, labels: graph.input('labels', 'int64', [targets]) });
  },
  pack(examples, { batch, length, targets }) {
    if (examples.length !== batch)
      throw new RangeError(`${examples.length} examples for a batch of ${batch}`);
    const rows = examples.map(({ question, answer }) => {
      const said = [...answer, endToken];
      const rest = length - question.length - said.length;
      if (rest < 0)
        throw new RangeError(`an example of ${question.length + said.length} tokens for rows of ${length}`);
      if (question.length === 0) throw new RangeError('nothing stands before the answer');
      const ignored = (count: number) => Array<number>(count).fill(ignoredLabel);
      return {
        ids: [...question, ...said, ...Array<number>(rest).fill(endToken)],
        labels: [...ignored(question.length), ...said, ...ignored(rest)],
      };
    });
    const taught = labelRows(
      rows.map(({ labels }) => labels),
      targets,
    );
    const int64 = (data: BigInt64Array<ArrayBuffer>, dims: readonly number[]) =>
      Value.from('int64', data, dims);
    return {
      ids: int64(int64Rows(rows.map(({ ids }) => ids)), [batch, length]),
      rows: int64(taught.rows, [targets]),
      labels: int64(taught.labels, [targets]),
    };
  },
});
