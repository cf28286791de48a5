import { inferFloat } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { greater } from './greater.ts';
import { neg } from './neg.ts';
import { where } from './where.ts';

/** y = |x|; dx = dy·sign x, 0 counted as negative. */
export const Abs = defineOp({
  type: 'Abs',
  infer: (inputs, _, fail) => inferFloat(inputs, fail),
  gradient: ({ inputs: [x], outputs: [y], gradient }) =>
    x && y ? [where(greater(x, x.graph.scalar(x.dtype, 0)), gradient, neg(gradient))] : [],
});

export const abs = (x: Tensor): Tensor => single(Abs([x], {}));
