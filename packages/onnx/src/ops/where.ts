import { broadcastShapes } from '../dim.ts';
import { unbroadcast } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, sameDType, single } from '../op.ts';

/** y = condition ? a : b; dy goes to the chosen operand. */
export const Where = defineOp({
  type: 'Where',
  infer: ([condition, a, b], _, fail) => {
    if (condition?.dtype !== 'bool')
      return fail(`expected a bool condition, got ${condition?.dtype ?? 'nothing'}`);
    if (!a || !b) return fail('needs two operands');
    return [
      { dtype: sameDType([a, b], fail), shape: broadcastShapes([condition.shape, a.shape, b.shape], fail) },
    ];
  },
  gradient: ({ inputs: [condition, a, b], gradient, needs }) => {
    if (!condition || !a || !b) return [];
    const zero = a.graph.scalar(a.dtype, 0);
    return [
      undefined,
      needs(1) ? unbroadcast(where(condition, gradient, zero), a.shape) : undefined,
      needs(2) ? unbroadcast(where(condition, zero, gradient), b.shape) : undefined,
    ];
  },
});

export const where = (condition: Tensor, a: Tensor, b: Tensor): Tensor =>
  single(Where([condition, a, b], {}));
