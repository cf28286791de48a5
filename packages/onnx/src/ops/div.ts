import { inferBroadcast, unbroadcast } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';

/** y = a/b; da = dy/b, db = −dy·y/b. */
export const Div = defineOp({
  type: 'Div',
  infer: (inputs, _, fail) => inferBroadcast(inputs, fail),
  gradient: ({ inputs: [a, b], outputs: [y], gradient, needs }) =>
    a && b && y
      ? [
          needs(0) ? unbroadcast(div(gradient, b), a.shape) : undefined,
          needs(1) ? unbroadcast(neg(div(mul(gradient, y), b)), b.shape) : undefined,
        ]
      : [],
});

export const div = (a: Tensor, b: Tensor): Tensor => single(Div([a, b], {}));
