import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { axesInput, inferReduction, type ReductionAttributes, reducedAxes, spread } from '../reduction.ts';

/** y = Σx over axes; dx = dy spread over them. */
export const ReduceSum = defineOp<ReductionAttributes>({
  type: 'ReduceSum',
  infer: (inputs, { keepdims }, fail) => inferReduction(inputs, keepdims === 1, fail),
  gradient: ({ inputs, gradient }) => {
    const [x] = inputs;
    return x ? [spread(gradient, x, reducedAxes(inputs))] : [];
  },
});

/** Sum over `axes` (all, when left out). */
export const reduceSum = (
  x: Tensor,
  axes?: readonly number[],
  options: { keepDims?: boolean } = {},
): Tensor =>
  single(
    ReduceSum([x, axesInput(x, axes ?? x.shape.map((_, axis) => axis))], {
      keepdims: options.keepDims ? 1 : 0,
      noop_with_empty_axes: 1,
    }),
  );
