import { crossEntropy, type EvaVitConfig, evaVit, linear } from '@x-llm/models';
import { argMax, cast, equal, type Graph, type Parameters, reduceMean } from '@x-llm/onnx';
import type { TrainingOutputs } from '../training-step.ts';

export interface ClassifyOptions {
  readonly encoder: EvaVitConfig;
  readonly classes: number;
  readonly batch: number;
  /** Label smoothing; 0 for evaluation. */
  readonly smoothing: number;
}

/**
 * Supervised pre-training of an image encoder: its output tokens averaged, and a linear head over the classes.
 * Inputs: `pixels` float32 [B, 3, S, S] normalised, `labels` int64 [B]. The head's parameters are `head.*`.
 */
export const classify =
  ({ encoder, classes, batch, smoothing }: ClassifyOptions) =>
  (graph: Graph, parameters: Parameters): TrainingOutputs => {
    const { imageSize } = encoder;
    const pixels = graph.input('pixels', 'float32', [batch, 3, imageSize, imageSize]);
    const labels = graph.input('labels', 'int64', [batch]);
    const { output } = evaVit(encoder, parameters, pixels); // [B, 1 + P, C]
    const scores = linear(parameters.at('head'), reduceMean(output, [1]), classes); // [B, classes]
    const accuracy = reduceMean(cast(equal(argMax(scores, 1), labels), 'float32'));
    return { loss: crossEntropy(scores, labels, { labelSmoothing: smoothing }), metrics: { accuracy } };
  };
