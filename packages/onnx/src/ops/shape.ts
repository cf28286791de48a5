import type { Dim, Shape as Dims } from '../dim.ts';
import type { DimEmitters, Graph, Tensor } from '../graph.ts';
import { defineOp, notDifferentiable, single } from '../op.ts';
import { add } from './add.ts';
import { concat } from './concat.ts';
import { div } from './div.ts';
import { mul } from './mul.ts';

/** y = the dimensions start … end−1 of x, int64. */
export const Shape = defineOp<{ readonly start: number; readonly end: number }>({
  type: 'Shape',
  infer: (_, { start, end }) => [{ dtype: 'int64', shape: [end - start] }],
  gradient: notDifferentiable,
});

const emitters: DimEmitters = {
  size: (tensor, axis) => single(Shape([tensor], { start: axis, end: axis + 1 })),
  add: (a, b) => add(a, b), // looked up late: the operator files import each other
  mul: (a, b) => mul(a, b),
  div: (a, b) => div(a, b),
};

/** A dimension as an int64 tensor [1]. */
export const sizeTensor = (graph: Graph, dim: Dim): Tensor => graph.dim(dim, emitters);

/** A shape as an int64 tensor [rank], computed at run time where it has symbols. */
export function shapeTensor(graph: Graph, shape: Dims): Tensor {
  if (shape.every((dim) => typeof dim === 'number')) return graph.constant('int64', [shape.length], shape);
  return concat(
    shape.map((dim) => sizeTensor(graph, dim)),
    0,
  );
}
