import type { Tensor } from '../graph.ts';
import { at, defineOp, single } from '../op.ts';
import { zeros } from './constant-of-shape.ts';
import { scatterND } from './scatter-nd.ts';

/** y = the slices of data at index tuples; dx adds dy there. */
export const GatherND = defineOp({
  type: 'GatherND',
  infer: ([data, indices], _, fail) => {
    if (!data || !indices) return fail('needs data and indices');
    const depth = at(indices.shape, -1);
    if (typeof depth !== 'number' || depth > data.shape.length)
      return fail(`index tuples of ${depth} for rank ${data.shape.length}`);
    return [{ dtype: data.dtype, shape: [...indices.shape.slice(0, -1), ...data.shape.slice(depth)] }];
  },
  gradient: ({ inputs: [data, indices], gradient }) =>
    data && indices ? [scatterND(zeros(data.graph, data.dtype, data.shape), indices, gradient, 'add')] : [],
});

/** `indices` [..., k] int64 address the first k axes of `data`. */
export const gatherND = (data: Tensor, indices: Tensor): Tensor => single(GatherND([data, indices], {}));
