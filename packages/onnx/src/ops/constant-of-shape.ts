import type { Dim, Shape } from '../dim.ts';
import type { DType } from '../dtype.ts';
import type { Graph, Tensor } from '../graph.ts';
import { defineOp, notDifferentiable, single } from '../op.ts';
import { cast } from './cast.ts';
import { shapeTensor } from './shape.ts';

/** y = float zeros of the shape that the input holds. */
export const ConstantOfShape = defineOp<{ readonly dims: string }>({
  type: 'ConstantOfShape',
  infer: (_, { dims }) => [{ dtype: 'float32', shape: JSON.parse(dims) as Dim[] }],
  gradient: notDifferentiable,
});

/** Zeros of a shape that may hold symbols. */
export const zeros = (graph: Graph, dtype: DType, shape: Shape): Tensor =>
  cast(single(ConstantOfShape([shapeTensor(graph, shape)], { dims: JSON.stringify(shape) })), dtype);
