import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { inferMatMul, matMulGradient } from '../products.ts';
import { fusedMatMul } from './fused-mat-mul.ts';

/** y = a·b over the last two axes; da = dy·bᵀ, db = aᵀ·dy (see products.ts). */
export const MatMul = defineOp({
  type: 'MatMul',
  infer: (inputs, _, fail) => inferMatMul(inputs, false, false, fail),
  gradient: (context) => matMulGradient(context, { transposeA: false, transposeB: false, alpha: 1 }),
});

export interface MatMulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** Factor on the product. */
  readonly alpha?: number;
}

/** `a` [..., M, K] · `b` [..., K, N] → [..., M, N]; either may be given transposed in its last two axes. */
export function matMul(a: Tensor, b: Tensor, options: MatMulOptions = {}): Tensor {
  const { transposeA = false, transposeB = false, alpha = 1 } = options;
  if (!transposeA && !transposeB && alpha === 1) return single(MatMul([a, b], {}));
  return fusedMatMul(a, b, { transposeA, transposeB, alpha });
}
