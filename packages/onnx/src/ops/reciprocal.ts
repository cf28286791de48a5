import { inferFloat } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';

/** y = 1/x; dx = −dy·y². */
export const Reciprocal = defineOp({
  type: 'Reciprocal',
  infer: (inputs, _, fail) => inferFloat(inputs, fail),
  gradient: ({ inputs: [x], outputs: [y], gradient }) => (x && y ? [neg(mul(gradient, mul(y, y)))] : []),
});

export const reciprocal = (x: Tensor): Tensor => single(Reciprocal([x], {}));
