import { inferBroadcast } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, notDifferentiable, single } from '../op.ts';

/** y = a ∨ b, as bool. */
export const Or = defineOp({
  type: 'Or',
  infer: (inputs, _, fail) => inferBroadcast(inputs, fail, 'bool'),
  gradient: notDifferentiable,
});

export const or = (a: Tensor, b: Tensor): Tensor => single(Or([a, b], {}));
