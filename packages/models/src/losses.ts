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

export interface CrossEntropyOptions {
  /** Share of the target that is spread evenly over all classes (arXiv 1512.00567). */
  readonly labelSmoothing?: number;
  /** Rows with this label do not count. */
  readonly ignoreIndex?: number;
}

/**
 * Mean cross-entropy of `scores` [N, V] against int64 `labels` [N], as `torch.nn.functional.cross_entropy`:
 * −Σ target·ln softmax(scores) with target = (1 − s)·onehot + s/V, over the rows that count.
 */
export function crossEntropy(scores: Tensor, labels: Tensor, options: CrossEntropyOptions = {}): Tensor {
  const { labelSmoothing = 0, ignoreIndex = -100 } = options;
  const { graph } = scores;
  const constant = (value: number) => graph.scalar('float32', value);
  const ignored = equal(labels, graph.scalar('int64', ignoreIndex)); // [N]
  const counted = cast(not(ignored), 'float32');
  const column = reshape(where(ignored, graph.scalar('int64', 0), labels), [...labels.shape, 1]); // [N, 1]

  const logProbabilities = logSoftmax(scores, -1); // [N, V]
  const chosen = reshape(gatherElements(logProbabilities, column, 1), labels.shape); // [N]
  const spread = reduceMean(logProbabilities, [1]); // [N]
  const rows = add(mul(constant(1 - labelSmoothing), chosen), mul(constant(labelSmoothing), spread));
  return neg(div(reduceSum(mul(rows, counted)), max(reduceSum(counted), constant(1))));
}
