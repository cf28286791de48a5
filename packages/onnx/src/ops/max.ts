import { inferBroadcast, unbroadcast } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { greater } from './greater.ts';
import { where } from './where.ts';

/** y = max(a, b); the gradient goes to the larger operand, to b where they are equal. */
export const Max = defineOp({
  type: 'Max',
  infer: (inputs, _, fail) => inferBroadcast(inputs, fail),
  gradient: ({ inputs: [a, b], gradient, needs }) => {
    if (!a || !b) return [];
    const first = greater(a, b);
    const zero = a.graph.scalar(a.dtype, 0);
    return [
      needs(0) ? unbroadcast(where(first, gradient, zero), a.shape) : undefined,
      needs(1) ? unbroadcast(where(first, zero, gradient), b.shape) : undefined,
    ];
  },
});

export const max = (a: Tensor, b: Tensor): Tensor => single(Max([a, b], {}));
