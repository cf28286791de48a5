import { expect, test } from 'vitest';
import { chooseFrames } from './choose-frames.ts';
import { uniformFrames } from './frame-sampling.ts';

const constant = (frames: number, rate: number) => Array.from({ length: frames }, (_, i) => i / rate);

test.each([
  [300, 30, 8],
  [61, 29.97, 5],
  [1000, 24, 7],
])('%i frames at %d a second: uniform by time is uniform by number', (frames, rate, wanted) => {
  const chosen = chooseFrames(constant(frames, rate), frames / rate, wanted, 'uniform');
  expect(chosen).toEqual(uniformFrames(frames, wanted));
});

test('a frame that stands long is chosen repeatedly', () => {
  expect(chooseFrames([0, 0.1, 0.2, 0.3, 8], 10, 4, 'uniform')).toEqual([0, 3, 3, 3]);
});

test('times count from the first frame', () => {
  expect(chooseFrames([5, 6, 7, 8], 4, 2, 'uniform')).toEqual([0, 2]);
});

test('at a rate, the first ones until the end', () => {
  expect(chooseFrames(constant(100, 20), 5, 3, { fps: 1 })).toEqual([0, 20, 40]);
  expect(chooseFrames(constant(100, 20), 5, 9, { fps: 1 })).toEqual([0, 20, 40, 60, 80]);
});
