import type { DType } from '../dtype.ts';
import { isFloat } from '../dtype.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';

/** y = x as another type; dx = dy cast back, between float types. */
export const Cast = defineOp<{ readonly to: DType }>({
  type: 'Cast',
  infer: ([x], { to }, fail) => (x ? [{ dtype: to, shape: x.shape }] : fail('needs an input')),
  gradient: ({ inputs: [x], gradient }) => (x && isFloat(x.dtype) ? [cast(gradient, x.dtype)] : []),
});

/** `x` itself when it already has the type. */
export const cast = (x: Tensor, to: DType): Tensor => (x.dtype === to ? x : single(Cast([x], { to })));
