import { type Dim, multiplyDims } from '../dim.ts';
import type { Tensor } from '../graph.ts';
import { at, defineOp, single } from '../op.ts';
import { axesInput, inferReduction, type ReductionAttributes, reducedAxes, spread } from '../reduction.ts';
import { cast } from './cast.ts';
import { div } from './div.ts';
import { sizeTensor } from './shape.ts';

/** y = mean of x over axes; dx = dy/n spread over them. */
export const ReduceMean = defineOp<ReductionAttributes>({
  type: 'ReduceMean',
  infer: (inputs, { keepdims }, fail) => inferReduction(inputs, keepdims === 1, fail),
  gradient: ({ inputs, gradient }) => {
    const [x] = inputs;
    if (!x) return [];
    const axes = reducedAxes(inputs);
    const count = axes.map((axis) => at(x.shape, axis)).reduce<Dim>(multiplyDims, 1);
    const divisor =
      typeof count === 'number' ? x.graph.scalar(x.dtype, count) : cast(sizeTensor(x.graph, count), x.dtype);
    return [spread(div(gradient, divisor), x, axes)];
  },
});

/** Mean over `axes` (all, when left out). */
export const reduceMean = (
  x: Tensor,
  axes?: readonly number[],
  options: { keepDims?: boolean } = {},
): Tensor =>
  single(
    ReduceMean([x, axesInput(x, axes ?? x.shape.map((_, axis) => axis))], {
      keepdims: options.keepDims ? 1 : 0,
      noop_with_empty_axes: 1,
    }),
  );
