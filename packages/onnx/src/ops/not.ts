import type { Tensor } from '../graph.ts';
import { defineOp, notDifferentiable, single } from '../op.ts';

/** y = ¬x, for bool. */
export const Not = defineOp({
  type: 'Not',
  infer: ([x], _, fail) => {
    if (x?.dtype !== 'bool') return fail(`expected bool, got ${x?.dtype ?? 'nothing'}`);
    return [{ dtype: 'bool', shape: x.shape }];
  },
  gradient: notDifferentiable,
});

export const not = (x: Tensor): Tensor => single(Not([x], {}));
