/**
 * Matrices in few bits, as ONNX Runtime's MatMulNBits reads them: blocks along the columns, each with a scale, numbers
 * without sign around 2^(bits−1), two of 4 bits in a byte with the first in the lower half.
 */

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

/** Shares of the scale at which no number is cut off; a smaller scale cuts off the largest and is finer for all others. */
const candidates = [1, 0.93, 0.86, 0.8] as const;

/**
 * The scale of each block of `values` [rows, columns]: of some around the one that reaches the largest number, each fitted by
 * least squares to the numbers that it gives, the one that leaves the least squared error.
 */
export function blockScales(
  values: Float32Array,
  columns: number,
  quantization: Quantization,
): Float32Array<ArrayBuffer> {
  const { bits, blockSize } = quantization;
  const half = 2 ** (bits - 1);
  const rows = values.length / columns;
  const blocks = Math.ceil(columns / blockSize);
  const scales = new Float32Array(rows * blocks);
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < blocks; block++) {
      const from = row * columns + block * blockSize;
      const to = Math.min(from + blockSize, (row + 1) * columns);
      scales[row * blocks + block] = bestScale(values, from, to, half, bits === 4 ? candidates : [1]);
    }
  }
  return scales;
}

function bestScale(
  values: Float32Array,
  from: number,
  to: number,
  half: number,
  shares: readonly number[],
): number {
  let [highest, lowest] = [0, 0];
  for (let at = from; at < to; at++) {
    const value = values[at] as number; // within: this loop sees every weight of a model
    if (value > highest) highest = value;
    else if (value < lowest) lowest = value;
  }
  const largest = highest >= -lowest ? highest : lowest;
  if (largest === 0) return 0;
  // The lowest number reaches one further than the highest: the largest value goes there, whatever its sign.
  const reaching = -largest / half;
  const [middle, top] = [half + 0.5, 2 * half - 1];
  let best = reaching;
  let most = 0;
  for (const share of shares) {
    const inverse = 1 / (reaching * share);
    let product = 0;
    let square = 0;
    for (let at = from; at < to; at++) {
      const value = values[at] as number;
      const code = cutOff(value * inverse + middle, top) - half;
      product += value * code;
      square += code * code;
    }
    // What least squares leaves of Σ value² is Σ value² − (Σ value · code)² / Σ code².
    const explained = square > 0 ? (product * product) / square : 0;
    if (explained > most) {
      most = explained;
      best = product / square;
    }
  }
  return best;
}

/** The number without sign, 0 to `top`, that is nearest to `value` − ½; cut off, which is faster than `Math.round`. */
function cutOff(value: number, top: number): number {
  const code = value | 0;
  return code < 0 ? 0 : code > top ? top : code;
}

/** `values` [rows, columns] in the blocks of `scales`, [rows, blocks, bytes]; a last block that is not full has zeros. */
export function packBlocks(
  values: Float32Array,
  columns: number,
  scales: Float32Array,
  { bits, blockSize }: Quantization,
): Uint8Array<ArrayBuffer> {
  const half = 2 ** (bits - 1);
  const [middle, top] = [half + 0.5, 2 * half - 1];
  const rows = values.length / columns;
  const blocks = Math.ceil(columns / blockSize);
  const perByte = 8 / bits;
  const packed = new Uint8Array((rows * blocks * blockSize) / perByte).fill(bits === 4 ? 0x88 : 0x80);
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < blocks; block++) {
      const scale = scales[row * blocks + block] ?? 0;
      const inverse = scale === 0 ? 0 : 1 / scale;
      const from = row * columns + block * blockSize;
      const count = Math.min(blockSize, (row + 1) * columns - from);
      const start = ((row * blocks + block) * blockSize) / perByte;
      for (let at = 0; at < count; at++) {
        const code = cutOff((values[from + at] as number) * inverse + middle, top);
        if (bits === 8) packed[start + at] = code;
        else {
          at++;
          const next = at < count ? cutOff((values[from + at] as number) * inverse + middle, top) : half;
          packed[start + (at >> 1)] = code | (next << 4);
        }
      }
    }
  }
  return packed;
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
