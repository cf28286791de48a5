import { formatShape } from '../dim.ts';
import { GraphError, type Tensor } from '../graph.ts';
import { at, defineOp, single } from '../op.ts';
import { dequantizeRows } from './dequantize-linear.ts';
import { matMul } from './mat-mul.ts';
import { slice } from './slice.ts';

interface MatMulNBitsAttributes {
  readonly [name: string]: number;
  readonly K: number;
  readonly N: number;
  readonly bits: number;
  readonly block_size: number;
  readonly accuracy_level: number;
}

/**
 * y = x·Wᵀ with W [N, K] quantised in blocks along K (ONNX Runtime's contrib operator): w = (q − 2^(bits−1))·scale. Of two
 * 4-bit numbers in a byte the first is in the lower half.
 */
export const MatMulNBits = defineOp<MatMulNBitsAttributes>({
  type: 'MatMulNBits',
  domain: 'com.microsoft',
  infer: ([x, packed, scales], { K, N, bits, block_size }, fail) => {
    if (!x || !packed || !scales) return fail('needs an input, packed weights and scales');
    if (at(x.shape, -1) !== K) fail(`expected an input [..., ${K}], got ${formatShape(x.shape)}`);
    const blocks = Math.ceil(K / block_size);
    const bytes = [N, blocks, (block_size * bits) / 8];
    if (packed.dtype !== 'uint8' || formatShape(packed.shape) !== formatShape(bytes))
      fail(
        `expected packed weights uint8 ${formatShape(bytes)}, got ${packed.dtype} ${formatShape(packed.shape)}`,
      );
    if (scales.dtype !== x.dtype || formatShape(scales.shape) !== formatShape([N, blocks]))
      fail(
        `expected scales ${x.dtype} ${formatShape([N, blocks])}, got ${scales.dtype} ${formatShape(scales.shape)}`,
      );
    return [{ dtype: x.dtype, shape: [...x.shape.slice(0, -1), N] }];
  },
  gradient: ({ inputs: [, packed, scales], attributes, gradient, needs }) =>
    packed && scales && needs(0) ? [matMul(gradient, unpacked(packed, scales, attributes))] : [],
});

/** W as float [N, K], for the way back: the same bytes, read as numbers. They take that much memory while they are used. */
function unpacked(packed: Tensor, scales: Tensor, { K, N, bits, block_size }: MatMulNBitsAttributes): Tensor {
  const { graph } = packed;
  const stored = graph.initializers.find(({ tensor }) => tensor === packed);
  if (!stored)
    throw new GraphError('MatMulNBits: a gradient goes through stored weights only', graph.scopePath);
  const blocks = Math.ceil(K / block_size);
  const dtype = bits === 4 ? 'uint4' : 'uint8';
  const numbers = graph.initializer(`${packed.name}.numbers`, dtype, [N, blocks * block_size], stored.data);
  const middle = bits === 4 ? 0x88 : 0x80;
  const zeroPoints = graph.initializer(
    `${packed.name}.zeroPoints`,
    dtype,
    [N, blocks],
    new Uint8Array(Math.ceil((N * blocks * bits) / 8)).fill(middle),
  );
  const whole = dequantizeRows(numbers, scales, zeroPoints, block_size);
  return blocks * block_size === K ? whole : slice(whole, 1, 0, K);
}

/** A matrix [N, K] in blocks of numbers of few bits. */
export interface QuantizedMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly bits: 4 | 8;
  readonly blockSize: number;
  /** uint8 [N, ⌈K / blockSize⌉, blockSize · bits / 8] */
  readonly packed: Tensor;
  /** [N, ⌈K / blockSize⌉] */
  readonly scales: Tensor;
}

/** Products of int8, which this machine's cores do many of at once; the others unpack to float32 and are slower by far. */
const int8Products = 4;

/** x·Wᵀ for `x` [..., K]: [..., N]. Input rows are rounded to int8, too (relative error about 6e-3). */
export function matMulNBits(x: Tensor, matrix: QuantizedMatrix): Tensor {
  const { rows, columns, bits, blockSize, packed, scales } = matrix;
  const attributes = { K: columns, N: rows, bits, block_size: blockSize, accuracy_level: int8Products };
  return single(MatMulNBits([x, packed, scales], attributes));
}
