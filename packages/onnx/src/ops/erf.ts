import { inferFloat } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { exp } from './exp.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';

/** y = erf x; dx = dy·2/√π·e^(−x²). */
export const Erf = defineOp({
  type: 'Erf',
  infer: (inputs, _, fail) => inferFloat(inputs, fail),
  gradient: ({ inputs: [x], outputs: [y], gradient }) =>
    x && y ? [mul(gradient, mul(x.graph.scalar(x.dtype, 2 / Math.sqrt(Math.PI)), exp(neg(mul(x, x)))))] : [],
});

export const erf = (x: Tensor): Tensor => single(Erf([x], {}));
