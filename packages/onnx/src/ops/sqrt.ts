import { inferFloat } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { div } from './div.ts';
import { mul } from './mul.ts';

/** y = √x; dx = dy/(2y). */
export const Sqrt = defineOp({
  type: 'Sqrt',
  infer: (inputs, _, fail) => inferFloat(inputs, fail),
  gradient: ({ inputs: [x], outputs: [y], gradient }) =>
    x && y ? [div(gradient, mul(y, y.graph.scalar(y.dtype, 2)))] : [],
});

export const sqrt = (x: Tensor): Tensor => single(Sqrt([x], {}));
