/** Losses that are more than one operator. */
import {
  add,
  cast,
  div,
  equal,
  gatherElements,
  logSoftmax,
  max,
  mul,
  neg,
  not,
  reduceMean,
  reduceSum,
  reshape,
  type Tensor,
  where,
} from '@x-llm/onnx';
import { widthOf } from './layers.ts';

export interface CrossEntropyOptions {
  /** Share of the target that is spread evenly over all classes (arXiv 1512.00567). */
  readonly labelSmoothing?: number;
  /** Rows with this label do not count. */
  readonly ignoreIndex?: number;
}

/** ln softmax(scores) [N, V], that of each row's label [N], and 1 for the rows that count, 0 for the others [N]. */
function ofLabels(scores: Tensor, labels: Tensor, ignoreIndex: number) {
  const { graph } = scores;
  const ignored = equal(labels, graph.scalar('int64', ignoreIndex)); // [N]
  const column = reshape(where(ignored, graph.scalar('int64', 0), labels), [...labels.shape, 1]); // [N, 1]
  const logProbabilities = logSoftmax(scores, -1);
  const chosen = reshape(gatherElements(logProbabilities, column, 1), labels.shape);
  return { logProbabilities, chosen, counted: cast(not(ignored), 'float32') };
}

/**
 * Mean cross-entropy of `scores` [N, V] against int64 `labels` [N], as `torch.nn.functional.cross_entropy`:
 * −Σ target·ln softmax(scores) with target = (1 − s)·onehot + s/V, over the rows that count.
 */
export function crossEntropy(scores: Tensor, labels: Tensor, options: CrossEntropyOptions = {}): Tensor {
  const { labelSmoothing = 0, ignoreIndex = -100 } = options;
  const { graph } = scores;
  const constant = (value: number) => graph.scalar('float32', value);
  const { logProbabilities, chosen, counted } = ofLabels(scores, labels, ignoreIndex);
  const spread = reduceMean(logProbabilities, [1]); // [N]
  const rows = add(mul(constant(1 - labelSmoothing), chosen), mul(constant(labelSmoothing), spread));
  return neg(div(reduceSum(mul(rows, counted)), max(reduceSum(counted), constant(1))));
}

/**
 * Label smoothing as ESPnet and FunASR have it: Σ over the rows that count of KL(target ‖ softmax(scores)), where the
 * target has 1 − s on the label and s/(V − 1) on each of the others. `scores` [N, V], int64 `labels` [N] → []. ESPnet
 * divides by the number of sequences, or of tokens with `normalize_length`.
 */
export function smoothedDivergence(
  scores: Tensor,
  labels: Tensor,
  { smoothing, ignoreIndex = -100 }: { readonly smoothing: number; readonly ignoreIndex?: number },
): Tensor {
  const { graph } = scores;
  const constant = (value: number) => graph.scalar('float32', value);
  const classes = widthOf(scores);
  const rest = smoothing / (classes - 1);
  const { logProbabilities, chosen, counted } = ofLabels(scores, labels, ignoreIndex);
  const all = reduceSum(logProbabilities, [1]); // [N]
  // (1 − s)·chosen + rest·(all − chosen)
  const crossed = add(mul(constant(1 - smoothing - rest), chosen), mul(constant(rest), all));
  const entropy = -plogp(1 - smoothing) - (classes - 1) * plogp(rest);
  const rows = neg(add(crossed, constant(entropy)));
  return reduceSum(mul(rows, counted));
}

const plogp = (p: number): number => (p > 0 ? p * Math.log(p) : 0);
