import { inferFloat } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';

/** y = −x; dx = −dy. */
export const Neg = defineOp({
  type: 'Neg',
  infer: (inputs, _, fail) => inferFloat(inputs, fail),
  gradient: ({ inputs: [x], outputs: [y], gradient }) => (x && y ? [neg(gradient)] : []),
});

export const neg = (x: Tensor): Tensor => single(Neg([x], {}));
