import type { Tensor } from '../graph.ts';
import { defineOp, type Operator, single } from '../op.ts';

/** y = the lower or upper triangle of the last two axes, zero elsewhere; dx = the same triangle of dy. */
export const Trilu: Operator<{ readonly upper: number }> = defineOp<{ readonly upper: number }>({
  type: 'Trilu',
  infer: ([x], _, fail) => {
    if (!x || x.shape.length < 2) return fail('expected a matrix');
    return [{ dtype: x.dtype, shape: x.shape }];
  },
  gradient: ({ inputs: [, k], attributes: { upper }, gradient }) => [single(Trilu([gradient, k], { upper }))],
});

/** Keeps elements on or below (above, if `upper`) the diagonal `k`. */
export const trilu = (x: Tensor, options: { upper?: boolean; k?: number } = {}): Tensor =>
  single(Trilu([x, x.graph.scalar('int64', options.k ?? 0)], { upper: options.upper ? 1 : 0 }));
