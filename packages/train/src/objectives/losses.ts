import {
  add,
  gatherElements,
  logSoftmax,
  mul,
  neg,
  reduceMean,
  reshape,
  softmaxCrossEntropyLoss,
  type Tensor,
} from '@x-llm/onnx';

/**
 * Mean cross-entropy with label smoothing ε over all classes, as torch computes it:
 * (1 − ε)·(−log p[label]) + ε·mean(−log p). `scores` [N, V], `labels` int64 [N], none ignored.
 */
export function smoothedCrossEntropy(scores: Tensor, labels: Tensor, smoothing: number): Tensor {
  if (smoothing === 0) return softmaxCrossEntropyLoss(scores, labels);
  const { graph } = scores;
  const logProbabilities = logSoftmax(scores, 1);
  const [rows = 1] = labels.shape;
  const picked = reduceMean(gatherElements(logProbabilities, reshape(labels, [rows, 1]), 1));
  const weigh = (value: Tensor, weight: number) => mul(value, graph.scalar('float32', weight));
  return neg(add(weigh(picked, 1 - smoothing), weigh(reduceMean(logProbabilities), smoothing)));
}
