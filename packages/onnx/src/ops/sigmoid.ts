import { inferFloat } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { mul } from './mul.ts';
import { sub } from './sub.ts';

/** y = 1/(1 + e⁻ˣ); dx = dy·y·(1 − y). */
export const Sigmoid = defineOp({
  type: 'Sigmoid',
  infer: (inputs, _, fail) => inferFloat(inputs, fail),
  gradient: ({ inputs: [x], outputs: [y], gradient }) =>
    x && y ? [mul(gradient, mul(y, sub(y.graph.scalar(y.dtype, 1), y)))] : [],
});

export const sigmoid = (x: Tensor): Tensor => single(Sigmoid([x], {}));
