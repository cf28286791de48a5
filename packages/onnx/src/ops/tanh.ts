import { inferFloat } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { mul } from './mul.ts';
import { sub } from './sub.ts';

/** y = tanh x; dx = dy·(1 − y²). */
export const Tanh = defineOp({
  type: 'Tanh',
  infer: (inputs, _, fail) => inferFloat(inputs, fail),
  gradient: ({ inputs: [x], outputs: [y], gradient }) =>
    x && y ? [mul(gradient, sub(y.graph.scalar(y.dtype, 1), mul(y, y)))] : [],
});

export const tanh = (x: Tensor): Tensor => single(Tanh([x], {}));
