import { broadcastShapes, type Dim, formatShape, type Shape, sameShape } from '../dim.ts';
import { unbroadcast } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { shapeTensor } from './shape.ts';

/** y = x broadcast to a shape; dx = dy summed over what was broadcast. */
export const Expand = defineOp<{ readonly dims: string }>({
  type: 'Expand',
  infer: ([x], { dims }, fail) => {
    if (!x) return fail('needs an input');
    const shape = JSON.parse(dims) as Dim[];
    if (!sameShape(broadcastShapes([x.shape, shape], fail), shape)) {
      fail(`cannot expand ${formatShape(x.shape)} to ${formatShape(shape)}`);
    }
    return [{ dtype: x.dtype, shape }];
  },
  gradient: ({ inputs: [x], gradient }) => (x ? [unbroadcast(gradient, x.shape)] : []),
});

export const expand = (x: Tensor, shape: Shape): Tensor =>
  sameShape(x.shape, shape)
    ? x
    : single(Expand([x, shapeTensor(x.graph, shape)], { dims: JSON.stringify(shape) }));
