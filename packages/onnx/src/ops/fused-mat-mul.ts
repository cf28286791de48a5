import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { inferMatMul, matMulGradient } from '../products.ts';

interface FusedMatMulAttributes {
  readonly [name: string]: number | { readonly float: number };
  readonly transA: number;
  readonly transB: number;
  readonly alpha: { readonly float: number };
}

/** y = α·op(a)·op(b), op the identity or the transpose of the last two axes: ONNX Runtime's, without a copy. */
export const FusedMatMul = defineOp<FusedMatMulAttributes>({
  type: 'FusedMatMul',
  domain: 'com.microsoft',
  infer: (inputs, { transA, transB }, fail) => inferMatMul(inputs, transA === 1, transB === 1, fail),
  gradient: (context) =>
    matMulGradient(context, {
      transposeA: context.attributes.transA === 1,
      transposeB: context.attributes.transB === 1,
      alpha: context.attributes.alpha.float,
    }),
});

/** Use `matMul`, which picks the plain operator where it can. */
export const fusedMatMul = (
  a: Tensor,
  b: Tensor,
  options: { transposeA: boolean; transposeB: boolean; alpha: number },
): Tensor =>
  single(
    FusedMatMul([a, b], {
      transA: options.transposeA ? 1 : 0,
      transB: options.transposeB ? 1 : 0,
      alpha: { float: options.alpha },
    }),
  );
