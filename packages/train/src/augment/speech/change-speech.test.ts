import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { changeSpeech } from './change-speech.ts';

const bins = 80;
/** A second in which filter 20 is loud, in the middle half. */
const speech = Float32Array.from({ length: 100 * bins }, (_, at) => {
  const frame = Math.floor(at / bins);
  return at % bins === 20 && frame >= 25 && frame < 75 ? 5 : -10;
});
const noise = new Float32Array(30 * bins).fill(-2);

const loudest = (features: Float32Array): number => {
  const middle = features.subarray(Math.floor(features.length / bins / 2) * bins).subarray(0, bins);
  return middle.indexOf(Math.max(...middle));
};

test('faster is shorter and higher, slower longer and lower', () => {
  const fast = changeSpeech(speech, { speed: [1.2, 1.2] }, createRandom(1));
  expect(fast.length / bins).toBe(83);
  expect(loudest(fast)).toBeGreaterThan(20);
  const slow = changeSpeech(speech, { speed: [0.8, 0.8] }, createRandom(1));
  expect(slow.length / bins).toBe(125);
  expect(loudest(slow)).toBeLessThan(20);
});

test('noise adds to all filters, in as many recordings as are to be in noise', () => {
  const inNoise = (share: number, seed: number) =>
    changeSpeech(speech, { noise: { noises: [noise], snrDb: [0, 0], share } }, createRandom(seed));
  expect(Math.min(...inNoise(1, 1))).toBeGreaterThan(-5);
  expect(inNoise(0, 1)).toEqual(speech);
  const noisy = Array.from({ length: 200 }, (_, seed) => inNoise(0.3, seed)).filter((one) => one[0] !== -10);
  expect(noisy.length).toBeGreaterThan(40);
  expect(noisy.length).toBeLessThan(80);
});

test('masks are of the mean, the rest stays; nothing is changed in place', () => {
  const before = speech.slice();
  const masks = { frequencyMasks: 1, timeMasks: 0, frequencyWidth: 20 };
  const masked = changeSpeech(speech, { specAugment: masks }, createRandom(3));
  expect(masked).not.toEqual(speech);
  const mean = speech.reduce((sum, value) => sum + value, 0) / speech.length;
  for (const [at, value] of masked.entries())
    expect(value === speech[at] || Math.abs(value - mean) < 1e-4).toBe(true);
  expect(speech).toEqual(before);
  expect(changeSpeech(speech, {}, createRandom(3))).toBe(speech);
});
