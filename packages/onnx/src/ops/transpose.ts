import type { Tensor } from '../graph.ts';
import { at, defineOp, single } from '../op.ts';

/** y = x with permuted axes; dx = dy under the inverse permutation. */
export const Transpose = defineOp<{ readonly perm: readonly number[] }>({
  type: 'Transpose',
  infer: ([x], { perm }, fail) => {
    if (!x) return fail('needs an input');
    const rank = x.shape.length;
    if (
      perm.length !== rank ||
      new Set(perm).size !== rank ||
      perm.some((axis) => axis < 0 || axis >= rank)
    ) {
      fail(`[${perm}] is not a permutation of the axes of rank ${rank}`);
    }
    return [{ dtype: x.dtype, shape: perm.map((axis) => at(x.shape, axis)) }];
  },
  gradient: ({ attributes: { perm }, gradient }) => {
    const inverse = perm.map((_, axis) => perm.indexOf(axis));
    return [transpose(gradient, inverse)];
  },
});

/** Axis i of the result is axis `permutation[i]` of `x`. */
export const transpose = (x: Tensor, permutation: readonly number[]): Tensor =>
  permutation.every((axis, index) => axis === index) && permutation.length === x.shape.length
    ? x
    : single(Transpose([x], { perm: permutation }));
