import { inferBroadcast } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, notDifferentiable, single } from '../op.ts';

/** y = a < b, as bool. */
export const Less = defineOp({
  type: 'Less',
  infer: (inputs, _, fail) => inferBroadcast(inputs, fail, 'bool'),
  gradient: notDifferentiable,
});

export const less = (a: Tensor, b: Tensor): Tensor => single(Less([a, b], {}));
