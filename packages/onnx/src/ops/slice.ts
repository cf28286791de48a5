import { type Dim, normaliseAxis, subtractDims } from '../dim.ts';
import type { Tensor } from '../graph.ts';
import { at, defineOp, single } from '../op.ts';
import { pad } from './pad.ts';
import { sizeTensor } from './shape.ts';

/** y = x[start:end] along one axis; dx = dy padded with zeros. */
export const Slice = defineOp<{ readonly range: string }>({
  type: 'Slice',
  infer: ([x], { range }, fail) => {
    if (!x) return fail('needs an input');
    const { axis, start, end } = JSON.parse(range) as SliceRange;
    const size = at(x.shape, axis);
    const length = subtractDims(end, start);
    if (typeof length === 'number' && typeof size === 'number' && typeof start === 'number') {
      if (length < 0 || start < 0 || Number(end) > size)
        fail(`[${start}, ${end}) lies outside axis ${axis} of ${size}`);
    }
    return [{ dtype: x.dtype, shape: x.shape.map((dim, i) => (i === axis ? length : dim)) }];
  },
  gradient: ({ inputs: [x], attributes: { range }, gradient }) => {
    if (!x) return [];
    const { axis, start, end } = JSON.parse(range) as SliceRange;
    return [pad(gradient, axis, start, subtractDims(at(x.shape, axis), end))];
  },
});

interface SliceRange {
  readonly axis: number;
  readonly start: Dim;
  readonly end: Dim;
}

/** Elements start … end−1 of one axis. Negative numbers count from the end of an axis of known size. */
export function slice(x: Tensor, axis: number, start: Dim, end?: Dim): Tensor {
  const fail = (message: string): never => {
    throw new RangeError(`Slice: ${message}`);
  };
  const positive = normaliseAxis(axis, x.shape.length, fail);
  const size = at(x.shape, positive);
  const fromFront = (bound: Dim): Dim =>
    typeof bound === 'number' && bound < 0 ? subtractDims(size, -bound) : bound;
  const range: SliceRange = { axis: positive, start: fromFront(start), end: fromFront(end ?? size) };
  if (range.start === 0 && range.end === size) return x;
  const { graph } = x;
  return single(
    Slice(
      [
        x,
        sizeTensor(graph, range.start),
        sizeTensor(graph, range.end),
        graph.constant('int64', [1], [positive]),
      ],
      { range: JSON.stringify(range) },
    ),
  );
}
