import { inferFloat } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { div } from './div.ts';

/** y = ln x; dx = dy/x. */
export const Log = defineOp({
  type: 'Log',
  infer: (inputs, _, fail) => inferFloat(inputs, fail),
  gradient: ({ inputs: [x], outputs: [y], gradient }) => (x && y ? [div(gradient, x)] : []),
});

export const log = (x: Tensor): Tensor => single(Log([x], {}));
