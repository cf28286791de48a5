import { formatShape, sameShape } from '../dim.ts';
import type { Tensor } from '../graph.ts';
import { at, defineOp, sameDType, single } from '../op.ts';
import { gatherND } from './gather-nd.ts';
import { sub } from './sub.ts';

/** y = data with updates written (or added) at index tuples; d(updates) = dy there, d(data) = dy, zero where overwritten. */
export const ScatterND = defineOp<{ readonly reduction: 'none' | 'add' }>({
  type: 'ScatterND',
  infer: ([data, indices, updates], _, fail) => {
    if (!data || !indices || !updates) return fail('needs data, indices and updates');
    sameDType([data, updates], fail);
    const depth = Number(at(indices.shape, -1));
    const expected = [...indices.shape.slice(0, -1), ...data.shape.slice(depth)];
    if (!sameShape(expected, updates.shape)) {
      fail(`expected updates ${formatShape(expected)}, got ${formatShape(updates.shape)}`);
    }
    return [{ dtype: data.dtype, shape: data.shape }];
  },
  gradient: ({ inputs: [data, indices, updates], attributes: { reduction }, gradient, needs }) => {
    if (!data || !indices || !updates) return [];
    return [
      needs(0)
        ? reduction === 'add'
          ? gradient
          : scatterND(gradient, indices, sub(updates, updates))
        : undefined,
      undefined,
      needs(2) ? gatherND(gradient, indices) : undefined,
    ];
  },
});

/** `indices` [..., k] int64 address the first k axes of `data`. With 'none', indices must not repeat. */
export const scatterND = (
  data: Tensor,
  indices: Tensor,
  updates: Tensor,
  reduction: 'none' | 'add' = 'none',
): Tensor => single(ScatterND([data, indices, updates], { reduction }));
