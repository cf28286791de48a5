import { normaliseAxis, type Shape } from './dim.ts';
import type { Tensor, ValueType } from './graph.ts';
import type { Fail } from './op.ts';
import { expand } from './ops/expand.ts';
import { reshape } from './ops/reshape.ts';

export interface ReductionAttributes {
  readonly [name: string]: number;
  readonly keepdims: number;
  readonly noop_with_empty_axes: number;
}

/** Type rule of reductions; the axes are the constant second input. */
export function inferReduction(inputs: readonly Tensor[], keepDims: boolean, fail: Fail): ValueType[] {
  const [x] = inputs;
  if (!x) return fail('needs an input');
  const reduced = new Set(reducedAxes(inputs, fail));
  const shape: Shape = keepDims
    ? x.shape.map((dim, axis) => (reduced.has(axis) ? 1 : dim))
    : x.shape.filter((_, axis) => !reduced.has(axis));
  return [{ dtype: x.dtype, shape }];
}

/** The axes a reduction node sums over, counted from the front. Gradient rules need no `fail`: the node was checked. */
export function reducedAxes([x, axes]: readonly Tensor[], fail: Fail = refuse): number[] {
  if (!x || !axes?.values) return fail('needs an input and constant axes');
  return [...axes.values].map((axis) => normaliseAxis(Number(axis), x.shape.length, fail));
}

/** The axes as the constant input that ONNX wants. */
export const axesInput = (x: Tensor, axes: readonly number[]): Tensor =>
  x.graph.constant('int64', [axes.length], axes);

/** Shape of `x` with the reduced axes kept as 1. */
export const keptShape = (x: Tensor, axes: readonly number[]): Shape =>
  x.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));

/** Spreads a reduced value over `x`'s shape again. */
export const spread = (reduced: Tensor, x: Tensor, axes: readonly number[]): Tensor =>
  expand(reshape(reduced, keptShape(x, axes)), x.shape);

function refuse(message: string): never {
  throw new RangeError(message);
}
