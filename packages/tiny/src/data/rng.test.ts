import { expect, it } from 'vitest';
import { Rng } from './rng.ts';

it('gives the same stream for the same integers, another for others or another order', () => {
  const stream = (...parts: number[]) =>
    Array.from(
      { length: 4 },
      (
        (rng) => () =>
          rng.bits()
      )(new Rng(...parts)),
    );
  expect(stream(1, 2)).toEqual(stream(1, 2));
  expect(stream(1, 2)).not.toEqual(stream(2, 1));
  expect(stream(0)).not.toEqual(stream(0, 0));
});

it('is uniform to a few percent', () => {
  const rng = new Rng(3);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 20_000; i++) {
    const k = rng.int(10);
    counts[k] = (counts[k] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
});

it('shuffles to a permutation', () => {
  expect(new Rng(5).shuffle([0, 1, 2, 3, 4, 5]).toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
  expect(() => new Rng(1).pick([])).toThrow(/empty/);
});
