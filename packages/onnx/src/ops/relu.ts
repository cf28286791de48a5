import { inferFloat } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { greater } from './greater.ts';
import { where } from './where.ts';

/** y = max(x, 0); dx = dy where x > 0. */
export const Relu = defineOp({
  type: 'Relu',
  infer: (inputs, _, fail) => inferFloat(inputs, fail),
  gradient: ({ inputs: [x], outputs: [y], gradient }) =>
    x && y ? [where(greater(x, x.graph.scalar(x.dtype, 0)), gradient, x.graph.scalar(x.dtype, 0))] : [],
});

export const relu = (x: Tensor): Tensor => single(Relu([x], {}));
