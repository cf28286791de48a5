import { inferBroadcast } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, notDifferentiable, single } from '../op.ts';

/** y = a = b, as bool. */
export const Equal = defineOp({
  type: 'Equal',
  infer: (inputs, _, fail) => inferBroadcast(inputs, fail, 'bool'),
  gradient: notDifferentiable,
});

export const equal = (a: Tensor, b: Tensor): Tensor => single(Equal([a, b], {}));
