import { inferBroadcast, unbroadcast } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { neg } from './neg.ts';

/** y = a − b; da = dy, db = −dy. */
export const Sub = defineOp({
  type: 'Sub',
  infer: (inputs, _, fail) => inferBroadcast(inputs, fail),
  gradient: ({ inputs: [a, b], gradient, needs }) => [
    needs(0) && a ? unbroadcast(gradient, a.shape) : undefined,
    needs(1) && b ? neg(unbroadcast(gradient, b.shape)) : undefined,
  ],
});

export const sub = (a: Tensor, b: Tensor): Tensor => single(Sub([a, b], {}));
