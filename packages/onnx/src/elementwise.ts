import { broadcastShapes, formatShape, type Shape, sameShape } from './dim.ts';
import type { DType } from './dtype.ts';
import { isFloat } from './dtype.ts';
import type { Tensor, ValueType } from './graph.ts';
import { type Fail, sameDType } from './op.ts';
import { reduceSum } from './ops/reduce-sum.ts';
import { reshape } from './ops/reshape.ts';

/** Type rule of operators on broadcast operands; `result` overrides the dtype (comparisons give bool). */
export function inferBroadcast(inputs: readonly Tensor[], fail: Fail, result?: DType): ValueType[] {
  const dtype = sameDType(inputs, fail);
  const shape = broadcastShapes(
    inputs.map((input) => input.shape),
    fail,
  );
  return [{ dtype: result ?? dtype, shape }];
}

/** Type rule of operators on one float operand. */
export function inferFloat(inputs: readonly Tensor[], fail: Fail): ValueType[] {
  const [x] = inputs;
  if (!x) return fail('needs an input');
  if (!isFloat(x.dtype)) return fail(`expected a float type, got ${x.dtype} ${formatShape(x.shape)}`);
  return [{ dtype: x.dtype, shape: x.shape }];
}

/**
 * Sums a gradient over the axes along which an operand of `shape` was broadcast, so that it has the
 * operand's shape again.
 */
export function unbroadcast(gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient;
  const lead = gradient.shape.length - shape.length;
  const axes: number[] = [];
  gradient.shape.forEach((dim, axis) => {
    if (axis < lead || (shape[axis - lead] === 1 && dim !== 1)) axes.push(axis);
  });
  return reshape(reduceSum(gradient, axes, { keepDims: true }), shape);
}
