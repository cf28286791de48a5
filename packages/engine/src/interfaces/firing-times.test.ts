import { expect, it } from 'vitest';
import { firingTimes } from './firing-times.ts';

/** A frame is a second. */
const times = (weights: readonly number[], firedAt: readonly number[]) =>
  firingTimes({ weights, firedAt, secondsAt: (index) => index, durationSeconds: weights.length + 0.25 }).map(
    ({ startSeconds, endSeconds }) =>
      [startSeconds, endSeconds].map((value) => Math.round(value * 1000) / 1000),
  );

it('a token ends where its weight is full, in the share of the frame that was needed', () => {
  // 0.5 + 0.5 | 0.25 of the third frame's 0.5 … nothing of the second token is left out.
  expect(times([0.5, 0.5, 0.8, 0.4], [1, 3])).toEqual([
    [0.1, 2],
    [2.063, 3.5],
  ]);
});

it('silence before a token is not its own', () => {
  expect(times([0.01, 0.01, 0.01, 0.97, 0.001, 0.001, 0.998], [3, 6])).toEqual([
    [3.021, 4],
    [6.048, 7],
  ]);
});

it('a tail ends where the frames do', () => {
  expect(times([1, 0.3, 0.4], [0, 3])).toEqual([
    [0.05, 1],
    [1.167, 3],
  ]);
});

it('tokens that complete below 1 do not overlap, and nothing fires nothing', () => {
  // At a threshold of 0.999 the second token starts with a debt.
  const [first, second] = times([0.9995, 0.9995], [0, 1]);
  expect(first).toEqual([0.05, 1]);
  expect(second?.[0]).toBeGreaterThanOrEqual(1);
  expect(second?.[1]).toBe(2);
  expect(times([0.1, 0.1], [])).toEqual([]);
});
