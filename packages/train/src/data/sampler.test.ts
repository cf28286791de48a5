import { expect, test } from 'vitest';
import { createSampler } from './sampler.ts';

const streams = { vl: { count: 10, weight: 3 }, asr: { count: 4, weight: 1 } };

test('a batch is a function of seed and index, whatever was drawn before', () => {
  const one = createSampler({ streams, batch: 4, seed: 7 });
  const other = createSampler({ streams, batch: 4, seed: 7 });
  const inOrder = Array.from({ length: 30 }, (_, index) => one(index));
  const backwards = Array.from({ length: 30 }, (_, index) => other(29 - index)).reverse();
  expect(backwards).toEqual(inOrder);
  const seeded = createSampler({ streams, batch: 4, seed: 8 });
  expect(Array.from({ length: 30 }, (_, index) => seeded(index))).not.toEqual(inOrder);
});

test('tasks have their shares, after any number of batches', () => {
  const draw = createSampler({ streams, batch: 2, seed: 1 });
  const counts = { vl: 0, asr: 0 };
  for (let index = 0; index < 400; index++) {
    counts[draw(index).name]++;
    expect(Math.abs(counts.vl - (3 / 4) * (index + 1))).toBeLessThanOrEqual(1);
  }
  expect(counts).toEqual({ vl: 300, asr: 100 });
});

test('every epoch has every example once, in an order of its own', () => {
  const draw = createSampler({ streams: { vl: { count: 12, weight: 1 } }, batch: 4, seed: 1 });
  const epoch = (number: number) => [0, 1, 2].flatMap((batch) => draw(3 * number + batch).places);
  const [first, second] = [epoch(0), epoch(1)];
  const all = Array.from({ length: 12 }, (_, at) => at);
  expect([...first].sort((a, b) => a - b)).toEqual(all);
  expect([...second].sort((a, b) => a - b)).toEqual(all);
  expect(first).not.toEqual(second);
  expect(first).not.toEqual(all);
});

test('a stream of weight 0 or without examples is never drawn; nothing at all is refused', () => {
  const draw = createSampler({
    streams: { a: { count: 5, weight: 0 }, b: { count: 0, weight: 1 }, c: { count: 1, weight: 1 } },
    batch: 3,
    seed: 1,
  });
  for (let index = 0; index < 10; index++) expect(draw(index)).toEqual({ name: 'c', places: [0, 0, 0] });
  expect(() => createSampler({ streams: {}, batch: 1, seed: 1 })).toThrow('nothing to draw from');
});
