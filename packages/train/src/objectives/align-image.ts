import {
  type AdapterConfig,
  adapter,
  type ChatGlmConfig,
  type QFormerConfig,
  readImage,
  splice,
  type TagIds,
} from '@x-llm/models';
import type { Graph, Parameters } from '@x-llm/onnx';
import type { TrainingOutputs } from '../training-step.ts';
import { answerLoss, type TextBatchShape, textInputs } from './language-model.ts';

export interface AlignImageOptions {
  readonly qFormer: QFormerConfig;
  readonly adapter: AdapterConfig;
  readonly llm: ChatGlmConfig;
  /** Ids of `<Image>` and `</Image>`. */
  readonly tags: TagIds;
  /** Tokens the frozen encoder gives per picture. */
  readonly patches: number;
  /** `length` counts the picture's embeddings and tags too. */
  readonly shape: TextBatchShape;
}

/** How many positions a picture takes in front of the text. */
export const imagePrefix = ({ tags, qFormer }: Pick<AlignImageOptions, 'tags' | 'qFormer'>): number =>
  tags.open.length + qFormer.queries + tags.close.length;

/**
 * Stage 2 for pictures (arXiv 2305.04160, 3.2): Q-Former and adapter learn to speak to the frozen language model,
 * whose loss on the answer is all that teaches them.
 * Inputs: `features` float32 [B, P, E] from the frozen encoder, `ids` int64 [B, T − prefix], and `TextInputs`.
 */
export const alignImage =
  (options: AlignImageOptions) =>
  (graph: Graph, parameters: Parameters): TrainingOutputs => {
    const { qFormer, llm, shape, patches, tags } = options;
    const states = graph.input('features', 'float32', [shape.batch, patches, qFormer.encoderWidth]);
    const ids = graph.input('ids', 'int64', [shape.batch, shape.length - imagePrefix(options)]);
    const inputs = textInputs(graph, shape);
    const { output } = readImage(qFormer, parameters, { states });
    const embeddings = adapter(options.adapter, parameters, output); // [B, Q, C]
    const spliced = splice(llm, parameters, [{ ...tags, embeddings }], ids);
    return { loss: answerLoss(llm, parameters, spliced, inputs) };
  };
