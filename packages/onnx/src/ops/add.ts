import { inferBroadcast, unbroadcast } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';

/** y = a + b; da = dy, db = dy, each summed over its broadcast axes. */
export const Add = defineOp({
  type: 'Add',
  infer: (inputs, _, fail) => inferBroadcast(inputs, fail),
  gradient: ({ inputs, gradient, needs }) =>
    inputs.map((x, i) => (needs(i) ? unbroadcast(gradient, x.shape) : undefined)),
});

export const add = (a: Tensor, b: Tensor): Tensor => single(Add([a, b], {}));
