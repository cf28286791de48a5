import { at, defineOp, notDifferentiable } from '../op.ts';
import type { ConvAttributes } from './conv.ts';

interface ConvTransposeAttributes extends ConvAttributes {
  readonly output_shape: readonly number[];
}

/** The transposed convolution, which carries a gradient back through a strided one; `output_shape` states its size. */
export const ConvTranspose = defineOp<ConvTransposeAttributes>({
  type: 'ConvTranspose',
  infer: ([y, w], { output_shape, group }, fail) => {
    if (!y || !w) return fail('needs an input and a weight');
    const channels = at(w.shape, 1);
    if (typeof channels !== 'number') return fail('expected a weight of known shape');
    return [{ dtype: y.dtype, shape: [at(y.shape, 0), channels * group, ...output_shape] }];
  },
  gradient: notDifferentiable,
});
