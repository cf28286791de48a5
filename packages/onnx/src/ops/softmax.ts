import { normaliseAxis } from '../dim.ts';
import { inferFloat } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { mul } from './mul.ts';
import { reduceSum } from './reduce-sum.ts';
import { sub } from './sub.ts';

/** y = eˣ/Σeˣ along an axis; dx = y·(dy − Σ dy·y). */
export const Softmax = defineOp<{ readonly axis: number }>({
  type: 'Softmax',
  infer: (inputs, { axis }, fail) => {
    const types = inferFloat(inputs, fail);
    normaliseAxis(axis, inputs[0]?.shape.length ?? 0, fail);
    return types;
  },
  gradient: ({ outputs: [y], attributes: { axis }, gradient }) => {
    if (!y) return [];
    const weighted = mul(gradient, y);
    return [sub(weighted, mul(y, reduceSum(weighted, [axis], { keepDims: true })))];
  },
});

export const softmax = (x: Tensor, axis = -1): Tensor => single(Softmax([x], { axis }));
