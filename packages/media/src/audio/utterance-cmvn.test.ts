import { expect, it } from 'vitest';
import { fbank } from './fbank.ts';
import { normaliseUtterance } from './utterance-cmvn.ts';

it('brings each column to mean 0 and deviation 1', () => {
  const { shape, data } = normaliseUtterance({ shape: [3, 2], data: Float32Array.of(1, 10, 2, 10, 6, 40) });
  expect(shape).toEqual([3, 2]);
  // (1, 2, 6): mean 3, variance 14 / 3. (10, 10, 40): mean 20, variance 200.
  const expected = [
    -2 / Math.sqrt(14 / 3),
    -10 / Math.sqrt(200),
    -1 / Math.sqrt(14 / 3),
    -10 / Math.sqrt(200),
  ];
  for (const [at, value] of expected.entries()) expect(data[at]).toBeCloseTo(value, 6);
});

it('silence is 0, and no frames are none', () => {
  const silence = fbank(new Float32Array(1600), { window: 'povey' });
  expect([...new Set(normaliseUtterance(silence).data)]).toEqual([0]);
  expect(normaliseUtterance({ shape: [0, 80], data: new Float32Array() }).data.length).toBe(0);
});
