import { type Dim, formatShape, normaliseAxis, subtractDims } from '../dim.ts';
import type { Tensor } from '../graph.ts';
import { at, defineOp } from '../op.ts';
import { concat } from './concat.ts';
import { zeros } from './constant-of-shape.ts';

/** y₀, y₁, … = consecutive parts of x along an axis; dx = the parts' gradients joined. */
export const Split = defineOp<{ readonly axis: number }>({
  type: 'Split',
  infer: ([x, lengths], { axis }, fail) => {
    if (!x || !lengths?.values) return fail('needs an input and constant lengths');
    normaliseAxis(axis, x.shape.length, fail);
    const parts = [...lengths.values].map(Number);
    const rest = parts.reduce<Dim>(subtractDims, at(x.shape, axis));
    if (rest !== 0) fail(`lengths ${parts} do not add up to axis ${axis} of ${formatShape(x.shape)}`);
    return parts.map((length) => ({
      dtype: x.dtype,
      shape: x.shape.map((dim, i) => (i === axis ? length : dim)),
    }));
  },
  gradient: ({ outputs, attributes: { axis }, gradients }) => [
    concat(
      outputs.map((part, index) => gradients[index] ?? zeros(part.graph, part.dtype, part.shape)),
      axis,
    ),
  ],
});

/** Cuts an axis into parts of the given lengths, which add up to it. */
export function split(x: Tensor, axis: number, lengths: readonly number[]): Tensor[] {
  if (lengths.length === 1 && lengths[0] === x.shape.at(axis)) return [x];
  return Split([x, x.graph.constant('int64', [lengths.length], lengths)], {
    axis: axis < 0 ? axis + x.shape.length : axis,
  });
}
