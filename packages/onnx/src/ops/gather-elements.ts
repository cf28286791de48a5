import { normaliseAxis } from '../dim.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { zeros } from './constant-of-shape.ts';
import { scatterElements } from './scatter-elements.ts';

/** y[i][j] = x[i][indices[i][j]] along an axis; dx adds dy at the indices. */
export const GatherElements = defineOp<{ readonly axis: number }>({
  type: 'GatherElements',
  infer: ([x, indices], { axis }, fail) => {
    if (!x || !indices) return fail('needs data and indices');
    if (x.shape.length !== indices.shape.length)
      fail(`ranks ${x.shape.length} and ${indices.shape.length} differ`);
    normaliseAxis(axis, x.shape.length, fail);
    return [{ dtype: x.dtype, shape: indices.shape }];
  },
  gradient: ({ inputs: [x, indices], attributes: { axis }, gradient }) =>
    x && indices ? [scatterElements(zeros(x.graph, x.dtype, x.shape), indices, gradient, axis, 'add')] : [],
});

export const gatherElements = (x: Tensor, indices: Tensor, axis = -1): Tensor =>
  single(GatherElements([x, indices], { axis: axis < 0 ? axis + x.shape.length : axis }));
