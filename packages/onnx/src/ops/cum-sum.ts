import { normaliseAxis } from '../dim.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, type Operator, single } from '../op.ts';

interface CumSumAttributes {
  readonly [name: string]: number;
  readonly exclusive: number;
  readonly reverse: number;
}

/** y = running sum along an axis; dx = running sum of dy from the other end. */
export const CumSum: Operator<CumSumAttributes> = defineOp<CumSumAttributes>({
  type: 'CumSum',
  infer: ([x, axis], _, fail) => {
    if (!x || !axis?.values) return fail('needs an input and a constant axis');
    normaliseAxis(Number(axis.values[0]), x.shape.length, fail);
    return [{ dtype: x.dtype, shape: x.shape }];
  },
  gradient: ({ inputs: [, axis], attributes: { exclusive, reverse }, gradient }) => [
    single(CumSum([gradient, axis], { exclusive, reverse: 1 - reverse })),
  ],
});

export const cumSum = (
  x: Tensor,
  axis: number,
  options: { exclusive?: boolean; reverse?: boolean } = {},
): Tensor =>
  single(
    CumSum([x, x.graph.scalar('int64', axis)], {
      exclusive: options.exclusive ? 1 : 0,
      reverse: options.reverse ? 1 : 0,
    }),
  );
