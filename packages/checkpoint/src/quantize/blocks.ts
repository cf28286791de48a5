/**
 * Matrices in few bits, as ONNX Runtime's MatMulNBits reads them: blocks along the columns, each with a scale, numbers
 * without sign around 2^(bits−1), two of 4 bits in a byte with the first in the lower half.
 */

import { type DType, type TensorData, toFloat32 } from '../dtype.ts';
import { runKernel } from './kernel.ts';

export const quantizedBits = [4, 8] as const;
export const blockSizes = [16, 32, 64, 128, 256] as const;

export interface Quantization {
  readonly bits: (typeof quantizedBits)[number];
  /** Numbers that share a scale. */
  readonly blockSize: (typeof blockSizes)[number];
}

/** Shapes of the two tensors that stand for a matrix [rows, columns]. */
export function quantizedShapes(rows: number, columns: number, { bits, blockSize }: Quantization) {
  const blocks = Math.ceil(columns / blockSize);
  return { packed: [rows, blocks, (blockSize * bits) / 8], scales: [rows, blocks] } as const;
}

/** A matrix in few bits. */
export interface QuantizedBlocks {
  /** [rows, blocks]. */
  readonly scales: Float32Array;
  /** [rows, blocks, bytes]; numbers behind the last column are 0. */
  readonly packed: Uint8Array;
}

/**
 * `values` [rows, columns], of float16, bfloat16, float32 or float64, in blocks. The scale of each is fitted by least squares to
 * the numbers that it gives, and of 4 bits the best of four; NaN for a block in which a number is not finite.
 *
 * @param into what is written to, where memory is there: new memory takes about as long as the rest.
 * @throws TypeError for another dtype.
 */
export function quantizeBlocks(
  dtype: DType,
  values: TensorData,
  columns: number,
  quantization: Quantization,
  into?: QuantizedBlocks,
): QuantizedBlocks {
  const single = dtype === 'float64' ? toFloat32(dtype, values) : undefined;
  const blocks = single
    ? runKernel('float32', single, columns, quantization, into)
    : runKernel(dtype, values, columns, quantization, into);
  if (!blocks) throw new TypeError(`no matrix is ${dtype}`);
  return blocks;
}

/** What the blocks stand for, [rows, columns]. */
export function unpackBlocks(
  packed: Uint8Array,
  scales: Float32Array,
  columns: number,
  { bits, blockSize }: Quantization,
): Float32Array<ArrayBuffer> {
  const half = 2 ** (bits - 1);
  const blocks = Math.ceil(columns / blockSize);
  const rows = scales.length / blocks;
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const block = row * blocks + Math.floor(column / blockSize);
      const at = block * blockSize + (column % blockSize);
      const byte = packed[bits === 8 ? at : at >> 1] ?? 0;
      const code = bits === 8 ? byte : at % 2 === 0 ? byte & 0x0f : byte >> 4;
      values[row * columns + column] = (code - half) * (scales[block] ?? 0);
    }
  }
  return values;
}

/** √(Σ(a − b)² / Σb²): 0 where `b` is all zero and `a` is, too. */
export function relativeError(a: Float32Array, b: Float32Array): number {
  let [error, square] = [0, 0];
  for (let at = 0; at < b.length; at++) {
    const value = b[at] ?? 0;
    error += ((a[at] ?? 0) - value) ** 2;
    square += value ** 2;
  }
  return square === 0 ? Math.sqrt(error) : Math.sqrt(error / square);
}
