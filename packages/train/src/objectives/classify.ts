import { crossEntropy, type EvaVitConfig, evaVit, imageTokens, linear, patchGrid } from '@x-llm/models';
import {
  add,
  argMax,
  cast,
  div,
  equal,
  type Graph,
  matMul,
  mul,
  not,
  type Parameters,
  reduceSum,
  reshape,
  slice,
  type Tensor,
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
  /** How much it counts that each patch says where it is; it is not asked when left out. */
  readonly placeWeight?: number;
}

/** The label of a region that is not asked about. */
export const noLabel = -100;

/**
 * Supervised pre-training of an image encoder: its output tokens averaged over a region, and a linear head over the
 * classes. With one region that is all of the picture this is plain classification; with a region a thing, the
 * tokens also learn to speak of what stands where they are.
 * Inputs: `pixels` float32 [B, 3, S, S] normalised; `regions` float32 [B, R, P], the weight of each token in each
 * region's average; `labels` int64 [B, R], `noLabel` where a region is not asked about. The heads' parameters are
 * `head.*`.
 *
 * What helps to name a thing does not say where it is: an encoder taught names alone, and mirrored pictures, keeps its
 * patches' rows but forgets their columns. With `placeWeight`, every patch also says its row and its column.
 */
export const classify =
  ({ encoder, classes, batch, regions: count, smoothing, placeWeight }: ClassifyOptions) =>
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
    const named = crossEntropy(scores, labels, options);
    const accuracy = div(right, asked);
    if (placeWeight === undefined) return { loss: named, metrics: { accuracy } };
    const places = placeLoss(encoder, parameters.at('head'), output);
    return {
      loss: add(named, mul(graph.scalar('float32', placeWeight), places)),
      metrics: { accuracy, places },
    };
  };

/** Each patch of [B, P, C] says the row and the column it stands in: cross-entropy of both, over their number. */
function placeLoss(encoder: EvaVitConfig, head: Parameters, output: Tensor): Tensor {
  const { graph, shape } = output;
  const [batch = 1, tokens = 1] = shape;
  const side = patchGrid(encoder);
  const count = Number(batch) * side * side;
  // The class token stands in front.
  const patches = reshape(slice(output, 1, Number(tokens) - side * side), [count, encoder.width]);
  const saysIndex = (name: string, index: (place: number) => number): Tensor => {
    const right = Array.from({ length: count }, (_, patch) => index(patch % (side * side)));
    return crossEntropy(linear(head.at(name), patches, side), graph.constant('int64', [count], right));
  };
  const row = saysIndex('row', (place) => Math.floor(place / side));
  return add(
    row,
    saysIndex('column', (place) => place % side),
  );
}
