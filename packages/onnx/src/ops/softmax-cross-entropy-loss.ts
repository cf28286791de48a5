import { formatShape, sameShape } from '../dim.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { cast } from './cast.ts';
import { div } from './div.ts';
import { equal } from './equal.ts';
import { exp } from './exp.ts';
import { expand } from './expand.ts';
import { max } from './max.ts';
import { mul } from './mul.ts';
import { not } from './not.ts';
import { reduceSum } from './reduce-sum.ts';
import { reshape } from './reshape.ts';
import { scatterElements } from './scatter-elements.ts';
import { where } from './where.ts';

/**
 * loss = mean over counted rows of −ln softmax(scores)[label]; rows labelled `ignore_index` do not count.
 * d(scores) = dloss·(softmax − onehot)/n on counted rows, 0 on the others.
 */
export const SoftmaxCrossEntropyLoss = defineOp<{
  readonly ignore_index: number;
  readonly reduction: 'mean';
}>({
  type: 'SoftmaxCrossEntropyLoss',
  infer: ([scores, labels], _, fail) => {
    if (!scores || !labels) return fail('needs scores and labels');
    if (scores.shape.length !== 2 || !sameShape(labels.shape, scores.shape.slice(0, 1))) {
      fail(
        `expected scores [N,V] and labels [N], got ${formatShape(scores.shape)} and ${formatShape(labels.shape)}`,
      );
    }
    if (labels.dtype !== 'int64' && labels.dtype !== 'int32')
      fail(`expected integer labels, got ${labels.dtype}`);
    return [
      { dtype: scores.dtype, shape: [] },
      { dtype: scores.dtype, shape: scores.shape },
    ];
  },
  gradient: ({ inputs: [scores, labels], outputs: [, logProbabilities], attributes, gradient }) => {
    if (!scores || !labels || !logProbabilities) return [];
    const { graph, dtype } = scores;
    const column = reshape(labels, [...labels.shape, 1]);
    const ignored = equal(column, graph.scalar(labels.dtype, attributes.ignore_index));
    const counted = cast(not(ignored), dtype);
    const scale = mul(counted, div(gradient, max(reduceSum(counted), graph.scalar(dtype, 1))));
    const safe = where(ignored, graph.scalar(labels.dtype, 0), column);
    const minusOne = expand(graph.constant(dtype, [1, 1], [-1]), column.shape);
    return [mul(scatterElements(exp(logProbabilities), safe, minusOne, 1, 'add'), scale)];
  },
});

/** Mean cross-entropy of `scores` [N, V] against integer `labels` [N]; `ignoreIndex` marks rows left out. */
export const softmaxCrossEntropyLoss = (scores: Tensor, labels: Tensor, ignoreIndex = -100): Tensor =>
  single(SoftmaxCrossEntropyLoss([scores, labels], { ignore_index: ignoreIndex, reduction: 'mean' }));
