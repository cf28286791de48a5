import { inferBroadcast, unbroadcast } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';

/** y = a·b; da = dy·b, db = dy·a. */
export const Mul = defineOp({
  type: 'Mul',
  infer: (inputs, _, fail) => inferBroadcast(inputs, fail),
  gradient: ({ inputs: [a, b], gradient, needs }) =>
    a && b
      ? [
          needs(0) ? unbroadcast(mul(gradient, b), a.shape) : undefined,
          needs(1) ? unbroadcast(mul(gradient, a), b.shape) : undefined,
        ]
      : [],
});

export const mul = (a: Tensor, b: Tensor): Tensor => single(Mul([a, b], {}));
