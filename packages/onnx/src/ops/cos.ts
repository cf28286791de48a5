import { inferFloat } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';
import { sin } from './sin.ts';

/** y = cos x; dx = −dy·sin x. */
export const Cos = defineOp({
  type: 'Cos',
  infer: (inputs, _, fail) => inferFloat(inputs, fail),
  gradient: ({ inputs: [x], outputs: [y], gradient }) => (x && y ? [neg(mul(gradient, sin(x)))] : []),
});

export const cos = (x: Tensor): Tensor => single(Cos([x], {}));
