import { inferFloat } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { mul } from './mul.ts';

/** y = eˣ; dx = dy·y. */
export const Exp = defineOp({
  type: 'Exp',
  infer: (inputs, _, fail) => inferFloat(inputs, fail),
  gradient: ({ inputs: [x], outputs: [y], gradient }) => (x && y ? [mul(gradient, y)] : []),
});

export const exp = (x: Tensor): Tensor => single(Exp([x], {}));
