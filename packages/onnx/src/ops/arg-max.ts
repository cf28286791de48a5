import { normaliseAxis } from '../dim.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, notDifferentiable, single } from '../op.ts';

/** y = index of the largest element along an axis (the first of equals), int64. */
export const ArgMax = defineOp<{ readonly axis: number; readonly keepdims: number }>({
  type: 'ArgMax',
  infer: ([x], { axis }, fail) => {
    if (!x) return fail('needs an input');
    const positive = normaliseAxis(axis, x.shape.length, fail);
    return [{ dtype: 'int64', shape: x.shape.filter((_, i) => i !== positive) }];
  },
  gradient: notDifferentiable,
});

export const argMax = (x: Tensor, axis = -1): Tensor => single(ArgMax([x], { axis, keepdims: 0 }));
