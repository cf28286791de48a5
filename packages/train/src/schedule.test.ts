import { expect, test } from 'vitest';
import { epochCosine, warmupCosine } from './schedule.ts';

test('warm-up is linear from the first step, the cosine ends at its end and stays there', () => {
  const rate = warmupCosine({ peak: 1, steps: 110, warmupSteps: 10, start: 0.1, end: 0.2 });
  expect(rate(0)).toBe(0.1);
  expect(rate(5)).toBeCloseTo(0.55, 12);
  expect(rate(10)).toBe(1);
  expect(rate(60)).toBeCloseTo(0.6, 12); // half way: the mean of peak and end
  expect(rate(110)).toBeCloseTo(0.2, 12);
  expect(rate(500)).toBeCloseTo(0.2, 12);
});

test('without warm-up the peak is the first step', () => {
  expect(warmupCosine({ peak: 3, steps: 4, warmupSteps: 0 })(0)).toBe(3);
});

test("the reference's schedule warms up in the first epoch and then moves only between epochs", () => {
  const rate = epochCosine({
    initial: 0.02,
    minimum: 0.001,
    warmupStart: 0.001,
    warmupSteps: 3,
    epochs: 3,
    iterationsPerEpoch: 4,
  });
  const rates = Array.from({ length: 10 }, (_, step) => Number(rate(step).toPrecision(6)));
  expect(rates).toEqual([
    0.001, 0.00733333, 0.0136667, 0.02, 0.01525, 0.01525, 0.01525, 0.01525, 0.00575, 0.00575,
  ]);
});
