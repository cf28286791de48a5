import { addDims, type Dim, normaliseAxis } from '../dim.ts';
import type { Tensor } from '../graph.ts';
import { at, defineOp, sameDType, shapesOf, single } from '../op.ts';
import { slice } from './slice.ts';

/** y = inputs joined along an axis; each input's gradient is its slice of dy. */
export const Concat = defineOp<{ readonly axis: number }>({
  type: 'Concat',
  infer: (inputs, { axis }, fail) => {
    const [first] = inputs;
    if (!first) return fail('needs an input');
    const dtype = sameDType(inputs, fail);
    normaliseAxis(axis, first.shape.length, fail);
    const matches = (x: Tensor) =>
      x.shape.length === first.shape.length &&
      x.shape.every((dim, i) => i === axis || dim === first.shape[i]);
    if (!inputs.every(matches)) fail(`expected equal dims except axis ${axis}, got ${shapesOf(inputs)}`);
    const joined = inputs.map((x) => at(x.shape, axis)).reduce<Dim>(addDims, 0);
    return [{ dtype, shape: first.shape.map((dim, i) => (i === axis ? joined : dim)) }];
  },
  gradient: ({ inputs, attributes: { axis }, gradient, needs }) => {
    let start: Dim = 0;
    return inputs.map((x, index) => {
      const end = addDims(start, at(x.shape, axis));
      const part = needs(index) ? slice(gradient, axis, start, end) : undefined;
      start = end;
      return part;
    });
  },
});

export function concat(inputs: readonly Tensor[], axis: number): Tensor {
  const [first] = inputs;
  if (inputs.length === 1 && first) return first;
  const rank = first?.shape.length ?? 0;
  return single(Concat(inputs, { axis: axis < 0 ? axis + rank : axis }));
}
