import { drawNegatives, negativeWeights, type Stage1Config, stage1Losses } from '@x-llm/models';
import type { Graph, Parameters } from '@x-llm/onnx';
import type { TrainingOutputs } from '../training-step.ts';

export interface Stage1ImageOptions {
  readonly config: Stage1Config;
  readonly batch: number;
  /** Tokens the frozen encoder gives per picture. */
  readonly patches: number;
  /** Tokens of a text, [CLS] and [SEP] included. */
  readonly textLength: number;
}

/**
 * Stage 1 for pictures: ITC + ITM + ITG (arXiv 2301.12597), hard negatives drawn within the graph.
 * Inputs: `features` float32 [B, P, E], `ids` and `mask` int64 [B, T], and `gumbel.images`, `gumbel.texts`
 * float32 [B, B], independent −ln(−ln u), which decide the negatives.
 */
export const stage1Image =
  ({ config, batch, patches, textLength }: Stage1ImageOptions) =>
  (graph: Graph, parameters: Parameters): TrainingOutputs => {
    const inputs = {
      imageEmbeds: graph.input('features', 'float32', [batch, patches, config.qFormer.encoderWidth]),
      inputIds: graph.input('ids', 'int64', [batch, textLength]),
      attentionMask: graph.input('mask', 'int64', [batch, textLength]),
    };
    const noise = {
      images: graph.input('gumbel.images', 'float32', [batch, batch]),
      texts: graph.input('gumbel.texts', 'float32', [batch, batch]),
    };
    const { loss, contrast, matching, generation } = stage1Losses(
      config,
      parameters,
      inputs,
      ({ textToImage, imageToText }) => ({
        images: drawNegatives(negativeWeights(textToImage), noise.images),
        texts: drawNegatives(negativeWeights(imageToText), noise.texts),
      }),
    );
    return { loss, metrics: { itc: contrast.loss, itm: matching.loss, itg: generation.loss } };
  };
