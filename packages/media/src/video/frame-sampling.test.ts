import { describe, expect, test } from 'vitest';
import { firstSeconds, uniformFrames } from './frame-sampling.ts';

describe('uniform', () => {
  test.each([
    [300, 4, 'start', [0, 75, 150, 225]],
    [300, 4, 'middle', [37, 112, 187, 262]],
    [300, 4, 'ends', [0, 99, 199, 299]],
    [10, 3, 'start', [0, 3, 6]],
    [3, 8, 'start', [0, 1, 2]],
    [7, 1, 'ends', [0]],
    [7, 1, 'middle', [3]],
    [0, 5, 'start', []],
  ] as const)('of %i frames %i by %s: %j', (frames, wanted, rule, expected) => {
    expect(uniformFrames(frames, wanted, rule)).toEqual(expected);
  });

  test.each([
    [-1, 4],
    [1.5, 4],
    [10, Number.NaN],
  ])('%d frames, %d wanted are refused', (frames, wanted) => {
    expect(() => uniformFrames(frames, wanted)).toThrow(RangeError);
  });
});

describe('first seconds', () => {
  test.each([
    [300, 30, 5, [0, 30, 60, 90, 120]],
    [61, 29.97, 5, [0, 29, 58]],
    [3, 0.5, 5, [0, 1, 2]],
    [3, 0, 5, [0, 1, 2]],
    [10_000, 1, Number.POSITIVE_INFINITY, Array.from({ length: 61 }, (_, i) => i)],
  ])('of %i frames at %d a second, at most %d', (frames, rate, most, expected) => {
    expect(firstSeconds(frames, rate, most)).toEqual(expected);
  });

  test.each([-1, Number.POSITIVE_INFINITY, Number.NaN])('a rate of %d is refused', (rate) => {
    expect(() => firstSeconds(10, rate)).toThrow('frames per second should not be negative');
  });
});
