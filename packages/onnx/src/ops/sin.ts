import { inferFloat } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { cos } from './cos.ts';
import { mul } from './mul.ts';

/** y = sin x; dx = dy·cos x. */
export const Sin = defineOp({
  type: 'Sin',
  infer: (inputs, _, fail) => inferFloat(inputs, fail),
  gradient: ({ inputs: [x], outputs: [y], gradient }) => (x && y ? [mul(gradient, cos(x))] : []),
});

export const sin = (x: Tensor): Tensor => single(Sin([x], {}));
