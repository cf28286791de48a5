import { broadcastShapes, type Dim, multiplyDims, type Shape } from './dim.ts';
import { isFloat } from './dtype.ts';
import { unbroadcast } from './elementwise.ts';
import type { Tensor, ValueType } from './graph.ts';
import { type Attributes, at, type Fail, type GradientContext, sameDType, shapesOf } from './op.ts';
import { matMul } from './ops/mat-mul.ts';
import { reshape } from './ops/reshape.ts';
import { transpose } from './ops/transpose.ts';

/** Type rule of a matrix product whose operands may be transposed in their last two axes. */
export function inferMatMul(
  inputs: readonly Tensor[],
  transposeA: boolean,
  transposeB: boolean,
  fail: Fail,
): ValueType[] {
  const [a, b] = inputs;
  if (!a || !b) return fail('needs two inputs');
  const dtype = sameDType([a, b], fail);
  if (!isFloat(dtype)) fail(`expected a float type, got ${dtype}`);
  if (a.shape.length < 2 || b.shape.length < 2) fail(`expected matrices, got ${shapesOf([a, b])}`);
  const [rows, inner] = ends(a.shape, transposeA);
  const [innerB, columns] = ends(b.shape, transposeB);
  if (inner !== innerB) {
    const flags = transposeA || transposeB ? ` (transposed: ${transposeA}, ${transposeB})` : '';
    fail(`inner dimensions ${inner} and ${innerB} of ${shapesOf([a, b])} differ${flags}`);
  }
  const batch = broadcastShapes([a.shape.slice(0, -2), b.shape.slice(0, -2)], fail);
  return [{ dtype, shape: [...batch, rows, columns] }];
}

function ends(shape: Shape, transposed: boolean): [Dim, Dim] {
  const pair: [Dim, Dim] = [at(shape, -2), at(shape, -1)];
  return transposed ? [pair[1], pair[0]] : pair;
}

/**
 * y = α·A·B with A = op(a), B = op(b): dA = α·dy·Bᵀ, dB = α·Aᵀ·dy, and each transposed back if its op is.
 * A weight shared by a batch (b of rank 2) gets one tall product instead of a batch of products and a sum.
 */
export function matMulGradient<A extends Attributes>(
  { inputs: [a, b], gradient, needs }: GradientContext<A>,
  { transposeA, transposeB, alpha }: { transposeA: boolean; transposeB: boolean; alpha: number },
): (Tensor | undefined)[] {
  if (!a || !b) return [];
  const flat = b.shape.length === 2 && a.shape.length > 2 && !transposeA;
  const rows = flat ? flatten(a) : a;
  const out = flat ? flatten(gradient) : gradient;
  const gradientA = () =>
    transposeA
      ? matMul(b, gradient, { transposeA: transposeB, transposeB: true, alpha })
      : matMul(gradient, b, { transposeB: !transposeB, alpha });
  const gradientB = () =>
    transposeB
      ? matMul(turned(out), rows, { transposeB: transposeA, alpha })
      : matMul(transposeA ? rows : turned(rows), out, { alpha });
  return [
    needs(0) ? unbroadcast(gradientA(), a.shape) : undefined,
    needs(1) ? unbroadcast(gradientB(), b.shape) : undefined,
  ];
}

/**
 * The transpose of the last two axes as an operator of its own: for tall matrices one copy is cheaper than reading
 * them across in the product. ONNX Runtime would undo that on its own: `keepTransposes` of @x-llm/ort.
 */
function turned(x: Tensor): Tensor {
  const rank = x.shape.length;
  return transpose(x, [...Array(rank - 2).keys(), rank - 1, rank - 2]);
}

function flatten(x: Tensor): Tensor {
  const lead = x.shape.slice(0, -1).reduce<Dim>(multiplyDims, 1);
  return reshape(x, [lead, at(x.shape, -1)]);
}
