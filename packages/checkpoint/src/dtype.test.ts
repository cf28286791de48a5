import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bfloat16ToFloat32, dtypes, float32ToBfloat16, isFiniteData, toFloat32 } from './dtype.ts';

it('rounds to bfloat16 as hardware does: nearest, ties to even', () => {
  const given = Float32Array.of(1, 1 + 2 ** -8, 1 + 3 * 2 ** -8, -0, Infinity, 3.4e38, Number.NaN);
  const bits = [0x3f80, 0x3f80, 0x3f82, 0x8000, 0x7f80, 0x7f80, 0x7fc0];
  expect([...float32ToBfloat16(given)]).toEqual(bits);
});

it('widens bfloat16 exactly', () => {
  fc.assert(
    fc.property(fc.uint16Array(), (bits) => {
      const back = float32ToBfloat16(bfloat16ToFloat32(bits));
      back.forEach((word, i) => {
        const given = bits[i] ?? 0;
        expect(word).toBe((given & 0x7fff) > 0x7f80 ? given | 0x40 : given);
      });
    }),
  );
});

it('makes float32 of floating-point dtypes only', () => {
  expect(toFloat32('float16', Float16Array.of(0.5))).toEqual(Float32Array.of(0.5));
  expect(toFloat32('bfloat16', Uint16Array.of(0xbf80))).toEqual(Float32Array.of(-1));
  expect(toFloat32('uint16', Uint16Array.of(0xbf80))).toBeUndefined();
  expect(toFloat32('int64', BigInt64Array.of(1n))).toBeUndefined();
});

it.each(['float16', 'float32', 'float64', 'bfloat16'] as const)('finds what is not finite in %s', (dtype) => {
  const holding = (...values: number[]) =>
    dtype === 'bfloat16'
      ? float32ToBfloat16(Float32Array.from(values))
      : dtypes[dtype].wrap(
          { float16: Float16Array, float32: Float32Array, float64: Float64Array }[dtype].from(values).buffer,
        );
  const largest = dtype === 'float16' ? 65504 : 3e38;
  expect(isFiniteData(dtype, holding(0, -0, 1, -largest, largest, 1e-8))).toBe(true);
  for (const odd of [Number.NaN, Infinity, -Infinity])
    expect(isFiniteData(dtype, holding(1, 2, odd))).toBe(false);
});
