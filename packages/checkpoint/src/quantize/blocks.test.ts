import { describe, expect, it } from 'vitest';
import { type DType, float32ToBfloat16, type TensorData, toFloat32 } from '../dtype.ts';
import {
  blockSizes,
  type Quantization,
  quantizeBlocks,
  quantizedBits,
  quantizedShapes,
  relativeError,
  unpackBlocks,
} from './blocks.ts';

/** Normal numbers, the same at every run. */
function noise(count: number, seed = 1): Float32Array {
  let state = seed;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return (state + 0.5) / 2 ** 31;
  };
  return Float32Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next()),
  );
}

function roundTrip(values: Float32Array, columns: number, quantization: Quantization) {
  const { scales, packed } = quantizeBlocks('float32', values, columns, quantization);
  return { scales, packed, back: unpackBlocks(packed, scales, columns, quantization) };
}

const all = quantizedBits.flatMap((bits) => blockSizes.map((blockSize) => ({ bits, blockSize })));

describe('blocks', () => {
  it.each(all)(
    'of $blockSize numbers of $bits bits have the shapes that MatMulNBits reads',
    (quantization) => {
      const [rows, columns] = [3, 300];
      const { scales, packed } = roundTrip(noise(rows * columns), columns, quantization);
      const shapes = quantizedShapes(rows, columns, quantization);
      expect(packed).toHaveLength(shapes.packed.reduce((a, b) => a * b));
      expect(scales).toHaveLength(shapes.scales.reduce((a, b) => a * b));
    },
  );

  it('give back to the bit what the bits can say', () => {
    const codes = Float32Array.from({ length: 64 }, (_, at) => ((at * 7) % 16) - 8);
    const values = codes.map((code) => code * 0.25);
    expect(roundTrip(values, 32, { bits: 4, blockSize: 32 }).back).toEqual(values);
    const bytes = Float32Array.from({ length: 256 }, (_, at) => (at - 128) / 64);
    expect(roundTrip(bytes, 256, { bits: 8, blockSize: 256 }).back).toEqual(bytes);
  });

  it('put two numbers into a byte, the first into its lower half', () => {
    const values = new Float32Array(32).fill(-8);
    values.set([7, -8, 0, 1]);
    const { packed } = roundTrip(values, 32, { bits: 4, blockSize: 32 });
    expect([...packed.slice(0, 3)]).toEqual([0x0f, 0x98, 0x00]);
  });

  it('are zero where there is nothing, and where a block is not full', () => {
    const { packed, scales, back } = roundTrip(new Float32Array(40), 40, { bits: 4, blockSize: 32 });
    expect([...scales]).toEqual([0, 0]);
    expect(new Set(packed)).toEqual(new Set([0x88]));
    expect(back).toEqual(new Float32Array(40));
  });

  /** Measured on two million numbers: 0.082, 0.097 and 0.005. */
  it.each([
    [{ bits: 4, blockSize: 32 }, 0.075, 0.09],
    [{ bits: 4, blockSize: 128 }, 0.09, 0.115],
    [{ bits: 8, blockSize: 32 }, 0.003, 0.007],
  ] as const)('of normal numbers, %j, are off by as much as they should be', (quantization, least, most) => {
    const values = noise(64 * 512);
    const error = relativeError(roundTrip(values, 512, quantization).back, values);
    expect(error).toBeGreaterThan(least);
    expect(error).toBeLessThan(most);
  });

  it('have less error than scales that only reach the largest number', () => {
    const values = noise(64 * 512);
    const plain = values.slice();
    for (let from = 0; from < plain.length; from += 32) {
      const own = plain.subarray(from, from + 32);
      const step = -own.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0) / 8;
      own.set(own.map((value) => step * Math.min(7, Math.max(-8, Math.round(value / step)))));
    }
    const searched = roundTrip(values, 512, { bits: 4, blockSize: 32 }).back;
    expect(relativeError(searched, values)).toBeLessThan(0.975 * relativeError(plain, values));
  });

  it.each(all)('of $blockSize numbers of $bits bits are those of the formula', (quantization) => {
    const columns = 3 * quantization.blockSize + 5;
    const values = noise(7 * columns);
    const { scales, packed } = quantizeBlocks('float32', values, columns, quantization);
    const expected = byTheFormula(values, columns, quantization);
    for (const [block, scale] of expected.scales.entries())
      expect(Math.abs((scales[block] ?? 0) / scale - 1)).toBeLessThan(2e-5);
    // A number that lies in the middle between two may become either.
    const others = expected.codes.filter((code, at) => code !== codeAt(packed, at, quantization.bits));
    expect(others.length).toBeLessThanOrEqual(Math.ceil(values.length / 1000));
  });
});

/** Number `at` of blocks, with its sign. */
function codeAt(packed: Uint8Array, at: number, bits: number): number {
  if (bits === 8) return (packed[at] ?? 0) - 128;
  return (((packed[at >> 1] ?? 0) >> (4 * (at % 2))) & 15) - 8;
}

/** The definition, number by number in double precision. */
function byTheFormula(values: Float32Array, columns: number, { bits, blockSize }: Quantization) {
  const half = 2 ** (bits - 1);
  const scales: number[] = [];
  const codes: number[] = [];
  for (let row = 0; row < values.length; row += columns) {
    for (let from = 0; from < columns; from += blockSize) {
      const own = Array.from(
        { length: blockSize },
        (_, at) => (from + at < columns && values[row + from + at]) || 0,
      );
      const largest = own.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
      const fits = (bits === 4 ? [1, 0.93, 0.86, 0.8] : [1]).map((share) => {
        const step = (share * -largest) / half;
        const rounded = own.map((value) => Math.min(half - 1, Math.max(-half, Math.round(value / step))));
        const square = rounded.reduce((sum, code) => sum + code * code, 0);
        const scale = own.reduce((sum, value, at) => sum + value * (rounded[at] ?? 0), 0) / square;
        return { scale, explained: scale * scale * square };
      });
      const { scale } = fits.reduce((best, fit) => (fit.explained > best.explained ? fit : best));
      scales.push(scale);
      codes.push(...own.map((value) => Math.min(half - 1, Math.max(-half, Math.floor(value / scale + 0.5)))));
    }
  }
  return { scales, codes };
}

describe('a matrix', () => {
  const columns = 70;
  const quantization = { bits: 4, blockSize: 32 } as const;

  it.each(['float16', 'bfloat16', 'float64'] as const)(
    'of %s is that of the same numbers as float32',
    (dtype) => {
      const values = noise(3 * columns);
      values.set([0, -0, 6e-8, -3e-5, 65_504, 1e-3]); // of float16 the third and fourth are subnormal
      const given = { float16: Float16Array, bfloat16: undefined, float64: Float64Array }[dtype];
      const data = given ? new given(values) : float32ToBfloat16(values);
      const same = quantizeBlocks('float32', toFloat32(dtype, data) as Float32Array, columns, quantization);
      expect(quantizeBlocks(dtype, data, columns, quantization)).toEqual(same);
    },
  );

  it.each<[DType, TensorData[]]>([
    ['float16', [Float16Array.of(1, Number.NaN, 1), Float16Array.of(1, Number.POSITIVE_INFINITY, 1)]],
    ['bfloat16', [Uint16Array.of(0x3f80, 0x7fc0, 0), Uint16Array.of(0x3f80, 0xff80, 0)]],
  ])('of %s has no scale where a number is not finite', (dtype, rows) => {
    for (const row of rows)
      expect([...quantizeBlocks(dtype, row, 3, quantization).scales]).toEqual([Number.NaN]);
  });

  it('of whole numbers is none', () => {
    expect(() => quantizeBlocks('int64', BigInt64Array.of(1n), 1, quantization)).toThrow(
      'no matrix is int64',
    );
  });

  it('may be larger than the one before it, and smaller than the one behind', () => {
    const large = noise(700 * 4096, 3);
    const few = large.slice(0, 4096);
    const before = quantizeBlocks('float32', few, 4096, quantization);
    const { scales, packed } = quantizeBlocks('float32', large, 4096, quantization);
    expect(scales.subarray(0, before.scales.length)).toEqual(before.scales);
    expect(packed.subarray(0, before.packed.length)).toEqual(before.packed);
    expect(quantizeBlocks('float32', few, 4096, quantization)).toEqual(before);
  });
});

it.each(quantizedBits)('scales of %d bits are none for a block with a number that is not finite', (bits) => {
  const values = noise(5 * 32);
  values[3] = Number.NaN;
  values[40] = Number.POSITIVE_INFINITY;
  values[95] = Number.NEGATIVE_INFINITY;
  values.fill(Number.NaN, 96, 128);
  const { scales } = quantizeBlocks('float32', values, values.length, { bits, blockSize: 32 });
  expect([...scales].map(Number.isFinite)).toEqual([false, false, false, false, true]);
});

it('an error is relative to what should be there', () => {
  expect(relativeError(Float32Array.of(1, 2), Float32Array.of(1, 2))).toBe(0);
  expect(relativeError(Float32Array.of(0, 0), Float32Array.of(3, 4))).toBe(1);
  expect(relativeError(Float32Array.of(0), Float32Array.of(0))).toBe(0);
});
