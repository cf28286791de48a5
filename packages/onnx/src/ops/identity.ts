import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';

/** y = x, taken as a constant: no gradient goes back through it. */
export const Identity = defineOp({
  type: 'Identity',
  infer: ([x], _, fail) => (x ? [{ dtype: x.dtype, shape: x.shape }] : fail('needs an input')),
  gradient: () => [],
});

/** `x` cut off from what it was computed from, for losses that must not teach one of their sides. */
export const detach = (x: Tensor): Tensor => single(Identity([x], {}));
