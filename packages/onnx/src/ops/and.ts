import { inferBroadcast } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, notDifferentiable, single } from '../op.ts';

/** y = a ∧ b, as bool. */
export const And = defineOp({
  type: 'And',
  infer: (inputs, _, fail) => inferBroadcast(inputs, fail, 'bool'),
  gradient: notDifferentiable,
});

export const and = (a: Tensor, b: Tensor): Tensor => single(And([a, b], {}));
