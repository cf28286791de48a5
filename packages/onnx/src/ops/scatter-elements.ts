import { normaliseAxis, sameShape } from '../dim.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, sameDType, shapesOf, single } from '../op.ts';
import { gatherElements } from './gather-elements.ts';
import { sub } from './sub.ts';

/** y = data with updates written (or added) at indices along an axis; d(updates) = dy there, d(data) = dy, zero where overwritten. */
export const ScatterElements = defineOp<{ readonly axis: number; readonly reduction: 'none' | 'add' }>({
  type: 'ScatterElements',
  infer: ([data, indices, updates], { axis }, fail) => {
    if (!data || !indices || !updates) return fail('needs data, indices and updates');
    sameDType([data, updates], fail);
    normaliseAxis(axis, data.shape.length, fail);
    if (!sameShape(indices.shape, updates.shape))
      fail(`indices and updates differ: ${shapesOf([indices, updates])}`);
    return [{ dtype: data.dtype, shape: data.shape }];
  },
  gradient: ({ inputs: [data, indices, updates], attributes: { axis, reduction }, gradient, needs }) => {
    if (!data || !indices || !updates) return [];
    const overwritten = () => scatterElements(gradient, indices, sub(updates, updates), axis);
    return [
      needs(0) ? (reduction === 'add' ? gradient : overwritten()) : undefined,
      undefined,
      needs(2) ? gatherElements(gradient, indices, axis) : undefined,
    ];
  },
});

export const scatterElements = (
  data: Tensor,
  indices: Tensor,
  updates: Tensor,
  axis: number,
  reduction: 'none' | 'add' = 'none',
): Tensor => single(ScatterElements([data, indices, updates], { axis, reduction }));
