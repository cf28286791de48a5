import { formatShape } from '../dim.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, notDifferentiable, single } from '../op.ts';

/** y = (q − zeroPoint) · scale, each scale for `block_size` numbers along `axis`. */
export const DequantizeLinear = defineOp<{ readonly axis: number; readonly block_size: number }>({
  type: 'DequantizeLinear',
  infer: ([q, scales, zeroPoints], { axis, block_size }, fail) => {
    if (!q || !scales || !zeroPoints) return fail('needs numbers, scales and zero points');
    if (q.dtype !== 'uint4' && q.dtype !== 'uint8') fail(`expected uint4 or uint8, got ${q.dtype}`);
    const blocks = q.shape.map((dim, at) => (at === axis ? Math.ceil(Number(dim) / block_size) : dim));
    for (const [what, tensor] of Object.entries({ scales, 'zero points': zeroPoints }))
      if (formatShape(tensor.shape) !== formatShape(blocks))
        fail(`expected ${what} ${formatShape(blocks)}, got ${formatShape(tensor.shape)}`);
    if (zeroPoints.dtype !== q.dtype) fail(`zero points are ${zeroPoints.dtype}, numbers ${q.dtype}`);
    return [{ dtype: scales.dtype, shape: q.shape }];
  },
  gradient: notDifferentiable,
});

/** `q` uint4 or uint8 [N, K] with a scale and a zero point for each `blockSize` numbers of a row → float [N, K]. */
export const dequantizeRows = (q: Tensor, scales: Tensor, zeroPoints: Tensor, blockSize: number): Tensor =>
  single(DequantizeLinear([q, scales, zeroPoints], { axis: 1, block_size: blockSize }));
