import { inferBroadcast, unbroadcast } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { less } from './less.ts';
import { where } from './where.ts';

/** y = min(a, b); the gradient goes to the smaller operand, to b where they are equal. */
export const Min = defineOp({
  type: 'Min',
  infer: (inputs, _, fail) => inferBroadcast(inputs, fail),
  gradient: ({ inputs: [a, b], gradient, needs }) => {
    if (!a || !b) return [];
    const first = less(a, b);
    const zero = a.graph.scalar(a.dtype, 0);
    return [
      needs(0) ? unbroadcast(where(first, gradient, zero), a.shape) : undefined,
      needs(1) ? unbroadcast(where(first, zero, gradient), b.shape) : undefined,
    ];
  },
});

export const min = (a: Tensor, b: Tensor): Tensor => single(Min([a, b], {}));
