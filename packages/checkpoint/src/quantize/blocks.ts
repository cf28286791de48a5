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

/**
 * The scale of each block of `values` [rows, columns]: fitted by least squares to the numbers that it gives, and of 4 bits the
 * best of four. NaN for a block in which a number is not finite.
 */
export function blockScales(
  values: Float32Array,
  columns: number,
  { bits, blockSize }: Quantization,
): Float32Array<ArrayBuffer> {
  const half = 2 ** (bits - 1);
  const scaleOf = bits === 4 ? bestScale : fittedScale;
  const rows = values.length / columns;
  const blocks = Math.ceil(columns / blockSize);
  const scales = new Float32Array(rows * blocks);
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < blocks; block++) {
      const from = row * columns + block * blockSize;
      const to = Math.min(from + blockSize, (row + 1) * columns);
      const reaching = reachingScale(values, from, to, half);
      scales[row * blocks + block] = reaching === 0 ? 0 : scaleOf(values, from, to, half, reaching);
    }
  }
  return scales;
}

/** The scale at which no number is cut off; 0 where all are 0. */
function reachingScale(values: Float32Array, from: number, to: number, half: number): number {
  let [highest, lowest] = [0, 0];
  for (let at = from; at < to; at++) {
    const value = values[at] as number; // within: this loop sees every weight of a model
    if (value > highest) highest = value;
    else if (value < lowest) lowest = value;
  }
  const largest = highest >= -lowest ? highest : lowest;
  if (largest === 0) return values.subarray(from, to).some(Number.isNaN) ? Number.NaN : 0;
  // The lowest number reaches one further than the highest: the largest value goes there, whatever its sign.
  return -largest / half;
}

/** By least squares, of the numbers that `reaching` gives. */
function fittedScale(values: Float32Array, from: number, to: number, half: number, reaching: number): number {
  const inverse = 1 / reaching;
  const [middle, top] = [half + 0.5, 2 * half - 1];
  let product = 0;
  let square = 0;
  for (let at = from; at < to; at++) {
    const value = values[at] as number;
    const code = cutOff(value * inverse + middle, top) - half;
    product += value * code;
    square += code * code;
  }
  return product / square;
}

/** What is added to a double and taken away again leaves the nearest whole number, faster than `Math.round`. */
const rounding = 1.5 * 2 ** 52;

/**
 * A scale smaller than `reaching` cuts off the largest numbers and is finer for all others. Of four the one that leaves the
 * least squared error. They are tried in one loop: sums that do not wait for each other take two thirds of the time of one after
 * the other, and this is most of what an import computes.
 */
function bestScale(values: Float32Array, from: number, to: number, half: number, reaching: number): number {
  const [lowest, highest] = [-half, half - 1];
  const inverseA = 1 / reaching;
  const inverseB = inverseA / 0.93;
  const inverseC = inverseA / 0.86;
  const inverseD = inverseA / 0.8;
  let productA = 0;
  let productB = 0;
  let productC = 0;
  let productD = 0;
  let squareA = 0;
  let squareB = 0;
  let squareC = 0;
  let squareD = 0;
  for (let at = from; at < to; at++) {
    const value = values[at] as number;
    let a = value * inverseA + rounding - rounding;
    let b = value * inverseB + rounding - rounding;
    let c = value * inverseC + rounding - rounding;
    let d = value * inverseD + rounding - rounding;
    if (a > highest) a = highest;
    if (b > highest) b = highest;
    else if (b < lowest) b = lowest;
    if (c > highest) c = highest;
    else if (c < lowest) c = lowest;
    if (d > highest) d = highest;
    else if (d < lowest) d = lowest;
    productA += value * a;
    productB += value * b;
    productC += value * c;
    productD += value * d;
    squareA += a * a;
    squareB += b * b;
    squareC += c * c;
    squareD += d * d;
  }
  if (!Number.isFinite(productA)) return Number.NaN;
  // What least squares leaves of Σ value² is Σ value² − (Σ value · code)² / Σ code².
  let [best, most] = [productA / squareA, (productA * productA) / squareA];
  const weigh = (product: number, square: number): void => {
    const explained = (product * product) / square;
    if (explained > most) [best, most] = [product / square, explained];
  };
  weigh(productB, squareB);
  weigh(productC, squareC);
  weigh(productD, squareD);
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
  const pack = bits === 4 ? packNibbles : packBytes;
  const rows = values.length / columns;
  const blocks = Math.ceil(columns / blockSize);
  const blockBytes = (blockSize * bits) / 8;
  const packed = new Uint8Array(rows * blocks * blockBytes);
  if (columns % blockSize > 0) packed.fill(bits === 4 ? half | (half << 4) : half);
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < blocks; block++) {
      const scale = scales[row * blocks + block] as number;
      const from = row * columns + block * blockSize;
      const to = Math.min(from + blockSize, (row + 1) * columns);
      pack(values, from, to, scale === 0 ? 0 : 1 / scale, packed, (row * blocks + block) * blockBytes);
    }
  }
  return packed;
}

function packBytes(
  values: Float32Array,
  from: number,
  to: number,
  inverse: number,
  packed: Uint8Array,
  start: number,
): void {
  for (let at = from; at < to; at++)
    packed[start + at - from] = cutOff((values[at] as number) * inverse + 128.5, 255);
}

function packNibbles(
  values: Float32Array,
  from: number,
  to: number,
  inverse: number,
  packed: Uint8Array,
  start: number,
): void {
  let place = start;
  for (let at = from; at + 1 < to; at += 2) {
    const low = cutOff((values[at] as number) * inverse + 8.5, 15);
    const high = cutOff((values[at + 1] as number) * inverse + 8.5, 15);
    packed[place++] = low | (high << 4);
  }
  if ((to - from) % 2 === 1)
    packed[place] = cutOff((values[to - 1] as number) * inverse + 8.5, 15) | (8 << 4);
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
