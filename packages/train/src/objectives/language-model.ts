import {
  additiveMask,
  attendWhole,
  type ChatGlmConfig,
  chatglm,
  embedTokens,
  languageModelLoss,
  prefixMask,
  rotary,
} from '@x-llm/models';
import type { Graph, Parameters, Tensor } from '@x-llm/onnx';
import type { TrainingOutputs } from '../training-step.ts';

/** Sizes of one batch of text rows; `targets` is how many labels fit the batch. */
export interface TextBatchShape {
  readonly batch: number;
  /** Tokens of a row, embeddings of other modalities included. */
  readonly length: number;
  readonly targets: number;
}

/** The inputs that say what a row of tokens means to ChatGLM; `packTextBatch` makes them. */
export interface TextInputs {
  /** int64 [B, 2, T] */
  readonly positions: Tensor;
  /** int64 [B]: tokens before `<sop>` */
  readonly contexts: Tensor;
  /** int64 [N]: flat rows that predict, and what */
  readonly rows: Tensor;
  readonly labels: Tensor;
}

export function textInputs(graph: Graph, { batch, length, targets }: TextBatchShape): TextInputs {
  return {
    positions: graph.input('positions', 'int64', [batch, 2, length]),
    contexts: graph.input('contexts', 'int64', [batch]),
    rows: graph.input('rows', 'int64', [targets]),
    labels: graph.input('labels', 'int64', [targets]),
  };
}

/** Mean cross-entropy of the answers, from embeddings [B, T, C]. */
export function answerLoss(
  config: ChatGlmConfig,
  parameters: Parameters,
  embeddings: Tensor,
  { positions, contexts, rows, labels }: TextInputs,
): Tensor {
  const mask = additiveMask(prefixMask(contexts, embeddings.shape[1] ?? 1));
  const attend = attendWhole(config, rotary(config, positions), mask);
  const { hidden } = chatglm(config, parameters, embeddings, attend);
  return languageModelLoss(config, parameters, hidden, { labels, rows });
}

/** Pre-training of the language model on prompts and answers. Inputs: `ids` int64 [B, T] and `TextInputs`. */
export const languageModel =
  (config: ChatGlmConfig, shape: TextBatchShape) =>
  (graph: Graph, parameters: Parameters): TrainingOutputs => {
    const ids = graph.input('ids', 'int64', [shape.batch, shape.length]);
    const inputs = textInputs(graph, shape);
    return { loss: answerLoss(config, parameters, embedTokens(config, parameters, ids), inputs) };
  };
