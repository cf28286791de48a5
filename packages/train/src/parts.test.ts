import { Tensor } from '@x-llm/ort';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dealt, labelCounts, partsOf, partsWithin } from './parts.ts';

test('inputs are cut along their first axis, without a copy', () => {
  const x = Tensor.from('float32', Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), [4, 2]);
  const n = Tensor.from('int64', BigInt64Array.of(1n, 2n, 3n, 4n), [4]);
  const parts = partsOf({ x, n }, 2);
  expect(parts.map(({ x, n }) => [x?.shape, [...(x?.data ?? [])], n?.shape, [...(n?.data ?? [])]])).toEqual([
    [[2, 2], [1, 2, 3, 4], [2], [1n, 2n]],
    [[2, 2], [5, 6, 7, 8], [2], [3n, 4n]],
  ]);
  x.data[4] = 50;
  expect(parts[1]?.['x']?.data[0]).toBe(50);
  expect(() => partsOf({ x, n }, 3)).toThrow('x [4,2] cannot be cut into 3 equal parts');
  expect(() => partsOf({ x: Tensor.zeros('float32', []) }, 2)).toThrow('x [] cannot be cut');
});

test('rows are dealt evenly, and their sizes too', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 16 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 6 }), (some, count) => {
      const rows = Array.from({ length: count }, () => some).flat();
      const parts = dealt(rows, count, (size) => size);
      expect(parts.map(({ length }) => length)).toEqual(Array(count).fill(some.length));
      expect(parts.flat().sort()).toEqual(rows.toSorted());
      const sums = parts.map((part) => part.reduce((sum, size) => sum + size, 0));
      expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(
        Math.max(...rows) - Math.min(...rows),
      );
    }),
  );
  expect(() => dealt([1, 2, 3], 2, (size) => size)).toThrow('3 rows for 2 equal parts');
});

test('labels that are asked are counted', () => {
  const labels = Tensor.from('int64', BigInt64Array.of(0n, -100n, 3n, -100n, -100n, 5n), [6]);
  expect(labelCounts(partsOf({ labels }, 2))).toEqual([2, 1]);
  expect(() => labelCounts([{}])).toThrow('no int64 labels');
});

test('how many parts', () => {
  expect([64, 16, 12, 8, 9, 4, 6].map((batch) => partsWithin(batch, 5e6))).toEqual([4, 4, 3, 2, 1, 1, 1]);
  expect([30e6, 40e6, 50e6, 70e6].map((parameters) => partsWithin(48, parameters))).toEqual([4, 3, 2, 1]);
});
