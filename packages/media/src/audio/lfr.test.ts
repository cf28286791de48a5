import { describe, expect, it } from 'vitest';
import { lowFrameRate } from './lfr.ts';

const frames = (...values: number[]) => ({
  shape: [values.length, 1] as const,
  data: Float32Array.from(values),
});

describe('lowFrameRate', () => {
  it.each([
    ['one frame', frames(5), [[5, 5, 5, 5, 5, 5, 5]]],
    ['six, one row', frames(0, 1, 2, 3, 4, 5), [[0, 0, 0, 0, 1, 2, 3]]],
    [
      'seven, two rows',
      frames(0, 1, 2, 3, 4, 5, 6),
      [
        [0, 0, 0, 0, 1, 2, 3],
        [3, 4, 5, 6, 6, 6, 6],
      ],
    ],
  ])('%s', (_, features, rows) => {
    const { shape, data } = lowFrameRate(features);
    expect(shape).toEqual([rows.length, 7]);
    expect([...data]).toEqual(rows.flat());
  });

  it('puts whole frames side by side', () => {
    const { shape, data } = lowFrameRate({ shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }, 3, 1);
    expect(shape).toEqual([2, 6]);
    expect([...data]).toEqual([1, 2, 1, 2, 3, 4, 1, 2, 3, 4, 3, 4]);
  });

  it('nothing stays nothing', () => {
    expect(lowFrameRate({ shape: [0, 80], data: new Float32Array() }).shape).toEqual([0, 560]);
  });

  it('refuses a step of zero', () => {
    expect(() => lowFrameRate(frames(1), 7, 0)).toThrow('positive integers, got 7 and 0');
  });
});
