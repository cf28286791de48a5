import { normaliseAxis } from '../dim.ts';
import type { Tensor } from '../graph.ts';
import { at, defineOp, single } from '../op.ts';
import { zeros } from './constant-of-shape.ts';
import { reshape } from './reshape.ts';
import { scatterND } from './scatter-nd.ts';
import { transpose } from './transpose.ts';

/** y = x[…, indices, …] along an axis (an embedding look-up when axis is 0); dx adds dy's rows at the indices. */
export const Gather = defineOp<{ readonly axis: number }>({
  type: 'Gather',
  infer: ([x, indices], { axis }, fail) => {
    if (!x || !indices) return fail('needs data and indices');
    if (indices.dtype !== 'int64' && indices.dtype !== 'int32')
      fail(`expected integer indices, got ${indices.dtype}`);
    normaliseAxis(axis, x.shape.length, fail);
    return [
      { dtype: x.dtype, shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)] },
    ];
  },
  gradient: ({ inputs: [x, indices], attributes: { axis }, gradient }) => {
    if (!x || !indices) return [];
    const rank = x.shape.length;
    const span = indices.shape.length;
    const moved = Array.from({ length: span }, (_, i) => axis + i);
    const others = gradient.shape.map((_, i) => i).filter((i) => !moved.includes(i));
    const front = [axis, ...Array.from({ length: rank }, (_, i) => i).filter((i) => i !== axis)];
    const rows = transpose(gradient, [...moved, ...others]);
    const summed = scatterND(
      zeros(
        x.graph,
        x.dtype,
        front.map((i) => at(x.shape, i)),
      ),
      reshape(indices, [...indices.shape, 1]),
      rows,
      'add',
    );
    return [
      transpose(
        summed,
        front.map((_, i) => front.indexOf(i)),
      ),
    ];
  },
});

/** Rows of `x` along `axis` at integer `indices` of any shape. */
export const gather = (x: Tensor, indices: Tensor, axis = 0): Tensor =>
  single(Gather([x, indices], { axis: axis < 0 ? axis + x.shape.length : axis }));
