import { normaliseAxis } from '../dim.ts';
import { inferFloat } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { exp } from './exp.ts';
import { mul } from './mul.ts';
import { reduceSum } from './reduce-sum.ts';
import { sub } from './sub.ts';

/** y = x − ln Σeˣ along an axis; dx = dy − eʸ·Σdy. */
export const LogSoftmax = defineOp<{ readonly axis: number }>({
  type: 'LogSoftmax',
  infer: (inputs, { axis }, fail) => {
    const types = inferFloat(inputs, fail);
    normaliseAxis(axis, inputs[0]?.shape.length ?? 0, fail);
    return types;
  },
  gradient: ({ outputs: [y], attributes: { axis }, gradient }) =>
    y ? [sub(gradient, mul(exp(y), reduceSum(gradient, [axis], { keepDims: true })))] : [],
});

export const logSoftmax = (x: Tensor, axis = -1): Tensor => single(LogSoftmax([x], { axis }));
