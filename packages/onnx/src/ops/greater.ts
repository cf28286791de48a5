import { inferBroadcast } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, notDifferentiable, single } from '../op.ts';

/** y = a > b, as bool. */
export const Greater = defineOp({
  type: 'Greater',
  infer: (inputs, _, fail) => inferBroadcast(inputs, fail, 'bool'),
  gradient: notDifferentiable,
});

export const greater = (a: Tensor, b: Tensor): Tensor => single(Greater([a, b], {}));
