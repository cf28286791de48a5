import { crossEntropy, type EvaVitConfig, evaVit, imageTokens, linear } from '@x-llm/models';
import {
  argMax,
  cast,
  div,
  equal,
  type Graph,
  matMul,
  not,
  type Parameters,
  reduceSum,
  reshape,
} from '@x-llm/onnx';
import type { TrainingOutputs } from '../training-step.ts';

export interface ClassifyOptions {
  readonly encoder: EvaVitConfig;
  readonly classes: number;
  readonly batch: number;
  /** Regions of a picture that are asked about. */
  readonly regions: number;
  /** Label smoothing; 0 for evaluation. */
  readonly smoothing: number;
}

/** The label of a region that is not asked about. */
export const noLabel = -100;

/**
 * Supervised pre-training of an image encoder: its output tokens averaged over a region, and a linear head over the
 * classes. With one region that is all of the picture this is plain classification; with a region a thing, the
 * tokens also learn to speak of what stands where they are.
 * Inputs: `pixels` float32 [B, 3, S, S] normalised; `regions` float32 [B, R, P], the weight of each token in each
 * region's average; `labels` int64 [B, R], `noLabel` where a region is not asked about. The head's parameters are
 * `head.*`.
 */
export const classify =
  ({ encoder, classes, batch, regions: count, smoothing }: ClassifyOptions) =>
  (graph: Graph, parameters: Parameters): TrainingOutputs => {
    const { imageSize, width } = encoder;
    const pixels = graph.input('pixels', 'float32', [batch, 3, imageSize, imageSize]);
    const regions = graph.input('regions', 'float32', [batch, count, imageTokens(encoder)]);
    const labels = reshape(graph.input('labels', 'int64', [batch, count]), [batch * count]); // [B·R]
    const { output } = evaVit(encoder, parameters, pixels); // [B, P, C]
    const pooled = reshape(matMul(regions, output), [batch * count, width]); // [B·R, C]
    const scores = linear(parameters.at('head'), pooled, classes); // [B·R, classes]
    const right = reduceSum(cast(equal(argMax(scores, 1), labels), 'float32'));
    const asked = reduceSum(cast(not(equal(labels, graph.scalar('int64', noLabel))), 'float32'));
    const options = { labelSmoothing: smoothing, ignoreIndex: noLabel };
    return { loss: crossEntropy(scores, labels, options), metrics: { accuracy: div(right, asked) } };
  };
