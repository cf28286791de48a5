import { inferBroadcast, unbroadcast } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { log } from './log.ts';
import { mul } from './mul.ts';
import { sub } from './sub.ts';

/** y = aᵇ; da = dy·b·aᵇ⁻¹, db = dy·y·ln a (a > 0). */
export const Pow = defineOp({
  type: 'Pow',
  infer: (inputs, _, fail) => inferBroadcast(inputs, fail),
  gradient: ({ inputs: [a, b], outputs: [y], gradient, needs }) =>
    a && b && y
      ? [
          needs(0)
            ? unbroadcast(mul(gradient, mul(b, pow(a, sub(b, b.graph.scalar(b.dtype, 1))))), a.shape)
            : undefined,
          needs(1) ? unbroadcast(mul(gradient, mul(y, log(a))), b.shape) : undefined,
        ]
      : [],
});

export const pow = (a: Tensor, b: Tensor): Tensor => single(Pow([a, b], {}));
