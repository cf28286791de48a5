import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import {
  axesInput,
  inferReduction,
  keptShape,
  type ReductionAttributes,
  reducedAxes,
  spread,
} from '../reduction.ts';
import { cast } from './cast.ts';
import { div } from './div.ts';
import { equal } from './equal.ts';
import { mul } from './mul.ts';
import { reduceSum } from './reduce-sum.ts';
import { reshape } from './reshape.ts';

/** y = max of x over axes; dy is shared equally among the elements that reach the maximum. */
export const ReduceMax = defineOp<ReductionAttributes>({
  type: 'ReduceMax',
  infer: (inputs, { keepdims }, fail) => inferReduction(inputs, keepdims === 1, fail),
  gradient: ({ inputs, outputs: [y], gradient }) => {
    const [x] = inputs;
    if (!x || !y) return [];
    const axes = reducedAxes(inputs);
    const winners = cast(equal(x, reshape(y, keptShape(x, axes))), x.dtype);
    return [mul(winners, spread(div(gradient, reshape(reduceSum(winners, axes), gradient.shape)), x, axes))];
  },
});

/** Maximum over `axes` (all, when left out). */
export const reduceMax = (
  x: Tensor,
  axes?: readonly number[],
  options: { keepDims?: boolean } = {},
): Tensor =>
  single(
    ReduceMax([x, axesInput(x, axes ?? x.shape.map((_, axis) => axis))], {
      keepdims: options.keepDims ? 1 : 0,
      noop_with_empty_axes: 1,
    }),
  );
